namespace Carillon.Pacing;

/// <summary>
/// Never more calls than the rate in any second, wherever the second begins: it remembers when the last calls were placed and gives each place again one
/// second later. Rates from one on count in whole calls, fractions rounded down (2.5 allows 2: a third call would exceed it in some second); a
/// rate below one is one call in 1/rate seconds.
/// </summary>
/// <remarks>A common token bucket lets up to twice its size through around a refill; evenly spaced calls would need a timer as fine as the spacing.</remarks>
public sealed class CallsPerSecondBucket
{
    public const double MostCallsPerSecond = 10_000;

    const long Never = long.MinValue;

    long[] _taken;
    int _oldest;
    long _window;

    /// <param name="callsPerSecond">Above zero, at most <see cref="MostCallsPerSecond"/>; 0.5 is a call every two seconds.</param>
    public CallsPerSecondBucket(double callsPerSecond)
    {
        (var places, _window) = Shape(callsPerSecond);
        _taken = new long[places];
        Array.Fill(_taken, Never);
    }

    /// <summary>When the next call may be placed; in the past if that is now.</summary>
    public DateTimeOffset NextAt => _taken[_oldest] == Never ? DateTimeOffset.MinValue : new(_taken[_oldest] + _window, TimeSpan.Zero);

    /// <summary>Takes the place of one call, or says no.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        var ticks = now.UtcTicks;
        var latest = _taken[(_oldest + _taken.Length - 1) % _taken.Length];
        // The clock was set back: what was placed last counts as placed now. Waiting until the clock is there again could stop a server for hours.
        if (latest > ticks) SetBack(latest - ticks);
        if (_taken[_oldest] != Never && ticks - _taken[_oldest] < _window) return false;
        _taken[_oldest] = ticks;
        _oldest = (_oldest + 1) % _taken.Length;
        return true;
    }

    /// <summary>Another rate from now on; the calls of the last second are not forgotten.</summary>
    public void SetRate(double callsPerSecond)
    {
        (var places, _window) = Shape(callsPerSecond);
        if (places == _taken.Length) return;
        var taken = new long[places];
        Array.Fill(taken, Never);
        for (var back = 1; back <= Math.Min(places, _taken.Length); back++)
            taken[places - back] = _taken[(_oldest + _taken.Length - back) % _taken.Length];
        (_taken, _oldest) = (taken, 0);
    }

    void SetBack(long by)
    {
        for (var i = 0; i < _taken.Length; i++)
            if (_taken[i] != Never) _taken[i] -= by;
    }

    static (int Places, long Window) Shape(double callsPerSecond)
    {
        if (!(callsPerSecond > 0) || callsPerSecond > MostCallsPerSecond)
            throw new ArgumentOutOfRangeException(nameof(callsPerSecond), callsPerSecond, $"Calls per second must be above 0 and at most {MostCallsPerSecond}.");
        return callsPerSecond >= 1
            ? ((int)callsPerSecond, TimeSpan.TicksPerSecond)
            // At most a day: less is no dialing at all, and the sum of times must not overflow.
            : (1, (long)Math.Min(TimeSpan.TicksPerDay, Math.Ceiling(TimeSpan.TicksPerSecond / callsPerSecond)));
    }
}
