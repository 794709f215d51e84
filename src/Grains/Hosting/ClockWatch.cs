namespace Carillon.Hosting;

/// <summary>
/// Notices that this machine's clock was set: whoever remembers times of day would wait for them for hours, or take what is new for old. What is kept in the
/// store is of the clock of its day, so a grain that has seen this begins anew from there.
/// </summary>
sealed class ClockWatch(TimeProvider time)
{
    /// <summary>What is less passes by itself; and a clock that is only being corrected goes a little faster or slower.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    TimeSpan _booted = Booted(time);

    /// <summary>By how much the clock was set since this was last asked; null: it was not.</summary>
    public TimeSpan? Look()
    {
        var before = _booted;
        _booted = Booted(time);
        return _booted - before is var step && step.Duration() >= Least ? step : null;
    }

    /// <summary>The time of day at which the steady clock was zero.</summary>
    static TimeSpan Booted(TimeProvider time) => time.GetUtcNow() - DateTimeOffset.UnixEpoch - time.GetElapsedTime(0);
}
