using static Carillon.Calls.CallFactKind;

namespace Carillon.Calls;

/// <summary>
/// The states of one call. Asterisk's events of one call have no fixed order (the response to Originate has been seen before and after the
/// Hangup), so a call ends when both the response and the Hangup are known and nothing that is still missing could change the verdict, or else
/// when <see cref="Grace"/> has passed.
/// <para>Customer-first: facts are of the customer's channel. Agent-first: the Originate (its response, Answered, HungUp) is of the agent's leg,
/// DialEnded is of the customer's, and the customer has answered when DialEnded says ANSWER or the two are joined.</para>
/// <para>Late, repeated and contradicting facts:</para>
/// <list type="bullet">
/// <item>after the end: ignored, whatever they say; a call record is written once;</item>
/// <item>the same kind again: the earliest counts, so a transfer to a second agent leaves the first in the record;</item>
/// <item>a failed Originate after signs of success: belongs to a second Originate with the same id, ignored;</item>
/// <item>NotPlaced or Missing of a call that was seen: only evidence of an end counts, see <see cref="Conclude"/>;</item>
/// <item>Judged: a machine's call is decided by it; of a person it starts the clock of those who wait for an agent;</item>
/// <item>QueueAbandoned: decides nothing, since it also comes at the queue's timeout while the call lives; the Hangup does.</item>
/// </list>
/// </summary>
public static class CallMachine
{
    /// <summary>How long to wait for the facts that should come with an end. They lie milliseconds apart on an idle server, more on a busy one.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Takes a fact into account; the call ends by itself when nothing more is to be waited for.</summary>
    public static CallProgress Apply(CallProgress progress, CallFact fact, CallRules rules)
    {
        if (progress.Conclusion is not null) return progress;
        var known = progress.With(fact);
        if (ReferenceEquals(known, progress)) return progress;
        var state = StateOf(known, rules);
        if (state > known.State) known = known with { State = state };
        return IsComplete(known, rules) ? Conclude(known, rules) : known;
    }

    /// <summary>When to call <see cref="Conclude"/> unless the call has ended by then; null while there is no sign of an end.</summary>
    public static DateTimeOffset? GraceDeadline(CallProgress progress)
    {
        if (progress.Conclusion is not null) return null;
        DateTimeOffset? first = null;
        foreach (var fact in progress.Facts)
            if (IsEnd(fact.Kind, progress) && !(first <= fact.At)) first = fact.At;
        return first + Grace;
    }

    static bool IsEnd(CallFactKind kind, CallProgress p) =>
        kind is HungUp or Missing || kind is OriginateFailed && !(p.Has(OriginateSucceeded) || p.Has(Answered) || p.Has(QueueJoined) || p.Has(AgentConnected));

    public static bool NeedsGrace(CallProgress progress) => GraceDeadline(progress) is not null;

    /// <summary>
    /// Ends the call with what is known. Who answers and hangs up within <see cref="CallRules.AbandonAfter"/>, before an agent could be expected,
    /// is a person who answered, not an abandoned one: the rules of law count those who were made to wait. A call that is Missing is Unknown
    /// unless it is known to have met an agent, a machine or a failure before.
    /// </summary>
    public static CallProgress Conclude(CallProgress progress, CallRules rules)
    {
        if (progress.Conclusion is not null) return progress;
        var outcome = OutcomeOf(progress, rules);
        return progress with
        {
            State = CallState.Ended,
            Conclusion = new() { Outcome = outcome, Reason = ReasonOf(progress, outcome, rules), Abandoned = WasAbandoned(progress, rules), EndedAt = EndOf(progress) },
        };
    }

    /// <summary>The call record as far as it is known.</summary>
    public static Attempt ToAttempt(AttemptIntent intent, CallProgress progress, CallRules rules) => new()
    {
        Intent = intent,
        RingingAt = progress.TimeOf(Ringing),
        AnsweredAt = AnsweredAt(progress, rules),
        BridgedAt = progress.TimeOf(AgentConnected),
        Agent = progress.First(AgentConnected)?.Agent,
        EndedAt = progress.Conclusion?.EndedAt,
        Outcome = progress.Conclusion?.Outcome,
        Reason = progress.Conclusion?.Reason ?? EndReason.None,
        Abandoned = progress.Conclusion?.Abandoned ?? false,
        Verdict = progress.First(Judged)?.Verdict,
        VerdictCause = progress.First(Judged)?.Detail,
        VerdictAt = progress.TimeOf(Judged),
        Key = progress.First(KeyPressed)?.Detail,
        TrunkFailed = WasLostByTrunk(progress),
    };

    /// <summary>See <see cref="Attempt.TrunkFailed"/>.</summary>
    public static bool WasLostByTrunk(CallProgress p) => p.Has(TrunkFailed) && p.Conclusion?.Outcome is Outcome.Congestion or Outcome.Failed or Outcome.NoAnswer;

    static CallState StateOf(CallProgress p, CallRules rules)
    {
        if (p.Has(AgentConnected)) return CallState.Bridged;
        if (AnsweredAt(p, rules) is not null) return CallState.Answered;
        if (p.Has(Ringing)) return CallState.Ringing;
        return p.Has(Created) || p.Has(Adopted) || p.Has(OriginateSucceeded) || p.Has(Answered) ? CallState.Originating : CallState.Queued;
    }

    /// <summary>When the customer answered.</summary>
    public static DateTimeOffset? AnsweredAt(CallProgress p, CallRules rules)
    {
        var joined = p.TimeOf(AgentConnected);
        return rules.AgentFirst
            ? Earliest(joined, CustomerPickedUp(p) ? p.TimeOf(DialEnded) : null)
            : Earliest(p.TimeOf(Answered) ?? Earliest(p.TimeOf(OriginateSucceeded), p.TimeOf(QueueJoined)), joined);
    }

    static bool CustomerPickedUp(CallProgress p) => string.Equals(p.First(DialEnded)?.Reason?.DialStatus, "ANSWER", StringComparison.OrdinalIgnoreCase);

    static bool WasSeen(CallProgress p) => p.Facts.Any(f => f.Kind is not (NotPlaced or Missing or OriginateFailed));

    /// <summary>Whether no fact that may still come could change the outcome.</summary>
    static bool IsComplete(CallProgress p, CallRules rules)
    {
        if (p.Has(NotPlaced) && !WasSeen(p)) return true;
        if (!p.Has(HungUp) || !(p.Has(OriginateFailed) || p.Has(OriginateSucceeded))) return false;
        if (IsMachine(p, rules) || rules.Agentless && p.Has(Answered)) return true;
        if (p.Has(AgentConnected)) return rules.AgentFirst || p.Has(Answered) && (rules.DetectionAtMost == TimeSpan.Zero || p.Has(Judged));
        // Answered and no agent: rare enough to wait for what may have been overtaken.
        return AnsweredAt(p, rules) is null && (rules.AgentFirst ? AgentNeverCame(p) || p.Has(DialEnded) : ByReasons(p, rules) is not null);
    }

    static Outcome? OutcomeOf(CallProgress p, CallRules rules)
    {
        if (IsMachine(p, rules)) return Outcome.Machine;
        if (p.Has(AgentConnected)) return Outcome.HumanAnswered;
        if (p.Has(NotPlaced) && !WasSeen(p)) return null;
        if (AnsweredAt(p, rules) is not null)
            return WasAbandoned(p, rules) ? Outcome.Abandoned : p.Has(HungUp) ? Outcome.HumanAnswered : Outcome.Unknown;
        if (rules.AgentFirst && AgentNeverCame(p)) return null;
        if (ByReasons(p, rules) is { } outcome) return outcome;
        return p.First(HungUp) is { } hangup
            // The Originate's own timeout on Asterisk 16, and a hangup on our side while it rang.
            ? hangup.Reason?.Cause is HangupCause.None or HangupCause.NormalClearing or HangupCause.NormalUnspecified ? Outcome.NoAnswer : Outcome.Failed
            : p.Has(OriginateFailed) ? Outcome.Failed : Outcome.Unknown;
    }

    /// <summary>Agent-first: the agent's leg failed, so the customer was never dialed.</summary>
    static bool AgentNeverCame(CallProgress p) => p.Has(OriginateFailed) && !p.Has(OriginateSucceeded) && !p.Has(DialEnded);

    static Outcome? ByReasons(CallProgress p, CallRules rules)
    {
        var (hangup, dial, failure) = (p.First(HungUp)?.Reason, p.First(DialEnded)?.Reason, p.First(OriginateFailed)?.Reason);
        // Agent-first, the Hangup is of the agent's leg: what is said of the customer's own goes first.
        var (first, second) = rules.AgentFirst ? (dial, hangup) : (hangup, dial);
        return FailureClass.ByCause(first?.Cause) ?? FailureClass.ByCause(second?.Cause) ?? FailureClass.ByCause(failure?.Cause)
            ?? FailureClass.BySip(first?.SipCode) ?? FailureClass.BySip(second?.SipCode)
            ?? FailureClass.ByDialStatus(dial?.DialStatus) ?? FailureClass.ByDialStatus(hangup?.DialStatus);
    }

    /// <summary>
    /// Answered by a person who met no agent within the limit, as far as is known: an agent came too late, or none came. A customer whom an agent rang first has
    /// an agent from the start.
    /// </summary>
    public static bool WasAbandoned(CallProgress p, CallRules rules) =>
        !rules.AgentFirst && !rules.Agentless && !IsMachine(p, rules) && WaitsFrom(p, rules) is { } from
        && (p.TimeOf(AgentConnected) ?? p.TimeOf(HungUp)) - from > rules.AbandonAfter;

    /// <summary>When a person was on the line and wanted an agent; null until then, and for a machine.</summary>
    public static DateTimeOffset? ReadyAt(CallProgress p, CallRules rules) =>
        IsMachine(p, rules) ? null : rules.DetectionAtMost > TimeSpan.Zero ? Earliest(p.TimeOf(Judged), p.TimeOf(AgentConnected)) : AnsweredAt(p, rules);

    static bool IsMachine(CallProgress p, CallRules rules) =>
        p.Has(MachineDetected) || !rules.MachinesAreHuman && p.First(Judged)?.Verdict == MachineVerdict.Machine;

    /// <summary>A person waits from the answer on, or from the end of AMD, which must not take longer than it may.</summary>
    static DateTimeOffset? WaitsFrom(CallProgress p, CallRules rules)
    {
        var answered = AnsweredAt(p, rules);
        return rules.DetectionAtMost > TimeSpan.Zero ? Earliest(p.TimeOf(Judged), answered + rules.DetectionAtMost) : answered;
    }

    static EndReason ReasonOf(CallProgress p, Outcome? outcome, CallRules rules)
    {
        var (hangup, dial, failure) = (p.First(HungUp)?.Reason, p.First(DialEnded)?.Reason, p.First(OriginateFailed)?.Reason);
        return new()
        {
            Cause = hangup?.Cause ?? dial?.Cause ?? failure?.Cause,
            SipCode = hangup?.SipCode ?? dial?.SipCode ?? failure?.SipCode,
            DialStatus = dial?.DialStatus ?? hangup?.DialStatus ?? failure?.DialStatus,
            Text = p.First(NotPlaced)?.Reason?.Text ?? p.First(TrunkFailed)?.Reason?.Text ?? p.First(NotPlayed)?.Reason?.Text ?? failure?.Text ?? hangup?.Text ?? p.First(Missing)?.Reason?.Text ?? Words(p, outcome, rules),
        };
    }

    static string? Words(CallProgress p, Outcome? outcome, CallRules rules) => outcome switch
    {
        null when rules.AgentFirst && p.Has(OriginateFailed) => "The agent did not answer; the customer was not dialed.",
        Outcome.Unknown => "The call ended while its server was out of sight.",
        Outcome.Failed when !p.Has(HungUp) => "Asterisk could not place the call: is the trunk's endpoint known to the server?",
        Outcome.HumanAnswered when !p.Has(AgentConnected) && !rules.AgentFirst && !rules.Agentless => "Hung up before an agent could be expected.",
        _ => null,
    };

    static DateTimeOffset EndOf(CallProgress p) =>
        p.TimeOf(HungUp) ?? p.TimeOf(OriginateFailed) ?? p.TimeOf(NotPlaced) ?? p.TimeOf(Missing) ?? (p.Facts.IsEmpty ? DateTimeOffset.UnixEpoch : p.Facts.Max(f => f.At));

    static DateTimeOffset? Earliest(DateTimeOffset? left, DateTimeOffset? right) => right is null || left <= right ? left ?? right : right;
}
