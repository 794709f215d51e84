using Carillon.Storage;

namespace Carillon.Servers;

/// <summary>
/// The right of one activation to start calls on its server. It lasts for a while from when the store was last asked who owns the server, by clocks of this
/// process: one that was frozen, or cut off from the store, has lost it before anybody else may start calls, without being told.
/// </summary>
/// <param name="epoch">Counts the owners of the server.</param>
/// <param name="length">Zero: it does not end, because nobody else can take the server.</param>
sealed class ServerLease(ServerId server, long epoch, TimeSpan length, TimeProvider time)
{
    readonly Lock _lock = new();
    TimeSpan _asked;
    DateTimeOffset _askedAt;
    bool _over;

    public ServerId Server => server;

    public long Epoch => epoch;

    /// <summary>The epoch after this one was taken for nobody: see <see cref="ServerOwnerStore.FenceAsync"/>.</summary>
    public bool IsFenced { get; set; }

    /// <summary>Given back, or somebody else has taken the server.</summary>
    public bool IsLost { get { lock (_lock) return _over; } }

    /// <summary>Both clocks are asked: one stands still while a machine sleeps, the other can be set.</summary>
    public bool Holds
    {
        get
        {
            lock (_lock)
            {
                if (_over) return false;
                if (length == TimeSpan.Zero) return true;
                var since = time.GetUtcNow() - _askedAt;
                return time.GetElapsedTime(0) - _asked < length && since < length && since > -length;
            }
        }
    }

    public void Renew(TimeSpan asked, DateTimeOffset askedAt)
    {
        lock (_lock) (_asked, _askedAt) = (asked, askedAt);
    }

    public void Lose()
    {
        lock (_lock) _over = true;
    }
}
