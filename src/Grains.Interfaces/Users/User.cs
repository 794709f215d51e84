using System.Collections.Immutable;
using Orleans;

namespace Carillon.Users;

public enum Role
{
    /// <summary>Takes calls; sees what concerns them.</summary>
    Operator,
    /// <summary>Group administrator: sees and changes what belongs to their groups.</summary>
    Supervisor,
    /// <summary>Everything.</summary>
    Administrator,
}

[GenerateSerializer, Immutable]
public sealed record UserConfig
{
    /// <summary>What they sign in with; unique without regard to case.</summary>
    [Id(0)] public required string Login { get; init; }
    [Id(1)] public string? Name { get; init; }
    [Id(2)] public required Role Role { get; init; }
    [Id(3)] public ImmutableArray<string> Groups { get; init; } = [];
    /// <summary>The password was given by somebody else and opens nothing but its own change.</summary>
    [Id(4)] public bool MustChangePassword { get; init; }
    [Id(5)] public bool Disabled { get; init; }
    /// <summary>The agent that this user is: an operator sees their own calls and state by it. Null: none.</summary>
    [Id(6)] public AgentId? Agent { get; init; }
}

/// <summary>A group of campaigns, queues, schedules, agents and users. Its id is what the others' <c>Group</c> names.</summary>
[GenerateSerializer, Immutable]
public sealed record GroupConfig([property: Id(0)] string Name);
