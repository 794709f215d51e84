namespace Carillon.Ami;

/// <summary>Counts of one client over all its connections.</summary>
sealed class Meter
{
    public long Bytes, Messages, Ignored, Damaged, Unmatched, Gaps, Connections, ActionsSent;
    long _latencyTicks;

    public TimeSpan ActionLatency => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks));

    // Two answers at once may lose one of the samples; it is an average.
    public void Answered(TimeSpan latency)
    {
        var old = Interlocked.Read(ref _latencyTicks);
        Interlocked.Exchange(ref _latencyTicks, old == 0 ? latency.Ticks : old + (latency.Ticks - old) / 16);
    }
}
