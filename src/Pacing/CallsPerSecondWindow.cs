namespace Carillon.Pacing;

/// <summary>
/// Never more than so many starts in any sliding second: a start needs the one that lies N starts back to be a whole window old. With N the whole part of the
/// rate (at least 1) and the window N/rate seconds (at least one second), this holds for every rate, also below one a second. Unlike even spacing it loses
/// nothing to a clock that is only looked at now and then; unlike a token bucket it lets no double burst through around a refill.
/// </summary>
/// <param name="rate">Starts a second, above zero.</param>
public sealed class CallsPerSecondWindow(double rate)
{
    readonly DateTimeOffset[] _starts = new DateTimeOffset[Size(rate)];
    readonly TimeSpan _window = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond * Math.Max(1, Size(rate) / rate)));
    int _next;

    public double Rate => rate;

    /// <summary>Whether a start is allowed now. A clock that went back allows none until it has caught up.</summary>
    public bool IsOpen(DateTimeOffset now) => _starts[_next] == default || now - _starts[_next] >= _window;

    /// <summary>Counts a start. Only after <see cref="IsOpen"/> said yes.</summary>
    public void Count(DateTimeOffset now)
    {
        if (!IsOpen(now)) throw new InvalidOperationException("The rate is used up.");
        _starts[_next] = now;
        _next = (_next + 1) % _starts.Length;
    }

    static int Size(double rate)
    {
        if (!(rate > 0) || rate > 100_000) throw new ArgumentOutOfRangeException(nameof(rate), rate, "Calls per second must be above zero, and at most 100,000.");
        return Math.Max(1, (int)Math.Floor(rate));
    }
}
