using System.Collections.Immutable;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>Why the pace is what it is, now and over the last hour.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignPace
{
    [Id(0)] public required CampaignId Campaign { get; init; }
    [Id(1)] public required PacingMode Mode { get; init; }
    /// <summary>How it stands in this moment, in whatever status.</summary>
    [Id(2)] public required PaceMoment Now { get; init; }
    /// <summary>
    /// One for every ten seconds of the last hour, one for every minute from before the campaign was taken up by its node, and one for each change of status or
    /// mode; the oldest first. Each holds until the next: while the campaign stands still (Stopped, Finished) there is none. The first may be older than an hour.
    /// </summary>
    [Id(3)] public ImmutableArray<PaceMoment> LastHour { get; init; } = [];
}

/// <summary>One moment of a campaign: how it stood, why, and what its decision rested on. Chances and shares are 0 to 1; what a mode does not look at is null.</summary>
[GenerateSerializer, Immutable]
public sealed record PaceMoment
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    /// <summary>Calls placed since the moment before.</summary>
    [Id(1)] public int Placed { get; init; }
    /// <summary>Calls on their way, not answered yet.</summary>
    [Id(2)] public int Ringing { get; init; }
    /// <summary>Answered and waiting for an agent.</summary>
    [Id(3)] public int Waiting { get; init; }
    [Id(4)] public int Talking { get; init; }
    /// <summary>As the queue told last; this and the next are 0 while the campaign asks for no agents.</summary>
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
    /// <summary>What to change for more calls: a limit of the decision, <c>Setup</c>, <c>Failure</c>, or the status that keeps the campaign from deciding.</summary>
    [Id(14)] public string LimitedBy { get; init; } = "";
    /// <summary>The same in words: those of <see cref="CampaignProgress.Why"/>.</summary>
    [Id(15)] public string Why { get; init; } = "";
    [Id(16)] public CampaignStatus Status { get; init; }
    [Id(17)] public PacingMode Mode { get; init; }
    /// <summary>So much later than its answer a call is ready for an agent, because AMD listens first: the mean of the last hundred. Null: AMD is off, or has judged none yet.</summary>
    [Id(18)] public TimeSpan? DetectionDelay { get; init; }
}
