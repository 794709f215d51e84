using Carillon.Pacing;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>How far ahead of free agents a campaign dials, in the modes Ratio and Predictive.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignPacing
{
    /// <summary>Ratio: calls for each agent. Default 1.5; 1 to 10.</summary>
    [Id(0)] public double Ratio { get; init; } = 1.5;

    /// <summary>Ratio: what is multiplied.</summary>
    [Id(1)] public RatioOf RatioOf { get; init; }

    /// <summary>
    /// Predictive: the share of calls answered by people that may meet no agent in time. Default 0.03, the law of the USA (47 CFR 64.1200(a)(7)) and the
    /// usual limit elsewhere; 0 to 0.2. Zero dials one call for each free agent.
    /// </summary>
    [Id(2)] public double AbandonmentCap { get; init; } = 0.03;

    /// <summary>
    /// Predictive: the time over which the cap holds. Default 30 days, as that law counts; 1 to 30 days. Whatever it is, a day with hundreds of abandons
    /// is held below the cap too.
    /// </summary>
    [Id(3)] public TimeSpan AbandonmentWindow { get; init; } = TimeSpan.FromDays(30);
}
