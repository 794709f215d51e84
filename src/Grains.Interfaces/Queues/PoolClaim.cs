using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Pacing;
using Orleans;

namespace Carillon.Queues;

/// <summary>What a campaign tells that dials ahead: its calls are for whoever of a pool of agents is free when they are answered.</summary>
[GenerateSerializer, Immutable]
public sealed record PoolClaim
{
    /// <summary>The campaign's calls that have met no agent yet, by server.</summary>
    [Id(0)] public required ImmutableDictionary<ServerId, PoolCalls> Calls { get; init; }
    /// <summary>Set for the Predictive mode.</summary>
    [Id(1)] public PredictiveClaim? Predictive { get; init; }
    /// <summary>Set for the Ratio mode.</summary>
    [Id(2)] public RatioClaim? Ratio { get; init; }
}

/// <summary>Calls on one server that have met no agent yet.</summary>
[GenerateSerializer, Immutable]
public sealed record PoolCalls
{
    /// <summary>Answered, and waiting for an agent.</summary>
    [Id(0)] public int Waiting { get; init; }
    /// <summary>Not answered yet.</summary>
    [Id(1)] public int Ringing { get; init; }
    /// <summary>How many of these will have been answered by each moment of the pacing's horizon; empty if that is not forecast.</summary>
    [Id(2)] public ImmutableArray<double> Means { get; init; } = [];
    [Id(3)] public ImmutableArray<double> Variances { get; init; } = [];
}

/// <summary>See Carillon.Pacing.PredictiveSnapshot.</summary>
[GenerateSerializer, Immutable]
public sealed record PredictiveClaim
{
    /// <summary>What the campaign's own ledger lets it risk; the queue weighs it with those of others who dial for the same agents.</summary>
    [Id(0)] public required double RiskLimit { get; init; }
    [Id(1)] public required ImmutableArray<double> Chances { get; init; }
    [Id(2)] public required ImmutableArray<double> Shares { get; init; }
    [Id(3)] public required ImmutableArray<double> By { get; init; }
    /// <summary>Until when after the answer an agent may become free to meet the caller in time.</summary>
    [Id(4)] public required TimeSpan Grace { get; init; }
    /// <summary>The risk that keeps that ledger at rest.</summary>
    [Id(5)] public required double RiskBase { get; init; }
}

/// <param name="Calls">The campaign's calls at any stage, by server.</param>
[GenerateSerializer, Immutable]
public sealed record RatioClaim([property: Id(0)] double Ratio, [property: Id(1)] RatioOf Of, [property: Id(2)] ImmutableDictionary<ServerId, int> Calls);

/// <summary>What a grant for a pool rests on; over all pools of the queue.</summary>
[GenerateSerializer, Immutable]
public sealed record PoolGrant
{
    /// <summary>Agents free now, less callers who wait for them.</summary>
    [Id(0)] public required int Agents { get; init; }
    /// <summary>Busy agents who are expected to be free when a call that is placed now is answered.</summary>
    [Id(1)] public double Freed { get; init; }
    /// <summary>Calls that ring already and are expected to be answered before.</summary>
    [Id(2)] public double Answers { get; init; }
    /// <summary>The chance that the last call granted meets no agent; if none is granted, that of the first, or a lower bound of it.</summary>
    [Id(3)] public double Risk { get; init; }
    /// <summary>The chance that could be risked, for all campaigns that dial for these agents; of several pools the least. Null: the campaign does not dial by risk, or no agent is at work.</summary>
    [Id(4)] public double? RiskLimit { get; init; }
}
