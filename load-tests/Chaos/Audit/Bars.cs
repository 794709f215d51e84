using System.Globalization;
using Carillon.Chaos.Faults;

namespace Carillon.Chaos.Audit;

/// <summary>How quickly the product must be at work again. A run that misses one of these has failed like one that broke a promise.</summary>
static class Bars
{
    /// <summary>From the kill of a silo until each server has a new call.</summary>
    public static readonly TimeSpan CallsAgain = TimeSpan.FromSeconds(10);

    /// <summary>From the kill of the node at work until another one, or itself, listens; from its freeze, if that is longer, until the other one does.</summary>
    public static readonly TimeSpan Takeover = TimeSpan.FromSeconds(5);

    /// <param name="takeovers">Of a pair.</param>
    public static IEnumerable<Promise> Check(ChaosOptions options, IEnumerable<Comeback> comebacks, IEnumerable<TimeSpan> takeovers)
    {
        // What strikes together with a kill may be what calls wait for.
        if (options.Silos > 1) yield return new(Name("killed silos whose servers placed no calls", CallsAgain),
            [.. comebacks.Where(c => c.Step.Faults is [{ Kind: FaultKind.KillNode }] && !(c.After <= CallsAgain)).Select(c => $"{Told(c.After)}: {c.Step}")]);
        if (options.Pair) yield return new(Name("killed or frozen nodes whose standby did not listen", Takeover), [.. takeovers.Where(t => t > Takeover).Select(t => Told(t))]);
    }

    static string Name(string what, TimeSpan within) => string.Create(CultureInfo.InvariantCulture, $"{what} within {within.TotalSeconds:0} s");

    static string Told(TimeSpan? after) => after is { } a ? string.Create(CultureInfo.InvariantCulture, $"{a.TotalSeconds:0.0} s") : "never";
}
