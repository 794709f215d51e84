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
    /// <summary>Nothing was dialed: the attempt that was counted when its intent was written is taken back from <see cref="Lead.Attempts"/>.</summary>
    [Id(3)] public bool TakenBack { get; init; }
}
