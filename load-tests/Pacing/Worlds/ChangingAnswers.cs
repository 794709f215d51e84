using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

/// <summary>The chance to answer swings by half of itself, up and down in three hours.</summary>
sealed class DriftingWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    protected override double Chance(int campaign, double now) => base.Chance(campaign, now) * (1 + 0.5 * Math.Sin(2 * Math.PI * TimeOfDay(now) / (3 * 3600)));
}

/// <summary>A list that goes stale: 1.3 times the chance in the morning, 0.4 times it in the evening, and a fresh list overnight.</summary>
sealed class StaleWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    protected override double Chance(int campaign, double now) => base.Chance(campaign, now) * (1.3 - 0.9 * TimeOfDay(now) / Day);
}

/// <summary>The trunk dies twice a day, for five minutes and for ten: every call fails at once. Then it is back as if nothing had been.</summary>
sealed class DeadTrunkWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    /// <summary>Ample, but a law that asks for ever more calls while none gets through is stopped.</summary>
    public override int Lines => 10 + 4 * Agents;

    static readonly (double From, double To)[] Dead = [(2 * 3600, 2 * 3600 + 300), (5 * 3600, 5 * 3600 + 600)];

    public override FloorCall Place(int campaign, double now, Random random) =>
        Array.Exists(Dead, dead => TimeOfDay(now) >= dead.From && TimeOfDay(now) < dead.To) ? new(false, 0.5, Failed: true) : base.Place(campaign, now, random);
}
