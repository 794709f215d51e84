using Carillon.Pacing.Floor;
using Carillon.PacingBench.Worlds;

namespace Carillon.Bench.Floor;

/// <summary>The time that the floor bench measures, on the pacing bench's floor: the first of a first day, with nothing learned before it but by warming up.</summary>
sealed class BenchHour(FloorOptions options, double queueLook) : StandardWorld(options.Agents, options.Answer)
{
    const int Seeds = 20;
    /// <summary>As campaigns have them by default.</summary>
    const double Cap = 0.03, Window = 30 * 86_400;

    public override double Day => (options.WarmUp + options.For).TotalSeconds;
    public override double Settling => options.WarmUp.TotalSeconds;
    public override double QueueLook => queueLook;

    public static IReadOnlyList<FloorDay> Run(FloorOptions options, double queueLook) =>
        [.. Enumerable.Range(1, Seeds).Select(seed => new Carillon.Pacing.Floor.Floor(new BenchHour(options, queueLook), [new PredictiveLaw(Cap, Window)], seed).Run(1).Single())];
}
