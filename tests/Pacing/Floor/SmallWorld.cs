namespace Carillon.Pacing.Floor;

/// <summary>A short day; one call in four is answered after some seconds, talks take about a minute and a half.</summary>
sealed class SmallWorld(int agents, int campaigns = 1, double hours = 0.5) : FloorWorld
{
    public override int Agents => agents;

    public override int Campaigns => campaigns;

    public override double Day => hours * 3600;

    public override FloorCall Place(int campaign, double now, Random random) => random.NextDouble() < 0.25 ? new(true, 4 + 14 * random.NextDouble()) : new(false, 25);

    public override double Talk(int agent, Random random) => 10 - 90 * Math.Log(1 - random.NextDouble());

    public override double WrapUp(int agent, Random random) => 10 + 10 * random.NextDouble();
}
