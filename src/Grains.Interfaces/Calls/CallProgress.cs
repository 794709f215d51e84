using System.Collections.Immutable;
using Orleans;

namespace Carillon.Calls;

/// <summary>
/// What is known of a call: of every kind of fact the earliest one. Facts only add up, so neither their order nor a repetition changes what is known.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record CallProgress
{
    public static readonly CallProgress New = new();

    /// <summary>At most one of each <see cref="CallFactKind"/>.</summary>
    [Id(0)] public ImmutableArray<CallFact> Facts { get; init; } = [];
    /// <summary>Only ever moves forward.</summary>
    [Id(1)] public CallState State { get; init; }
    /// <summary>Set once, when <see cref="State"/> becomes Ended.</summary>
    [Id(2)] public CallConclusion? Conclusion { get; init; }

    /// <summary>What the store knows of a running call, for whoever takes it up again after a loss.</summary>
    public static CallProgress Of(Attempt running)
    {
        var facts = ImmutableArray.CreateBuilder<CallFact>();
        Add(CallFactKind.Ringing, running.RingingAt);
        Add(CallFactKind.OriginateSucceeded, running.AnsweredAt);
        Add(CallFactKind.Answered, running.AnsweredAt);
        Add(CallFactKind.AgentConnected, running.BridgedAt);
        if (running.VerdictAt is { } judged) facts.Add(new() { Kind = CallFactKind.Judged, At = judged, Verdict = running.Verdict, Detail = running.VerdictCause });
        return new()
        {
            Facts = facts.ToImmutable(),
            State = running.BridgedAt is not null ? CallState.Bridged : running.AnsweredAt is not null ? CallState.Answered
                : running.RingingAt is not null ? CallState.Ringing : CallState.Originating,
        };

        void Add(CallFactKind kind, DateTimeOffset? at)
        {
            if (at is { } time) facts.Add(new() { Kind = kind, At = time, Agent = kind == CallFactKind.AgentConnected ? running.Agent : null });
        }
    }

    public bool Has(CallFactKind kind) => First(kind) is not null;

    public DateTimeOffset? TimeOf(CallFactKind kind) => First(kind)?.At;

    public CallFact? First(CallFactKind kind)
    {
        foreach (var fact in Facts)
            if (fact.Kind == kind) return fact;
        return null;
    }

    internal CallProgress With(CallFact fact)
    {
        if (First(fact.Kind) is not { } known) return this with { Facts = Facts.Add(fact) };
        return fact.At < known.At ? this with { Facts = Facts.Replace(known, fact) } : this;
    }
}

/// <summary>How a call ended.</summary>
[GenerateSerializer, Immutable]
public sealed record CallConclusion
{
    /// <summary>Null: the customer was not dialed.</summary>
    [Id(0)] public Outcome? Outcome { get; init; }
    [Id(1)] public EndReason Reason { get; init; } = EndReason.None;
    /// <summary>Answered by a person who met no agent within the limit, also if one came later.</summary>
    [Id(2)] public bool Abandoned { get; init; }
    [Id(3)] public required DateTimeOffset EndedAt { get; init; }
}
