namespace Carillon.Ami;

/// <summary>Spaces actions evenly at a rate, with a burst of a tenth of a second (generic cell rate algorithm, ITU-T I.371).</summary>
sealed class ActionPacer(int perSecond, TimeProvider time)
{
    readonly Lock _lock = new();
    readonly long _interval = perSecond > 0 ? time.TimestampFrequency / perSecond : 0;
    readonly long _burst = perSecond > 0 ? time.TimestampFrequency / 10 : 0;
    long _next = time.GetTimestamp();

    /// <summary>Takes the next place and says how long to wait for it.</summary>
    public TimeSpan Reserve()
    {
        if (perSecond <= 0) return TimeSpan.Zero;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _next = Math.Max(_next, now - _burst) + _interval;
            return _next - _interval > now ? time.GetElapsedTime(now, _next - _interval) : TimeSpan.Zero;
        }
    }
}
