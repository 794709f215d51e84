using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

/// <summary>The plain world, where nothing changes over the day; and what the disturbed ones have in common.</summary>
class StandardWorld(int agents, double answer) : FloorWorld
{
    public override int Agents => agents;

    /// <summary>The chance that a person answers a call that is placed now.</summary>
    protected virtual double Chance(int campaign, double now) => answer;

    public override FloorCall Place(int campaign, double now, Random random) =>
        random.NextDouble() < Chance(campaign, now) ? new(true, AnswerDelay(random)) : new(false, NoAnswer(random));

    /// <summary>A mixture of short refusals and real talks.</summary>
    public override double Talk(int agent, Random random) => random.NextDouble() < 0.4 ? Draw.LogNormal(random, 25, 0.6) : Draw.LogNormal(random, 183, 0.8);

    public override double WrapUp(int agent, Random random) => Draw.LogNormal(random, 15, 0.5);

    protected static double AnswerDelay(Random random) => Math.Min(30, 3 + Draw.Gamma3(random, 3.5));

    /// <summary>Rings through, or is refused at once.</summary>
    protected static double NoAnswer(Random random) => random.NextDouble() < 0.8 ? 28 : 5;

    /// <summary>Seconds since the floor opened.</summary>
    protected static double TimeOfDay(double now) => now % 86_400;
}
