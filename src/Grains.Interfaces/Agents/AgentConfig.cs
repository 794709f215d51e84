using System.Collections.Immutable;
using Orleans;

namespace Carillon.Agents;

/// <summary>What people say of an agent. An agent whom nobody configured is known by their interface all the same.</summary>
[GenerateSerializer, Immutable]
public sealed record AgentConfig
{
    [Id(0)] public required string Name { get; init; }
    /// <summary>Interfaces under which queues know them, such as <c>PJSIP/9001</c>, the same on every server.</summary>
    [Id(1)] public required ImmutableArray<string> Interfaces { get; init; }
    [Id(2)] public string? Group { get; init; }
}
