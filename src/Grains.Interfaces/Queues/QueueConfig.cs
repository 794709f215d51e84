using System.Collections.Immutable;
using Orleans;

namespace Carillon.Queues;

public enum QueueKind
{
    /// <summary>An app_queue of Asterisk that we watch by AMI.</summary>
    Asterisk,
    /// <summary>Our own, over all servers. Not available yet.</summary>
    Native,
}

[GenerateSerializer, Immutable]
public sealed record QueueConfig
{
    /// <summary>Shown to people; unique.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public QueueKind Kind { get; init; }
    /// <summary>The queue's name in Asterisk. Default: <see cref="Name"/>.</summary>
    [Id(2)] public string? AsteriskName { get; init; }
    /// <summary>The servers whose app_queue of that name this is.</summary>
    [Id(3)] public required ImmutableArray<ServerId> Servers { get; init; }
    /// <summary>The wrapuptime of the queue in Asterisk, which AMI does not tell. A member is not free until it has passed after a call. Default 0.</summary>
    [Id(4)] public TimeSpan WrapUp { get; init; }
    /// <summary>How long an answered call may wait for an agent. Default 30 s; zero: as long as the queue lets it.</summary>
    [Id(5)] public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(30);
    [Id(6)] public string? Group { get; init; }
    /// <summary>
    /// For agent-first campaigns: the channel that rings the queue itself, such as <c>Local/400@from-internal/n</c>, where the queue does not answer
    /// before an agent does (FreePBX: "Queue No Answer"). Null: the phone of a free member is rung.
    /// </summary>
    [Id(7)] public string? AgentFirstChannel { get; init; }
    /// <summary>
    /// Agents who are paused with this reason are wrapping up a call and will be back by themselves; as all reasons, in any case of letters. Null, the
    /// default: who is paused is away.
    /// </summary>
    [Id(8)] public string? WrapUpReason { get; init; }

    public string NameInAsterisk => AsteriskName ?? Name;
}
