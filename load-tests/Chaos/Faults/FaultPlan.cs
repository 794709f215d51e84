using System.Collections.Immutable;
using Carillon.Network;

namespace Carillon.Chaos.Faults;

/// <summary>What strikes when, drawn from a seed: the same arguments give the same plan.</summary>
static class FaultPlan
{
    /// <summary>For calls to be placed again after a step, on the average.</summary>
    static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);
    const double Together = 0.25;

    /// <param name="length">Of the run: the plan is about as long.</param>
    public static IReadOnlyList<Step> Draw(long seed, IReadOnlyList<FaultKind> kinds, int nodes, int servers, TimeSpan length)
    {
        var (steps, planned) = (new List<Step>(), TimeSpan.Zero);
        while (planned < length)
        {
            var step = DrawStep(new Dice(seed, "faults", steps.Count), kinds, nodes, servers);
            steps.Add(step);
            planned += step.Pause + step.Faults.Max(f => f.Length) + Recovery;
        }
        return steps;
    }

    /// <summary>The node is killed at moments that know nothing of what it does.</summary>
    public static IReadOnlyList<Step> Kills(long seed, int count, int nodes) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var dice = new Dice(seed, "kills", i);
            return new Step(Seconds(dice.Uniform() * 3), [new(FaultKind.KillNode, dice.Below(nodes), Seconds(dice.Uniform()), false, default)]);
        }),
    ];

    /// <summary>A rolling upgrade: one node after another is asked to leave, and comes back as the next version would.</summary>
    public static IReadOnlyList<Step> Upgrades(long seed, int count, int nodes) =>
    [
        .. Enumerable.Range(0, count * nodes).Select(i =>
        {
            var dice = new Dice(seed, "upgrades", i);
            return new Step(Seconds(1 + dice.Uniform() * 3), [new(FaultKind.LeaveNode, i % nodes, Seconds(dice.Uniform()), true, default)]);
        }),
    ];

    static Step DrawStep(Dice dice, IReadOnlyList<FaultKind> kinds, int nodes, int servers)
    {
        var pause = Seconds(1 + dice.Uniform() * 7);
        var first = DrawFault(ref dice, kinds, nodes, servers);
        // Two of one sort would be one.
        Fault[] second = dice.Chance(Together) && DrawFault(ref dice, kinds, nodes, servers) is var other && Sort(other) != Sort(first) ? [other] : [];
        return new(pause, [first, .. second]);
    }

    static (int, int) Sort(Fault fault) => fault.IsOfNode ? (0, 0) : fault.IsOfStore ? (1, 0) : fault.IsOfStoreLink ? (3, fault.Target) : fault.IsOfPeers ? (4, 0) : (2, fault.Target);

    static Fault DrawFault(ref Dice dice, IReadOnlyList<FaultKind> kinds, int nodes, int servers)
    {
        var kind = kinds[dice.Below(kinds.Count)];
        var (least, most) = kind switch
        {
            FaultKind.KillNode or FaultKind.LeaveNode => (0, 4),
            FaultKind.RestartPostgres or FaultKind.RestartAsterisk => (0.5, 8),
            FaultKind.FreezeNode or FaultKind.CutLink or FaultKind.CutStore or FaultKind.CutPeers or FaultKind.FillDisk => (1, 15),
            _ => (2.0, 25),
        };
        var length = Seconds(least + dice.Uniform() * (most - least));
        var fault = new Fault(kind, 0, length, false, default);
        var target = dice.Below(fault.IsOfNode || fault.IsOfStoreLink || fault.IsOfPeers ? nodes : fault.IsOfStore ? 1 : servers);
        var gentle = dice.Chance(0.5);
        var delay = Seconds(kind switch
        {
            FaultKind.SlowLink => 0.05 + dice.Uniform() * 2,
            // A transaction takes several ways there and back.
            FaultKind.SlowStore or FaultKind.SlowPeers => 0.01 + dice.Uniform() * 0.3,
            _ => dice.Uniform() * 10,
        });
        return fault with { Target = target, Gentle = gentle, Delay = delay };
    }

    // Whole milliseconds read well and replay exactly.
    static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
}
