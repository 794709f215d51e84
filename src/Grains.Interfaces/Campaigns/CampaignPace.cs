using System.Collections.Immutable;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>Why the pace is what it is: the last decision, and how it came to that over the last hour.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignPace
{
    [Id(0)] public required CampaignId Campaign { get; init; }
    [Id(1)] public required PacingMode Mode { get; init; }
    /// <summary>Null before the first decision.</summary>
    [Id(2)] public PaceMoment? Now { get; init; }
    /// <summary>One for every ten seconds of the last hour in which the campaign decided, the oldest first.</summary>
    [Id(3)] public ImmutableArray<PaceMoment> LastHour { get; init; } = [];
}

/// <summary>One decision and what it rested on. Chances and shares are 0 to 1; what a mode does not look at is null.</summary>
[GenerateSerializer, Immutable]
public sealed record PaceMoment
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    /// <summary>Calls placed in the ten seconds that end with this decision.</summary>
    [Id(1)] public int Placed { get; init; }
    /// <summary>Calls on their way, not answered yet.</summary>
    [Id(2)] public int Ringing { get; init; }
    /// <summary>Answered and waiting for an agent.</summary>
    [Id(3)] public int Waiting { get; init; }
    [Id(4)] public int Talking { get; init; }
    [Id(5)] public int AgentsFree { get; init; }
    [Id(6)] public int AgentsLoggedIn { get; init; }
    /// <summary>Busy agents who are expected to be free by the time that a call placed now is answered.</summary>
    [Id(7)] public double? AgentsExpected { get; init; }
    /// <summary>Calls that ring now and are expected to be answered before it.</summary>
    [Id(8)] public double? AnswersExpected { get; init; }
    /// <summary>How likely the next lead answers.</summary>
    [Id(9)] public double? AnswerChance { get; init; }
    /// <summary>The chance to meet no agent: of the last call placed, or of the first that was not (then a lower bound).</summary>
    [Id(10)] public double? Risk { get; init; }
    /// <summary>What a call may risk now, so that the cap holds.</summary>
    [Id(11)] public double? RiskLimit { get; init; }
    /// <summary>Abandoned of those answered by people, over the window.</summary>
    [Id(12)] public double? AbandonmentRate { get; init; }
    /// <summary>How many more may be abandoned before the cap is reached.</summary>
    [Id(13)] public double? AbandonsLeft { get; init; }
    /// <summary>What to change for more calls.</summary>
    [Id(14)] public string LimitedBy { get; init; } = "";
    /// <summary>The same in one sentence.</summary>
    [Id(15)] public string Why { get; init; } = "";
}
