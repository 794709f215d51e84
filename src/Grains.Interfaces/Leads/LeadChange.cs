using Orleans;

namespace Carillon.Leads;

/// <summary>What an ended attempt makes of its lead.</summary>
[GenerateSerializer, Immutable]
public sealed record LeadChange
{
    [Id(0)] public required LeadStatus Status { get; init; }
    /// <summary>Null: final.</summary>
    [Id(1)] public DateTimeOffset? NextAt { get; init; }
    [Id(2)] public required int AttemptsSinceAnswer { get; init; }
    [Id(4)] public LeadTries Tries { get; init; } = LeadTries.None;
    /// <summary>The attempt does not count: it is taken back from <see cref="Lead.Attempts"/>.</summary>
    [Id(3)] public bool TakenBack { get; init; }
    /// <summary>Why, if the status is Excluded.</summary>
    [Id(5)] public string? ExcludedBecause { get; init; }
    /// <summary>The agent for whom it is held from now on.</summary>
    [Id(6)] public AgentId? Agent { get; init; }
}
