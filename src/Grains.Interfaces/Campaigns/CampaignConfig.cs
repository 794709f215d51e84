using System.Collections.Immutable;
using Carillon.Contacts;
using Carillon.Leads;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>How a campaign dials. Users change it at run time; a running campaign takes it over at its next decision.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignConfig
{
    /// <summary>Shown to people; unique.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>When to dial, and how often each lead.</summary>
    [Id(1)] public required ScheduleId Schedule { get; init; }

    /// <summary>Where answered calls go. Null in the Agentless mode only.</summary>
    [Id(2)] public QueueId? Queue { get; init; }

    /// <summary>The ways out, on one or several servers. Each server of the list must also serve the queue, if there is one.</summary>
    [Id(3)] public required ImmutableArray<TrunkId> Trunks { get; init; }

    /// <summary>What the called party sees. Null: the trunk's own.</summary>
    [Id(4)] public string? CallerId { get; init; }

    /// <summary>A call counts as answered once it has lasted this long after the answer. Default 0: every answer counts.</summary>
    [Id(5)] public TimeSpan AnsweredAfter { get; init; }

    /// <summary>At most so many calls of this campaign at once, over all servers. Default 10.</summary>
    [Id(6)] public int Channels { get; init; } = 10;

    [Id(7)] public PacingMode Mode { get; init; } = PacingMode.Progressive;

    /// <summary>The agent is rung first and the customer dialed when they answer, so that a customer never meets hold music. Default false.</summary>
    [Id(8)] public bool AgentFirst { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code of the country by whose plan national numbers are read. Default RU.</summary>
    [Id(9)] public string Country { get; init; } = "RU";

    /// <summary>How long to let it ring. Default 30 s; 15 to 120 s.</summary>
    [Id(10)] public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An answered call that meets no agent within this time is abandoned. Default 2 s.</summary>
    [Id(11)] public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The group that the campaign belongs to; null: administrators only.</summary>
    [Id(12)] public string? Group { get; init; }

    /// <summary>How leads are called again, where the schedule's columns do not say it.</summary>
    [Id(13)] public RetryConfig Retries { get; init; } = new();

    /// <summary>When and how often numbers are called, by their own clocks. Null: as the rules for all campaigns say, and no stricter.</summary>
    [Id(14)] public ContactConfig? Contact { get; init; }

    /// <summary>Where answered calls of the Agentless mode go.</summary>
    [Id(15)] public AgentlessConfig? Agentless { get; init; }

    /// <summary>Find out whether a machine has answered before the call goes on. Null, the default: off.</summary>
    [Id(16)] public MachineDetection? MachineDetection { get; init; }

    /// <summary>Which of the leads that are due is called first.</summary>
    [Id(17)] public LeadOrder Order { get; init; } = new();

    /// <summary>How leads are shown to agents, in Preview mode.</summary>
    [Id(18)] public PreviewConfig Preview { get; init; } = new();

    /// <summary>How far ahead the modes Ratio and Predictive dial.</summary>
    [Id(20)] public CampaignPacing Pacing { get; init; } = new();

    /// <summary>How much it takes of what it shares with other campaigns.</summary>
    [Id(21)] public CampaignTraffic Traffic { get; init; } = new();

    /// <summary>Put away: it is not listed and cannot be started; its leads and call records stay. Default false.</summary>
    [Id(22)] public bool Archived { get; init; }

    /// <summary>Where answered calls go on in the dialplan. Null, the default: in the application Queue. For calls that ring no agent first.</summary>
    [Id(23)] public ConnectConfig? Connect { get; init; }
}

public enum PacingMode { Progressive, Ratio, Predictive, Preview, Agentless }
