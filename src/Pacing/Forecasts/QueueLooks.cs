namespace Carillon.Pacing.Forecasts;

/// <summary>When a waiting caller's queue looks for a free agent.</summary>
public static class QueueLooks
{
    /// <summary>Seconds: app_queue looks when a caller comes, and then once a second (RECHECK in Asterisk's app_queue.c, 16 to 22).</summary>
    public const double Interval = 1;

    /// <summary>
    /// Seconds after the answer until which an agent may become free to meet a caller in time. Who is free only after the last look within the limit is found by the
    /// next one, at the limit or after it, which is too late.
    /// </summary>
    /// <param name="limit">Seconds that a caller may wait.</param>
    /// <param name="interval">Seconds between two looks; 0: who becomes free takes the first who waits at once.</param>
    public static double LastInTime(double limit, double interval = Interval) => interval <= 0 ? limit : Math.Max(0, Math.Ceiling(limit / interval) - 1) * interval;
}
