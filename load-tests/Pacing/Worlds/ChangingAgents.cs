namespace Carillon.PacingBench.Worlds;

/// <summary>Agents who are unlike: the slowest takes four times as long as the quickest.</summary>
sealed class UnlikeAgentsWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    public override double Talk(int agent, Random random) => base.Talk(agent, random) * Slowness(agent);

    public override double WrapUp(int agent, Random random) => base.WrapUp(agent, random) * Slowness(agent);

    double Slowness(int agent) => Agents == 1 ? 1 : Math.Pow(2, 2.0 * agent / (Agents - 1) - 1);
}

/// <summary>Each agent takes a break of 5 to 15 minutes after 45 to 75 minutes.</summary>
sealed class BreaksWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    readonly double[] _next = new double[agents];

    public override double? Away(int agent, double now, Random random)
    {
        if (TimeOfDay(now) == 0)
        {
            _next[agent] = now + Minutes(random, 15, 75);
            return null;
        }
        if (now < _next[agent]) return null;
        var away = Minutes(random, 5, 15);
        _next[agent] = now + away + Minutes(random, 45, 75);
        return away;
    }

    static double Minutes(Random random, double from, double to) => 60 * (from + (to - from) * random.NextDouble());
}

/// <summary>Two shifts: the even agents work the first five hours, the odd ones the last five; between, all do.</summary>
sealed class ShiftsWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    public override double? Away(int agent, double now, Random random)
    {
        var time = TimeOfDay(now);
        return agent % 2 == 0 ? time >= 5 * 3600 ? Day - time : null : time < 3 * 3600 ? 3 * 3600 - time : null;
    }
}

/// <summary>Three campaigns with lists that are unlike share the agents; each has a law of its own.</summary>
sealed class SharedWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    public override int Campaigns => 3;

    protected override double Chance(int campaign, double now) => base.Chance(campaign, now) * (0.6 + 0.4 * campaign);
}
