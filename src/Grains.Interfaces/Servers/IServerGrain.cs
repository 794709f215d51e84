using System.Collections.Immutable;
using Carillon.Calls;
using Orleans;
using Orleans.Concurrency;

namespace Carillon.Servers;

/// <summary>
/// One Asterisk: holds its AMI connection, is the only one that starts calls on it, and so the keeper of its limits and those of its
/// trunks. Key: <see cref="ServerId"/>.
/// </summary>
public interface IServerGrain : IGrainWithStringKey
{
    /// <summary>The keeper's knock: activates the server, which then connects by itself.</summary>
    Task Wake();

    /// <summary>The same by the keeper of the node on which the server belongs.</summary>
    /// <returns>False: it was active on another node and is leaving it; asked again, it is activated here.</returns>
    Task<bool> WakeOn(string node);

    /// <summary>The config or a trunk of this server was changed.</summary>
    Task ConfigChanged();

    /// <summary>
    /// Asks for places for calls. Up to <paramref name="wanted"/> places are granted within channel and calls-per-second limits; each is
    /// kept for two seconds and then taken back. While other campaigns find too few, no more than are this one's by its share. None while the server is not Online.
    /// </summary>
    /// <param name="share">The campaign's weight against others; above zero.</param>
    Task<ImmutableArray<LineGrant>> Reserve(CampaignId campaign, int share, ImmutableArray<TrunkId> trunks, int wanted);

    /// <summary>Gives back places that will not be used.</summary>
    Task Return(ImmutableArray<LineGrant> grants);

    /// <summary>
    /// Starts calls in granted places. Intent must be in the store. Returns at once those that are certainly not placed, and why; what becomes of each
    /// other call is told to its call grain, also if it is not placed later.
    /// </summary>
    Task<ImmutableArray<OrderRefusal>> Originate(ImmutableArray<OriginateOrder> orders);

    /// <summary>
    /// Calls of the campaign that wait for their turn are not placed any more; they are returned. When this returns nothing more of the campaign will be
    /// sent to Asterisk.
    /// </summary>
    Task<ImmutableArray<OrderRefusal>> CancelPending(CampaignId campaign);

    /// <summary>Ends a call of ours.</summary>
    Task Hangup(AttemptId attempt);

    /// <summary>All that is known of one of the server's queues now; null while the server is not Online.</summary>
    Task<Queues.QueueChanges?> GetQueue(string nameInAsterisk);

    /// <summary>Pauses or unpauses a member in all queues of this server. Returns a refusal in words, or null.</summary>
    Task<string?> PauseMember(string @interface, bool paused, string? reason);

    /// <summary>Asks Asterisk which endpoints and peers it knows, for who sets up a trunk. No call waits for the answer.</summary>
    [AlwaysInterleave] Task<ServerEndpoints> ListEndpoints();

    Task<ServerSnapshot> GetSnapshot();

    /// <summary>How a trunk of this server works.</summary>
    Task<TrunkStatus> GetTrunk(TrunkId trunk);

    /// <summary>
    /// For the server's own connection only: takes what it has read so far into account, in order, and returns what must be told to calls and
    /// queues. The connection tells them, not the grain, so that a server never waits for those who may be waiting for it.
    /// </summary>
    /// <param name="link">Which connection asks: that of an earlier activation gets null, and has nothing more to do.</param>
    /// <param name="received">The number of the news that it received last; news that did not arrive are told again.</param>
    Task<ServerNews?> Digest(Guid link, long received);
}

/// <summary>A place for one call, valid once.</summary>
/// <param name="Ticket">Counts up, over all activations of the server.</param>
[GenerateSerializer, Immutable]
public readonly record struct LineGrant([property: Id(0)] long Ticket, [property: Id(1)] TrunkId Trunk)
{
    const int TicketBits = 40;

    /// <summary>The owner of the server that gave it. See <see cref="AttemptIntent.ServerEpoch"/>.</summary>
    public long Epoch => Ticket >> TicketBits;

    /// <summary>The first ticket of an owner: no grant of an earlier one is ever taken for one of its own.</summary>
    public static long FirstOf(long epoch) => epoch << TicketBits;
}

/// <summary>An order that was not carried out: nothing was dialed.</summary>
[GenerateSerializer, Immutable]
public sealed record OrderRefusal([property: Id(0)] AttemptId Attempt, [property: Id(1)] string Why, [property: Id(2)] Numbers.PhoneNumber Number);

[GenerateSerializer, Immutable]
public sealed record OriginateOrder
{
    [Id(0)] public required LineGrant Grant { get; init; }
    [Id(1)] public required AttemptIntent Intent { get; init; }
    [Id(2)] public required TimeSpan RingTimeout { get; init; }
    /// <summary>What is done with the call once it is answered.</summary>
    [Id(3)] public required AnswerPlan Plan { get; init; }
    /// <summary>Agent-first: the channel that is rung before the customer is dialed. Null: customer first.</summary>
    [Id(5)] public string? AgentChannel { get; init; }
    /// <summary>Agent-first: whose phone that is, if it is known.</summary>
    [Id(7)] public AgentId? Agent { get; init; }
    /// <summary>The country by whose plan <c>{national}</c> in the trunk's dial string is made.</summary>
    [Id(8)] public required string Country { get; init; }
    /// <summary>When the agent whom this call is for became free; for the latency figures.</summary>
    [Id(6)] public DateTimeOffset? AgentFreeSince { get; init; }
}

[GenerateSerializer, Immutable]
public sealed record ServerSnapshot
{
    [Id(0)] public required ServerId Server { get; init; }
    [Id(1)] public required ServerState State { get; init; }
    [Id(2)] public required DateTimeOffset Since { get; init; }
    /// <summary>What is wrong and what to do, in one sentence; null when nothing is.</summary>
    [Id(3)] public string? Problem { get; init; }
    [Id(4)] public string? Version { get; init; }
    [Id(5)] public string? SystemName { get; init; }
    /// <summary>Calls of ours now, by trunk.</summary>
    [Id(6)] public ImmutableDictionary<TrunkId, int> Calls { get; init; } = ImmutableDictionary<TrunkId, int>.Empty;
    /// <summary>All channels of the server, also those that are not ours.</summary>
    [Id(7)] public int Channels { get; init; }
    /// <summary>Queues that the server has.</summary>
    [Id(8)] public ImmutableArray<string> Queues { get; init; } = [];
    [Id(9)] public int Pending { get; init; }
    [Id(10)] public long Gaps { get; init; }
    [Id(11)] public long Reconnects { get; init; }
    /// <summary>How each of the server's trunks works.</summary>
    [Id(12)] public ImmutableArray<TrunkStatus> Trunks { get; init; } = [];
    /// <summary>How much later the server's clock told than its node's as they connected; negative: earlier. Null: not known.</summary>
    [Id(13)] public TimeSpan? ClockAhead { get; init; }
}

/// <summary>What became known on a server, for those whom it concerns.</summary>
[GenerateSerializer, Immutable]
public sealed record ServerNews
{
    public static readonly ServerNews None = new();

    [Id(0)] public ImmutableArray<CallNews> Calls { get; init; } = [];
    [Id(1)] public ImmutableArray<QueueNews> Queues { get; init; } = [];
    /// <summary>Queues that must take this server's members for gone: its connection was lost.</summary>
    [Id(2)] public ImmutableArray<QueueId> Lost { get; init; } = [];
    /// <summary>Counts what was told; 0 if there is nothing to tell.</summary>
    [Id(3)] public long Number { get; init; }
    /// <summary>When they were lost, as <see cref="Queues.QueueChanges.Sequence"/> counts.</summary>
    [Id(4)] public long LostAt { get; init; }
}

[GenerateSerializer, Immutable]
public sealed record CallNews([property: Id(0)] AttemptId Attempt, [property: Id(1)] ImmutableArray<CallFact> Facts);

[GenerateSerializer, Immutable]
public sealed record QueueNews([property: Id(0)] QueueId Queue, [property: Id(1)] Queues.QueueChanges Changes);
