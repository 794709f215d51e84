using System.Collections.Immutable;
using Carillon.Leads;
using Orleans;

namespace Carillon.Calls;

/// <summary>The call of one attempt, from its intent to its record. Key: <see cref="AttemptId"/>.</summary>
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Takes charge of a call whose intent is stored; its server is about to be told, or (after a loss) may have been.</summary>
    Task Track(AttemptIntent intent, CallRules rules);

    /// <summary>It was not ordered after all and its intent is no longer in the store: there is nothing to take charge of.</summary>
    Task Withdrawn();

    /// <summary>What the server saw of this call, in order. Late, repeated and unknown facts are ignored.</summary>
    Task Observe(ImmutableArray<CallFact> facts);

    Task<CallSnapshot?> Get();
}

/// <summary>The campaign's rules as they were when the call was placed.</summary>
[GenerateSerializer, Immutable]
public sealed record CallRules
{
    [Id(0)] public TimeSpan AnsweredAfter { get; init; }
    [Id(1)] public TimeSpan AbandonAfter { get; init; }
    [Id(2)] public bool AgentFirst { get; init; }
    [Id(3)] public RetryRule Unanswered { get; init; } = new() { Attempts = 1, Interval = TimeSpan.Zero };
    [Id(4)] public RetryRule Answered { get; init; } = new() { Attempts = 1, Interval = TimeSpan.Zero };
    /// <summary>Outcomes that have a rule of their own, within the attempts of the two above.</summary>
    [Id(5)] public ImmutableDictionary<Outcome, RetryRule> Outcomes { get; init; } = ImmutableDictionary<Outcome, RetryRule>.Empty;
    /// <summary>The call is for no agent, so nobody can be abandoned.</summary>
    [Id(6)] public bool Agentless { get; init; }
    /// <summary>How long AMD may listen before somebody who waits is waiting for an agent. Zero: AMD is off.</summary>
    [Id(7)] public TimeSpan DetectionAtMost { get; init; }
    /// <summary>What AMD takes for a machine goes where people's calls go.</summary>
    [Id(8)] public bool MachinesAreHuman { get; init; }
}

/// <summary>Something that happened to the call, in the domain's words.</summary>
[GenerateSerializer, Immutable]
public sealed record CallFact
{
    [Id(0)] public required CallFactKind Kind { get; init; }
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public EndReason? Reason { get; init; }
    [Id(3)] public AgentId? Agent { get; init; }
    [Id(4)] public MachineVerdict? Verdict { get; init; }
    /// <summary>AMD's reason, or the key that was pressed.</summary>
    [Id(5)] public string? Detail { get; init; }
}

public enum CallFactKind
{
    /// <summary>Asterisk made our channel.</summary>
    Created,
    Ringing,
    Answered,
    /// <summary>Waits in the queue.</summary>
    QueueJoined,
    /// <summary>Left the queue without an agent; the call may live on.</summary>
    QueueAbandoned,
    /// <summary>Agent and customer are joined.</summary>
    AgentConnected,
    MachineDetected,
    /// <summary>The dial of the far leg ended with <see cref="EndReason.DialStatus"/>.</summary>
    DialEnded,
    /// <summary>Asterisk says that the Originate failed.</summary>
    OriginateFailed,
    /// <summary>Asterisk says that the Originate succeeded.</summary>
    OriginateSucceeded,
    HungUp,
    /// <summary>The server refused the Originate, or it was never sent: nothing was dialed.</summary>
    NotPlaced,
    /// <summary>A complete list of the server's channels does not have this call: it ended unseen, or never began.</summary>
    Missing,
    /// <summary>A list of the server's channels has this call: it lives.</summary>
    Adopted,
    /// <summary>AMD has come to <see cref="CallFact.Verdict"/>.</summary>
    Judged,
    /// <summary>The called person pressed the key <see cref="CallFact.Detail"/>.</summary>
    KeyPressed,
    /// <summary>The message could not be played: <see cref="CallFact.Reason"/> says why.</summary>
    NotPlayed,
    /// <summary>The trunk, which fails for others too, gave no sign that the number was reached.</summary>
    TrunkFailed,
}

[GenerateSerializer, Immutable]
public sealed record CallSnapshot([property: Id(0)] CallState State, [property: Id(1)] Attempt Attempt);

/// <summary>What a call tells its campaign.</summary>
[GenerateSerializer, Immutable]
public sealed record CallReport
{
    [Id(0)] public required AttemptId Attempt { get; init; }
    [Id(1)] public required CallState State { get; init; }
    [Id(2)] public required DateTimeOffset At { get; init; }
    [Id(3)] public required ServerId Server { get; init; }
    /// <summary>Set when <see cref="State"/> is Ended and something was dialed.</summary>
    [Id(4)] public Outcome? Outcome { get; init; }
    /// <summary>Answered by a person who met no agent within the limit; told as soon as an agent came too late, or the call has ended.</summary>
    [Id(5)] public bool Abandoned { get; init; }
    /// <summary>From the answer to AMD's verdict, told once, with the first report after it.</summary>
    [Id(6)] public MachineReport? Detection { get; init; }
    /// <summary>When a person was on the line and wanted an agent; null until then, and for a machine.</summary>
    [Id(7)] public DateTimeOffset? ReadyAt { get; init; }
    /// <inheritdoc cref="Attempt.TrunkFailed"/>
    [Id(8)] public bool TrunkFailed { get; init; }

    /// <summary>For whoever did not hear of the end: what its record tells.</summary>
    public static CallReport Of(Attempt record) => new()
    {
        Attempt = record.Intent.Id,
        State = CallState.Ended,
        At = record.EndedAt ?? throw new ArgumentException("The attempt has no end.", nameof(record)),
        Server = record.Intent.Server,
        Outcome = record.Outcome,
        Abandoned = record.Abandoned,
        Detection = record is { Verdict: { } verdict, Detection: { } took } ? new(verdict, took > TimeSpan.Zero ? took : TimeSpan.Zero) : null,
        ReadyAt = record.ReadyAt,
        TrunkFailed = record.TrunkFailed,
    };
}

/// <summary>AMD's verdict on one call and the time that it took.</summary>
[GenerateSerializer, Immutable]
public sealed record MachineReport([property: Id(0)] MachineVerdict Verdict, [property: Id(1)] TimeSpan Took);
