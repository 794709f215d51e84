using System.Diagnostics;

namespace Carillon.Bench;

/// <summary>
/// Many short passes, one copy of the stream each, so that all do the same work and most fit between two preemptions. Nanoseconds an event:
/// of the best pass and of the middle one by the wall clock, and the mean of all by CPU time, which includes garbage collection.
/// </summary>
/// <param name="OwnBytes">What the measuring itself allocated.</param>
sealed record PassTimes(double Best, double Median, double MeanCpu, int Passes, long OwnBytes)
{
    const int MaxPasses = 100_000;

    public static PassTimes Of(AmiStream stream, Action<ReadOnlySpan<byte>> pass, TimeSpan time)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ticks = new long[MaxPasses];
        var own = GC.GetAllocatedBytesForCurrentThread() - before;
        var (watch, cpu, passes) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0);
        do
        {
            var copy = stream.Copy(passes);
            var started = Stopwatch.GetTimestamp();
            pass(copy);
            ticks[passes++] = Stopwatch.GetTimestamp() - started;
        }
        while (watch.Elapsed < time && passes < MaxPasses);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Array.Sort(ticks, 0, passes);
        return new(PerEvent(ticks[0]), PerEvent(ticks[passes / 2]), cpu.TotalNanoseconds / passes / stream.EventsPerCopy, passes, own);

        double PerEvent(long taken) => taken * 1e9 / Stopwatch.Frequency / stream.EventsPerCopy;
    }
}
