using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Leads;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>What a campaign does now. Counts of leads may lag by a few seconds; everything else is of <see cref="At"/>.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignProgress
{
    [Id(0)] public required CampaignId Campaign { get; init; }
    [Id(1)] public required CampaignStatus Status { get; init; }
    [Id(2)] public required DateTimeOffset At { get; init; }
    [Id(3)] public ImmutableDictionary<LeadStatus, long> Leads { get; init; } = ImmutableDictionary<LeadStatus, long>.Empty;
    /// <summary>Leads that have a next time, now or later.</summary>
    [Id(4)] public long LeadsLeft { get; init; }
    [Id(5)] public int Dialing { get; init; }
    [Id(6)] public int Ringing { get; init; }
    /// <summary>Answered and waiting for an agent.</summary>
    [Id(7)] public int Waiting { get; init; }
    [Id(8)] public int Talking { get; init; }
    /// <summary>As the queue told last; this and the next are 0 while the campaign asks for no agents.</summary>
    [Id(9)] public int AgentsFree { get; init; }
    [Id(10)] public int AgentsLoggedIn { get; init; }
    /// <summary>Ended attempts since the campaign was last started.</summary>
    [Id(11)] public ImmutableDictionary<Outcome, long> Outcomes { get; init; } = ImmutableDictionary<Outcome, long>.Empty;
    /// <summary>Calls placed in the last 60 seconds.</summary>
    [Id(12)] public int CallsPerMinute { get; init; }
    /// <summary>When the list will be through at the present speed; null while nothing is being dialed.</summary>
    [Id(13)] public DateTimeOffset? EstimatedEnd { get; init; }
    /// <summary>Why the pace is what it is, in one sentence.</summary>
    [Id(14)] public string Why { get; init; } = "";
    [Id(15)] public DateTimeOffset? StartedAt { get; init; }
    /// <summary>What AMD made of answered calls; null while it has made nothing of any.</summary>
    [Id(16)] public DetectionProgress? Detection { get; init; }
}

/// <summary>AMD's verdicts since the campaign was last started on its node.</summary>
[GenerateSerializer, Immutable]
public sealed record DetectionProgress
{
    [Id(0)] public long Humans { get; init; }
    [Id(1)] public long Machines { get; init; }
    [Id(2)] public long NotSure { get; init; }
    /// <summary>Mean time from the answer to the verdict over the last hundred: so much later a call is ready for an agent.</summary>
    [Id(3)] public TimeSpan Delay { get; init; }
}
