using System.Collections.Immutable;
using Carillon.Servers;
using Orleans;

namespace Carillon.Queues;

/// <summary>Where answered calls wait for agents: one queue over all its servers. Key: <see cref="QueueId"/>.</summary>
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>
    /// A campaign says how many of its calls are still to meet an agent, by server, and how many more it would place; it is told how many it may,
    /// after the calls of all other campaigns and of inbound callers have had theirs. What is not enough for all is divided by their shares: a campaign that is ahead
    /// of its share is granted less, and those that are behind are told to ask. The grant stands until the campaign asks again, or for ten seconds.
    /// </summary>
    Task<QueueGrant> Claim(QueueClaim claim);

    /// <summary>Members and callers on one server have changed. A batch with <see cref="QueueChanges.Complete"/> replaces all that was known of that server.</summary>
    Task OnChanges(QueueChanges changes);

    /// <summary>The server is out of reach: its members are not free.</summary>
    /// <param name="sequence">As of then (<see cref="QueueChanges.Sequence"/>); if something newer was told, somebody else has reached it meanwhile.</param>
    Task OnServerLost(ServerId server, long sequence);

    Task ConfigChanged();

    Task<QueueSnapshot> GetSnapshot();

    /// <summary>How long the last wrap-ups of its agents took, at most 1,000, the oldest first; zero for a talk without one. Empty when the queue was just taken up.</summary>
    Task<ImmutableArray<TimeSpan>> GetWrapUps();
}

[GenerateSerializer, Immutable]
public sealed record QueueClaim
{
    [Id(0)] public required CampaignId Campaign { get; init; }
    /// <summary>Calls placed or being placed that have not met an agent yet.</summary>
    [Id(1)] public required ImmutableDictionary<ServerId, int> Underway { get; init; }
    /// <summary>Of these, the ones that wait in the queue.</summary>
    [Id(2)] public required int Waiting { get; init; }
    [Id(3)] public required int Wanted { get; init; }
    /// <summary>Servers that the campaign could place calls on now.</summary>
    [Id(4)] public required ImmutableArray<ServerId> Servers { get; init; }
    /// <summary>Agents whom calls of the campaign already ring or are about to ring (agent-first).</summary>
    [Id(5)] public ImmutableArray<AgentId> Reserved { get; init; } = [];
    /// <summary>Only these agents are wanted, each for a call that rings them first: one who is free, also by a campaign that dials ahead. Null: any.</summary>
    [Id(6)] public ImmutableArray<AgentId>? Agents { get; init; }
    /// <summary>Set by a campaign that dials ahead of free agents; null: each call is for an agent who is free now.</summary>
    [Id(7)] public PoolClaim? Pool { get; init; }
    /// <summary>The campaign's weight among those that want the same agents (<see cref="Campaigns.CampaignTraffic.Share"/>).</summary>
    [Id(9)] public int Share { get; init; } = 1;
    /// <summary>Of the last grant, the slots for which no call was placed.</summary>
    [Id(10)] public int Unused { get; init; }
}

/// <summary>How many calls may be placed, and where: an agent can only take calls of a server on which they are a member.</summary>
[GenerateSerializer, Immutable]
public sealed record QueueGrant
{
    /// <summary>One for each call that may be placed.</summary>
    [Id(0)] public required ImmutableArray<AgentSlot> Slots { get; init; }
    [Id(1)] public required int AgentsFree { get; init; }
    [Id(2)] public required int AgentsLoggedIn { get; init; }
    /// <summary>Callers who wait in the queue and are none of any campaign's calls; they come first.</summary>
    [Id(3)] public required int InboundWaiting { get; init; }
    /// <summary>Calls of all campaigns that will take an agent who is free now; a call that rings an agent already has taken hers.</summary>
    [Id(4)] public required int Underway { get; init; }
    [Id(5)] public string? Problem { get; init; }
    /// <summary>The answer to <see cref="QueueClaim.Pool"/>.</summary>
    [Id(6)] public PoolGrant? Pool { get; init; }
    /// <summary>Calls that might have been granted, and are left to other campaigns by their shares.</summary>
    [Id(7)] public int LeftToOthers { get; init; }
}

/// <summary>A free agent, and a server on which they can take a call.</summary>
[GenerateSerializer, Immutable]
public sealed record AgentSlot(
    [property: Id(0)] ServerId Server, [property: Id(1)] AgentId Agent, [property: Id(2)] string Interface, [property: Id(3)] DateTimeOffset FreeSince)
{
    /// <summary>For a call that is placed ahead: whoever is free when it is answered.</summary>
    public static AgentSlot Anybody(ServerId server) => new(server, default, "", DateTimeOffset.MinValue);
}

/// <summary>What one server tells of one queue.</summary>
[GenerateSerializer, Immutable]
public sealed record QueueChanges
{
    [Id(0)] public required ServerId Server { get; init; }
    [Id(1)] public required bool Complete { get; init; }
    [Id(2)] public ImmutableArray<QueueMember> Members { get; init; } = [];
    /// <summary>Interfaces of members that left.</summary>
    [Id(3)] public ImmutableArray<string> Removed { get; init; } = [];
    /// <summary>Callers waiting now; null: unchanged.</summary>
    [Id(4)] public int? CallersWaiting { get; init; }
    [Id(5)] public required DateTimeOffset At { get; init; }
    /// <summary>Grows with every change that the server tells; one that is not newer than the last is ignored.</summary>
    [Id(6)] public required long Sequence { get; init; }
    /// <summary>The server has no queue of this name.</summary>
    [Id(7)] public bool NoSuchQueue { get; init; }
}

/// <summary>A member of an app_queue on one server.</summary>
[GenerateSerializer, Immutable]
public sealed record QueueMember
{
    /// <summary>The interface as the queue knows it, such as <c>PJSIP/9001</c> or <c>Local/9001@agents</c>.</summary>
    [Id(0)] public required string Interface { get; init; }
    [Id(1)] public required string Name { get; init; }
    /// <summary>Device state by Asterisk's numbers: 1 not in use, 2 in use, 3 busy, 4 invalid, 5 unavailable, 6 ringing, 7 ringing and in use, 8 on hold; 0 unknown.</summary>
    [Id(2)] public required int DeviceState { get; init; }
    [Id(3)] public bool Paused { get; init; }
    [Id(4)] public string? PausedReason { get; init; }
    [Id(5)] public bool InCall { get; init; }
    [Id(6)] public DateTimeOffset? LastCallEndedAt { get; init; }
    [Id(7)] public int Penalty { get; init; }
}

[GenerateSerializer, Immutable]
public sealed record QueueSnapshot
{
    [Id(0)] public required QueueId Queue { get; init; }
    [Id(1)] public required ImmutableArray<ServerId> ServersSeen { get; init; }
    [Id(2)] public required int AgentsFree { get; init; }
    [Id(3)] public required int AgentsLoggedIn { get; init; }
    [Id(4)] public required int CallersWaiting { get; init; }
    [Id(5)] public required ImmutableArray<QueueAgent> Agents { get; init; }
    /// <summary>What is wrong, in one sentence: a server that has no such queue, a server that is out of reach.</summary>
    [Id(6)] public string? Problem { get; init; }
}

[GenerateSerializer, Immutable]
public sealed record QueueAgent(
    [property: Id(0)] AgentId Agent, [property: Id(1)] string Name, [property: Id(2)] Agents.AgentStatus Status, [property: Id(3)] Agents.AgentState State,
    [property: Id(4)] DateTimeOffset Since, [property: Id(5)] ImmutableArray<ServerId> Servers);
