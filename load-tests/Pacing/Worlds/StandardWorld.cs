using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

/// <summary>The plain world: nothing changes over the day.</summary>
sealed class StandardWorld(int agents, double answer) : FloorWorld
{
    public override int Agents => agents;

    public override FloorCall Place(int campaign, double now, Random random) =>
        random.NextDouble() < answer ? new(true, AnswerDelay(random)) : new(false, NoAnswer(random));

    /// <summary>A mixture of short refusals and real talks.</summary>
    public override double Talk(int agent, Random random) => random.NextDouble() < 0.4 ? Draw.LogNormal(random, 25, 0.6) : Draw.LogNormal(random, 183, 0.8);

    public override double WrapUp(int agent, Random random) => Draw.LogNormal(random, 15, 0.5);

    static double AnswerDelay(Random random) => Math.Min(30, 3 + Draw.Gamma3(random, 3.5));

    /// <summary>Rings through, or is refused at once.</summary>
    static double NoAnswer(Random random) => random.NextDouble() < 0.8 ? 28 : 5;
}
