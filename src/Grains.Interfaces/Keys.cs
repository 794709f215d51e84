using Carillon.Agents;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Numbers;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Subscribers;
using Orleans;

namespace Carillon;

// Keys of what is kept and of the grains that stand for it. Each is a word of its own type, so that no call site
// formats a key by hand or passes one kind for another. ToString() is the stored form.

[GenerateSerializer, Immutable]
public readonly record struct CampaignId([property: Id(0)] string Value) { public override string ToString() => Value; }

[GenerateSerializer, Immutable]
public readonly record struct ServerId([property: Id(0)] string Value) { public override string ToString() => Value; }

[GenerateSerializer, Immutable]
public readonly record struct TrunkId([property: Id(0)] string Value) { public override string ToString() => Value; }

[GenerateSerializer, Immutable]
public readonly record struct QueueId([property: Id(0)] string Value) { public override string ToString() => Value; }

[GenerateSerializer, Immutable]
public readonly record struct ScheduleId([property: Id(0)] string Value) { public override string ToString() => Value; }

[GenerateSerializer, Immutable]
public readonly record struct DispositionId([property: Id(0)] string Value) { public override string ToString() => Value; }

/// <summary>An agent: by default the interface under which queues know them, such as <c>PJSIP/9001</c>; the same on every server.</summary>
[GenerateSerializer, Immutable]
public readonly record struct AgentId([property: Id(0)] string Value) { public override string ToString() => Value; }

/// <summary>
/// One attempt, minted before anything is dialed. It is the AMI ActionID, and every channel that we create for the attempt has it as
/// its Uniqueid or as the prefix of it (<see cref="LegChannelId"/>). 32 characters, sortable by time of minting.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct AttemptId([property: Id(0)] string Value)
{
    /// <summary>What marks a channel in Asterisk as ours.</summary>
    public const string Prefix = "carillon-";

    const int Length = 9 + 26;

    public static AttemptId New(DateTimeOffset now) => new(Prefix + SortableId.New(now));

    /// <summary>The attempt that a channel's Uniqueid belongs to, or null if the channel is not ours.</summary>
    public static AttemptId? FromChannelId(ReadOnlySpan<char> uniqueId)
    {
        // With a SystemName, ids that Asterisk makes are prefixed; ids that we give are not.
        if (uniqueId.Length < Length || !uniqueId.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return uniqueId.Length == Length || uniqueId[Length] is '-' or ';' ? new(uniqueId[..Length].ToString()) : null;
    }

    /// <summary>The channel id of a further leg: <c>carillon-…-agent</c>.</summary>
    public string LegChannelId(string leg) => $"{Value}-{leg}";

    public override string ToString() => Value;
}

/// <summary>The one place where keys become grains.</summary>
public static class GrainKeys
{
    public static ICampaignGrain Campaign(this IGrainFactory grains, CampaignId id) => grains.GetGrain<ICampaignGrain>(id.Value);
    public static IServerGrain Server(this IGrainFactory grains, ServerId id) => grains.GetGrain<IServerGrain>(id.Value);
    public static IQueueGrain Queue(this IGrainFactory grains, QueueId id) => grains.GetGrain<IQueueGrain>(id.Value);
    public static IAgentGrain Agent(this IGrainFactory grains, AgentId id) => grains.GetGrain<IAgentGrain>(id.Value);
    public static ICallGrain Call(this IGrainFactory grains, AttemptId id) => grains.GetGrain<ICallGrain>(id.Value);
    public static ISubscriberGrain Subscriber(this IGrainFactory grains, PhoneNumber number) => grains.GetGrain<ISubscriberGrain>(number.Value);
}
