namespace Carillon.Pacing.WhatIf;

/// <summary>How much is simulated: so much that it ends within seconds whatever the size of the floor. It depends on nothing else, so that the same question has the same answer.</summary>
/// <param name="Runs">Each with calls drawn anew.</param>
/// <param name="Settling">Seconds of each that are not counted.</param>
/// <param name="Counted">Seconds of each that are.</param>
public readonly record struct RunPlan(int Runs, double Settling, double Counted)
{
    /// <summary>What an hour of a floor costs of its budget, for the floor itself and for each agent: seconds of a processor of 2026, roughly.</summary>
    const double HourCost = 0.04, AgentHourCost = 0.0025;

    const double LongestRun = 8 * 3600, ShortestRun = 60;

    /// <summary>With more agents, chance matters less: fewer runs will do.</summary>
    const int Many = 100;

    public static RunPlan Of(int agents)
    {
        var (runs, settling, budget) = agents <= Many ? (8, 300, 0.7) : (4, 120, 0.5);
        var seconds = 3600 * budget / (HourCost + AgentHourCost * agents);
        return new(runs, settling, Math.Clamp(seconds / runs - settling, ShortestRun, LongestRun));
    }
}
