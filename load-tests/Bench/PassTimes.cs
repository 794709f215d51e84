using System.Diagnostics;

namespace Carillon.Bench;

/// <summary>
/// Many short passes, one copy of the stream each, so that all do the same work and most fit between two preemptions. Nanoseconds an event:
/// of the best pass and of the middle one by the wall clock, of the middle one of those during which the core was whole (see <see cref="CoreProbe"/>), and
/// the mean of all by CPU time, which includes garbage collection.
/// </summary>
/// <param name="Whole">NaN when the core was never whole.</param>
/// <param name="WholePasses">Passes during which it was.</param>
/// <param name="OwnBytes">What the measuring itself allocated.</param>
sealed record PassTimes(double Best, double Median, double Whole, double MeanCpu, int Passes, int WholePasses, long OwnBytes)
{
    const int MaxPasses = 100_000;

    public static PassTimes Of(AmiStream stream, Action<ReadOnlySpan<byte>> pass, TimeSpan time)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ticks = new long[MaxPasses];
        var probes = new long[MaxPasses + 1];
        var own = GC.GetAllocatedBytesForCurrentThread() - before;
        var (watch, passes, cpu) = (Stopwatch.StartNew(), 0, TimeSpan.Zero);
        probes[0] = CoreProbe.Take();
        do
        {
            var copy = stream.Copy(passes);
            var (used, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            pass(copy);
            ticks[passes++] = Stopwatch.GetTimestamp() - started;
            cpu += Environment.CpuUsage.TotalTime - used;
            probes[passes] = CoreProbe.Take();
        }
        while (watch.Elapsed < time && passes < MaxPasses);
        // Judged at the end, when the shortest probe is known: the core was whole before the pass and after it.
        var whole = Enumerable.Range(0, passes).Where(i => CoreProbe.IsWhole(probes[i]) && CoreProbe.IsWhole(probes[i + 1])).Select(i => ticks[i]).Order().ToArray();
        Array.Sort(ticks, 0, passes);
        return new(PerEvent(ticks[0]), PerEvent(ticks[passes / 2]), whole.Length == 0 ? double.NaN : PerEvent(whole[whole.Length / 2]),
            cpu.TotalNanoseconds / passes / stream.EventsPerCopy, passes, whole.Length, own);

        double PerEvent(long taken) => taken * 1e9 / Stopwatch.Frequency / stream.EventsPerCopy;
    }
}
