using Carillon.Pacing;
using Orleans;

namespace Carillon.Servers;

/// <summary>How a trunk works now, as its last calls told.</summary>
[GenerateSerializer, Immutable]
public sealed record TrunkStatus
{
    [Id(0)] public required TrunkId Trunk { get; init; }
    [Id(1)] public required TrunkState State { get; init; }
    /// <summary>Calls of ours on it.</summary>
    [Id(2)] public required int Calls { get; init; }
    /// <summary>Calls that it may have at once: fewer than its channels while it fails.</summary>
    [Id(3)] public required int Usable { get; init; }
    /// <summary>Share of its last calls that were refused or met silence; null while there were too few.</summary>
    [Id(4)] public double? Failures { get; init; }
    /// <summary>How often it was given a rest since its server was last taken up.</summary>
    [Id(5)] public int Rests { get; init; }
    /// <summary>What is wrong and what to do, in one sentence; null when nothing is.</summary>
    [Id(6)] public string? Problem { get; init; }
}
