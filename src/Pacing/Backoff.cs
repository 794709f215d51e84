namespace Carillon.Pacing;

/// <summary>How long to wait before trying again: exponential with full jitter, so that many who failed at once do not come back at once.</summary>
/// <param name="First">The longest wait after the first failure.</param>
/// <param name="Most">The longest wait of all.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Most)
{
    /// <param name="failures">Failures in a row so far, from 1.</param>
    /// <param name="chance">From 0 (inclusive) to 1 (exclusive), drawn by the caller.</param>
    /// <returns>From half a <see cref="First"/> (never a busy loop) to <see cref="Most"/>.</returns>
    public TimeSpan After(int failures, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var ceiling = Math.Min(Most.Ticks, First.Ticks * Math.Pow(2, Math.Min(failures - 1, 62)));
        var floor = Math.Min(ceiling, First.Ticks / 2.0);
        return TimeSpan.FromTicks((long)(floor + (ceiling - floor) * Math.Clamp(chance, 0, 1)));
    }
}
