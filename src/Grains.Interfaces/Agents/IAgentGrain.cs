using System.Collections.Immutable;
using Carillon.Servers;
using Orleans;

namespace Carillon.Agents;

/// <summary>What the person chose.</summary>
public enum AgentStatus { LoggedOut, Available, Paused }

/// <summary>What the line does.</summary>
public enum AgentState { Idle, Reserved, Ringing, Talking, WrapUp }

/// <summary>One person who takes calls, over all queues and servers. Key: <see cref="AgentId"/>.</summary>
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>A queue saw a change of this agent, or tells again what it saw. Older sightings than the newest of a queue are ignored.</summary>
    Task Seen(AgentSighting sighting);

    Task<AgentSnapshot> GetSnapshot();

    /// <summary>Pauses or unpauses the member in all its queues on all servers. Returns a refusal in words, or null.</summary>
    Task<string?> SetPaused(bool paused, string? reason);
}

[GenerateSerializer, Immutable]
public sealed record AgentSighting
{
    [Id(0)] public required QueueId Queue { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required AgentStatus Status { get; init; }
    [Id(3)] public required AgentState State { get; init; }
    [Id(4)] public string? PausedReason { get; init; }
    [Id(5)] public required DateTimeOffset At { get; init; }
    /// <summary>Where they are a member, and under which interface.</summary>
    [Id(6)] public required ImmutableArray<AgentSeat> Seats { get; init; }
    /// <summary>Nothing has changed since this queue told last: it still sees the agent so.</summary>
    [Id(7)] public bool Again { get; init; }
}

[GenerateSerializer, Immutable]
public readonly record struct AgentSeat([property: Id(0)] ServerId Server, [property: Id(1)] string Interface);

[GenerateSerializer, Immutable]
public sealed record AgentSnapshot
{
    [Id(0)] public required AgentId Agent { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required AgentStatus Status { get; init; }
    [Id(3)] public DateTimeOffset StatusSince { get; init; }
    [Id(4)] public required AgentState State { get; init; }
    [Id(5)] public DateTimeOffset StateSince { get; init; }
    [Id(6)] public string? PausedReason { get; init; }
    [Id(7)] public ImmutableArray<QueueId> Queues { get; init; } = [];
}
