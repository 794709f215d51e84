namespace Carillon.Storage;

/// <summary>
/// Whether it is certain that this node is the one, or one of those, that work on the database, and for how long it has been certain or not. A node that nobody
/// watches over is certain from its start.
/// </summary>
public sealed class Tenure(TimeProvider time)
{
    readonly Lock _lock = new();
    long _begun = time.GetTimestamp();
    long _confirmed = time.GetTimestamp();
    bool _lost;

    /// <summary>Nothing is dialed that the store has not taken, and it takes no intents then.</summary>
    public bool IsLost { get { lock (_lock) return _lost; } }

    /// <summary>For how long it has been certain without a break; zero: it is not now.</summary>
    public TimeSpan Lasted { get { lock (_lock) return _lost ? TimeSpan.Zero : time.GetElapsedTime(_begun); } }

    /// <summary>How long ago it was certain last; zero: it is now.</summary>
    public TimeSpan LostFor { get { lock (_lock) return _lost ? time.GetElapsedTime(_confirmed) : TimeSpan.Zero; } }

    /// <param name="asked">When the database was asked that has confirmed it, by the clock's timestamp.</param>
    public void Confirm(long asked)
    {
        lock (_lock)
        {
            if (_lost) _begun = asked;
            (_confirmed, _lost) = (asked, false);
        }
    }

    public void Lose()
    {
        lock (_lock) _lost = true;
    }
}
