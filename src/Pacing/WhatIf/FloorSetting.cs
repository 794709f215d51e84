namespace Carillon.Pacing.WhatIf;

/// <summary>How the floor is run. Shares are 0 to 1.</summary>
public sealed record FloorSetting
{
    /// <summary>
    /// A larger floor is taken for so many times a floor of this size, or the answer would take half a minute. Larger floors are busier, but from here on by little:
    /// 5,000 agents were half a point busier in the one comparison that was made (docs/pacing.md).
    /// </summary>
    public const int LargestFloor = 500;

    /// <summary>At work whenever the campaign is open.</summary>
    public required int Agents { get; init; }
    public required FloorMode Mode { get; init; }
    /// <summary>Ratio: calls for each agent, and what is multiplied.</summary>
    public double Ratio { get; init; }
    public RatioOf RatioOf { get; init; }
    /// <summary>Predictive: what may be abandoned of the answered calls.</summary>
    public double Cap { get; init; }
    /// <summary>Predictive: the seconds over which the cap holds.</summary>
    public double Window { get; init; } = 30 * 86_400.0;
    /// <summary>The campaign's calls at once, talks included.</summary>
    public required int Channels { get; init; }
    /// <summary>Seconds that an answered caller may wait.</summary>
    public double AbandonAfter { get; init; } = 2;
    /// <summary>The chance to answer is so many times what it was.</summary>
    public double AnswerTimes { get; init; } = 1;

    /// <summary>The floor that is simulated, and how many such floors this one is.</summary>
    public (FloorSetting Floor, double Times) Simulated()
    {
        if (Agents <= LargestFloor) return (this, 1);
        var times = Agents / (double)LargestFloor;
        return (this with { Agents = LargestFloor, Channels = Math.Max(1, (int)Math.Round(Channels / times)) }, times);
    }
}

public enum FloorMode { Progressive, Ratio, Predictive }
