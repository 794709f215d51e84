namespace Carillon.Pacing;

/// <summary>
/// Never more calls than the rate in any second, wherever the second begins, and at the place where they arrive: a call holds its place from before
/// it is sent until it is known to have arrived, and a second longer. However long one call is on its way, and however short the next one, the two
/// arrive a second apart: the later is sent a second after the earlier had arrived.
/// Rates from one on count in whole calls, fractions rounded down (2.5 allows 2: a third call would exceed it in some second); a
/// rate below one is one call in 1/rate seconds.
/// </summary>
/// <remarks>
/// Times are those of a clock that is never set. A common token bucket lets up to twice its size through around a refill; evenly spaced calls would need a
/// timer as fine as the spacing; and whoever counts calls where they are sent cannot say what arrives.
/// </remarks>
public sealed class CallsPerSecondBucket
{
    public const double MostCallsPerSecond = 10_000;

    /// <summary>
    /// Added to the second. Asterisk answers an asynchronous Originate and lets a thread of its own send the call out: that may come a little earlier after one
    /// answer than after another.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    readonly Queue<TimeSpan> _arrived = new();
    readonly TimeSpan _since;
    TimeSpan _window;

    /// <param name="callsPerSecond">Above zero, at most <see cref="MostCallsPerSecond"/>; 0.5 is a call every two seconds.</param>
    /// <param name="since">Nothing is known of the calls before: as many as the rate allows may have arrived just now.</param>
    public CallsPerSecondBucket(double callsPerSecond, TimeSpan since)
    {
        _since = since;
        SetRate(callsPerSecond);
    }

    /// <summary>Calls that the rate allows in its second (or in 1/rate seconds).</summary>
    public int Places { get; private set; }

    /// <summary>Calls that may be on their way.</summary>
    public int Underway { get; private set; }

    /// <summary>May a call be sent now?</summary>
    public bool HasPlace(TimeSpan now) => Free(now) > 0;

    /// <summary>How many calls may be sent now.</summary>
    public int Free(TimeSpan now)
    {
        // The last one stays: a slower rate may look further back than this one.
        while (_arrived.Count > 1 && IsOver(_arrived.Peek(), now)) _arrived.Dequeue();
        var recent = _arrived.Count == 1 && IsOver(_arrived.Peek(), now) ? 0 : _arrived.Count;
        return IsOver(_since, now) ? Math.Max(0, Places - Underway - recent) : 0;
    }

    bool IsOver(TimeSpan start, TimeSpan now) => now - start >= _window;

    /// <summary>Takes a place, if there is one or not, for a call that is sent after this.</summary>
    public void Take() => Underway++;

    /// <summary>A call that took a place had arrived by then, or never will.</summary>
    public void Arrived(TimeSpan at)
    {
        Underway--;
        _arrived.Enqueue(at);
    }

    /// <summary>Another rate from now on; the calls of the last second are not forgotten.</summary>
    public void SetRate(double callsPerSecond)
    {
        if (!(callsPerSecond > 0) || callsPerSecond > MostCallsPerSecond)
            throw new ArgumentOutOfRangeException(nameof(callsPerSecond), callsPerSecond, $"Calls per second must be above 0 and at most {MostCallsPerSecond}.");
        Places = Math.Max(1, (int)callsPerSecond);
        // At most a day: less is no dialing at all, and the sum of times must not overflow.
        _window = Margin + TimeSpan.FromTicks(callsPerSecond >= 1 ? TimeSpan.TicksPerSecond : (long)Math.Min(TimeSpan.TicksPerDay, Math.Ceiling(TimeSpan.TicksPerSecond / callsPerSecond)));
    }
}
