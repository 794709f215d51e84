using FsCheck;
using FsCheck.Fluent;
using static Carillon.Calls.CallFactKind;
using Outcome = Carillon.Calls.Outcome;

namespace Carillon.Calls;

public class CallMachineTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly CallRules CustomerFirst = new() { AbandonAfter = TimeSpan.FromSeconds(2) };
    static readonly CallRules AgentFirst = CustomerFirst with { AgentFirst = true };

    static readonly CallRules Listening = CustomerFirst with { DetectionAtMost = TimeSpan.FromSeconds(5) };

    static CallFact Judged(double second, MachineVerdict verdict) => new() { Kind = CallFactKind.Judged, At = Start.AddSeconds(second), Verdict = verdict, Detail = "LONGGREETING" };

    static CallFact Fact(CallFactKind kind, double second, int? cause = null, string? status = null, int? sip = null) => new()
    {
        Kind = kind,
        At = Start.AddSeconds(second),
        Reason = cause is null && status is null && sip is null ? null : new() { Cause = cause, DialStatus = status, SipCode = sip },
        Agent = kind == AgentConnected ? new AgentId("PJSIP/9001") : null,
    };

    /// <summary>What a call that was not answered tells: after 5 s of ringing it ends.</summary>
    static CallFact[] Failed(int? cause, string? status, int? sip = null) =>
        [Fact(Created, 0), Fact(Ringing, 1), .. status is null ? (CallFact[])[] : [Fact(DialEnded, 6, null, status)], Fact(OriginateFailed, 6.01), Fact(HungUp, 6.02, cause, null, sip)];

    static CallFact[] AnsweredAndThen(params CallFact[] then) =>
        [Fact(Created, 0), Fact(Ringing, 1), Fact(Answered, 6), Fact(DialEnded, 6, null, "ANSWER"), Fact(OriginateSucceeded, 6.01), .. then];

    sealed record Scenario(string Name, CallRules Rules, CallFact[] Facts, Outcome? Outcome, bool Abandoned = false)
    {
        public override string ToString() => Name;
    }

    // Causes and statuses as measured on Asterisk 22 and 16.
    static readonly Scenario[] Scenarios =
    [
        new("busy", CustomerFirst, Failed(17, "BUSY", 486), Outcome.Busy),
        new("own timeout on 22", CustomerFirst, Failed(19, null, 480), Outcome.NoAnswer),
        new("own timeout on 16", CustomerFirst, Failed(0, null), Outcome.NoAnswer),
        new("network no answer", CustomerFirst, Failed(19, "NOANSWER", 480), Outcome.NoAnswer),
        new("no route out in time", CustomerFirst, Failed(18, "NOANSWER", 408), Outcome.NoAnswer),
        new("503", CustomerFirst, Failed(34, "CONGESTION", 503), Outcome.Congestion),
        new("404", CustomerFirst, Failed(1, "NOANSWER", 404), Outcome.InvalidNumber),
        new("number changed", CustomerFirst, Failed(22, "NOANSWER", 410), Outcome.InvalidNumber),
        new("cause 28", CustomerFirst, Failed(28, "NOANSWER", 484), Outcome.InvalidNumber),
        new("rejected", CustomerFirst, Failed(21, "NOANSWER", 403), Outcome.Rejected),
        new("cause 27", CustomerFirst, Failed(27, "NOANSWER", 502), Outcome.Congestion),
        new("cause 38", CustomerFirst, Failed(38, "NOANSWER", 500), Outcome.Congestion),
        new("cause 20", CustomerFirst, Failed(20, "NOANSWER"), Outcome.Congestion),
        new("cause 3", CustomerFirst, Failed(3, "CHANUNAVAIL"), Outcome.Congestion),
        new("hangup by AMI while it rings", CustomerFirst, Failed(0, "NOANSWER"), Outcome.NoAnswer),
        new("busy in-band", CustomerFirst, Failed(0, "BUSY"), Outcome.Busy),
        new("a cause that says nothing, but a SIP code", CustomerFirst, Failed(31, null, 486), Outcome.Busy),
        new("a cause that nobody knows", CustomerFirst, Failed(99, null), Outcome.Failed),
        new("endpoint unknown", CustomerFirst, [Fact(OriginateFailed, 0.01)], Outcome.Failed),
        new("not placed", CustomerFirst, [Fact(NotPlaced, 0)], null),
        new("answered and connected", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(AgentConnected, 7), Fact(HungUp, 60, 16)), Outcome.HumanAnswered),
        new("connected at the limit", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(AgentConnected, 8), Fact(HungUp, 60, 16)), Outcome.HumanAnswered),
        new("connected too late", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(AgentConnected, 8.001), Fact(HungUp, 60, 16)), Outcome.HumanAnswered, Abandoned: true),
        new("left the queue and hung up", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(QueueAbandoned, 20), Fact(HungUp, 20.01, 16)), Outcome.Abandoned, Abandoned: true),
        new("left the queue at once", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(QueueAbandoned, 7), Fact(HungUp, 7.01, 16)), Outcome.HumanAnswered),
        new("hung up after half a second", CustomerFirst, AnsweredAndThen(Fact(HungUp, 6.5, 16)), Outcome.HumanAnswered),
        new("queue refused to take it", CustomerFirst, AnsweredAndThen(Fact(HungUp, 6.2, 0)), Outcome.HumanAnswered),
        new("queue's timeout, then another queue's agent", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(QueueAbandoned, 30), Fact(AgentConnected, 31), Fact(HungUp, 60, 16)), Outcome.HumanAnswered, Abandoned: true),
        new("machine", CustomerFirst, AnsweredAndThen(Fact(MachineDetected, 9), Fact(HungUp, 10, 16)), Outcome.Machine),
        new("AMD: a machine", Listening, AnsweredAndThen(Judged(9, MachineVerdict.Machine), Fact(HungUp, 10, 16)), Outcome.Machine),
        new("AMD: a machine that is treated as a person", Listening with { MachinesAreHuman = true },
            AnsweredAndThen(Judged(9, MachineVerdict.Machine), Fact(AgentConnected, 10), Fact(HungUp, 60, 16)), Outcome.HumanAnswered),
        new("AMD: connected within the limit after it", Listening, AnsweredAndThen(Judged(9, MachineVerdict.Human), Fact(AgentConnected, 11), Fact(HungUp, 60, 16)), Outcome.HumanAnswered),
        new("AMD: connected too late after it", Listening, AnsweredAndThen(Judged(9, MachineVerdict.NotSure), Fact(AgentConnected, 11.001), Fact(HungUp, 60, 16)), Outcome.HumanAnswered, Abandoned: true),
        new("AMD: hung up while it listened", Listening, AnsweredAndThen(Fact(HungUp, 10.9, 16)), Outcome.HumanAnswered),
        new("AMD: told later than it may take", Listening, AnsweredAndThen(Judged(30, MachineVerdict.Human), Fact(AgentConnected, 31), Fact(HungUp, 60, 16)), Outcome.HumanAnswered, Abandoned: true),
        new("a message is heard", CustomerFirst with { Agentless = true }, AnsweredAndThen(Fact(KeyPressed, 15), Fact(HungUp, 40, 16)), Outcome.HumanAnswered),
        new("missing", CustomerFirst, [Fact(Created, 0), Fact(Ringing, 1), Fact(Missing, 30)], Outcome.Unknown),
        new("missing at once", CustomerFirst, [Fact(Missing, 30)], Outcome.Unknown),
        new("missing after the answer", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(Missing, 30)), Outcome.Unknown),
        new("missing after the talk began", CustomerFirst, AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(AgentConnected, 7), Fact(Missing, 30)), Outcome.HumanAnswered),
        new("adopted and ended", CustomerFirst, [Fact(Adopted, 0), Fact(Answered, 0), Fact(AgentConnected, 1), Fact(HungUp, 20, 16)], Outcome.HumanAnswered),
        new("hangup without a response", CustomerFirst, [Fact(Created, 0), Fact(HungUp, 5, 17)], Outcome.Busy),
        new("agent-first, connected", AgentFirst, [Fact(Created, 0), Fact(Answered, 3), Fact(OriginateSucceeded, 3), Fact(Ringing, 4), Fact(DialEnded, 9, null, "ANSWER"), Fact(AgentConnected, 9.1), Fact(HungUp, 60, 16)], Outcome.HumanAnswered),
        new("agent-first, customer busy", AgentFirst, [Fact(Created, 0), Fact(Answered, 3), Fact(OriginateSucceeded, 3), Fact(DialEnded, 5, 17, "BUSY"), Fact(HungUp, 5.01, 17)], Outcome.Busy),
        new("agent-first, customer's number unknown", AgentFirst, [Fact(Answered, 3), Fact(OriginateSucceeded, 3), Fact(DialEnded, 5, 1, "CHANUNAVAIL"), Fact(HungUp, 5.01, 16)], Outcome.InvalidNumber),
        new("agent-first, customer does not answer", AgentFirst, [Fact(Answered, 3), Fact(OriginateSucceeded, 3), Fact(DialEnded, 33, null, "NOANSWER"), Fact(HungUp, 33.01, 16)], Outcome.NoAnswer),
        new("agent-first, agent gives up", AgentFirst, [Fact(Answered, 3), Fact(OriginateSucceeded, 3), Fact(HungUp, 8, 16), Fact(DialEnded, 8.01, null, "CANCEL")], Outcome.NoAnswer),
        new("agent-first, agent does not answer", AgentFirst, [Fact(Created, 0), Fact(Ringing, 1), Fact(OriginateFailed, 20), Fact(HungUp, 20, 19)], null),
        new("agent-first, long silence before the agent is joined", AgentFirst, [Fact(Answered, 0), Fact(OriginateSucceeded, 0), Fact(DialEnded, 9, null, "ANSWER"), Fact(AgentConnected, 15), Fact(HungUp, 60, 16)], Outcome.HumanAnswered),
    ];

    public static TheoryData<string> Names => [.. Scenarios.Select(s => s.Name)];

    static CallProgress Run(CallRules rules, IEnumerable<CallFact> facts) =>
        CallMachine.Conclude(facts.Aggregate(CallProgress.New, (p, fact) => CallMachine.Apply(p, fact, rules)), rules);

    [Theory, MemberData(nameof(Names))]
    public void Every_story_ends_in_its_outcome(string name)
    {
        var story = Scenarios.Single(s => s.Name == name);

        var ended = Run(story.Rules, story.Facts);

        Assert.Equal((story.Outcome, story.Abandoned), (ended.Conclusion!.Outcome, ended.Conclusion.Abandoned));
        Assert.Equal(CallState.Ended, ended.State);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_story_gives_a_sign_that_it_ends(string name)
    {
        var story = Scenarios.Single(s => s.Name == name);

        var progress = story.Facts.Aggregate(CallProgress.New, (p, fact) => CallMachine.Apply(p, fact, story.Rules));

        Assert.True(progress.Conclusion is not null || CallMachine.NeedsGrace(progress));
    }

    /// <summary>A story with its facts in any order, and with any of them any number of times.</summary>
    static readonly Arbitrary<(Scenario Story, CallFact[] Facts)> Shuffled =
        (from story in Gen.Elements(Scenarios)
         from again in Gen.Elements(story.Facts).ArrayOf()
         from facts in Gen.Shuffle(story.Facts.Concat(again.Take(10)))
         select (story, facts)).ToArbitrary();

    static readonly FsCheck.Config Many = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000);

    [Fact]
    public void No_order_and_no_repetition_of_facts_changes_the_verdict() => Prop.ForAll(Shuffled, c =>
    {
        var (expected, actual) = (Run(c.Story.Rules, c.Story.Facts).Conclusion!, Run(c.Story.Rules, c.Facts).Conclusion!);
        return (actual.Outcome, actual.Abandoned) == (expected.Outcome, expected.Abandoned);
    }).Check(Many);

    [Fact]
    public void States_only_move_forward_and_an_end_is_final() => Prop.ForAll(Shuffled, c =>
    {
        var progress = CallProgress.New;
        foreach (var fact in c.Facts)
        {
            var next = CallMachine.Apply(progress, fact, c.Story.Rules);
            if (next.State < progress.State || (progress.Conclusion is not null && !ReferenceEquals(next, progress))) return false;
            if (next.Conclusion is not null != (next.State == CallState.Ended)) return false;
            progress = next;
        }
        return true;
    }).Check(Many);

    [Fact]
    public void Any_facts_in_any_order_end_in_something() => Prop.ForAll(
        (from kind in Gen.Elements(Enum.GetValues<CallFactKind>())
         from second in Gen.Choose(0, 100)
         from cause in Gen.Elements<int?>(null, 0, 1, 16, 17, 19, 21, 34, 127, -5)
         from status in Gen.Elements(null, "ANSWER", "BUSY", "", "nonsense")
         select Fact(kind, second, cause, status)).ListOf().ToArbitrary(),
        facts => new[] { CustomerFirst, AgentFirst }.All(rules =>
        {
            var ended = Run(rules, facts);
            return ended.State == CallState.Ended && ended.Conclusion is not null && ended.Facts.Length <= Enum.GetValues<CallFactKind>().Length;
        })).Check(Many);

    [Theory]
    [InlineData("busy")]
    [InlineData("answered and connected")]
    [InlineData("machine")]
    [InlineData("not placed")]
    [InlineData("agent-first, connected")]
    [InlineData("agent-first, customer busy")]
    public void An_ordinary_call_ends_without_waiting(string name)
    {
        var story = Scenarios.Single(s => s.Name == name);

        var ended = story.Facts.Aggregate(CallProgress.New, (p, fact) => CallMachine.Apply(p, fact, story.Rules));

        Assert.Equal(CallState.Ended, ended.State);
        Assert.Null(CallMachine.GraceDeadline(ended));
    }

    [Fact]
    public void A_hangup_waits_for_the_response_and_a_failure_for_the_hangup()
    {
        var hangup = CallMachine.Apply(CallProgress.New, Fact(HungUp, 6, 17), CustomerFirst);
        var failure = CallMachine.Apply(CallProgress.New, Fact(OriginateFailed, 7), CustomerFirst);

        Assert.Equal(Start.AddSeconds(6) + CallMachine.Grace, CallMachine.GraceDeadline(hangup));
        Assert.Equal(Start.AddSeconds(7) + CallMachine.Grace, CallMachine.GraceDeadline(failure));
        Assert.Equal(Outcome.Busy, CallMachine.Apply(failure, Fact(HungUp, 7.01, 17), CustomerFirst).Conclusion?.Outcome);
    }

    [Fact]
    public void A_second_originate_with_the_same_id_does_not_end_a_living_call()
    {
        var talking = AnsweredAndThen(Fact(AgentConnected, 7)).Aggregate(CallProgress.New, (p, fact) => CallMachine.Apply(p, fact, CustomerFirst));

        var after = CallMachine.Apply(talking, Fact(OriginateFailed, 8), CustomerFirst);

        Assert.Equal(CallState.Bridged, after.State);
        Assert.False(CallMachine.NeedsGrace(after));
    }

    [Fact]
    public void A_refusal_of_a_call_that_was_seen_is_not_believed()
    {
        var ringing = CallMachine.Apply(CallMachine.Apply(CallProgress.New, Fact(Created, 0), CustomerFirst), Fact(Ringing, 1), CustomerFirst);

        Assert.Equal(CallState.Ringing, CallMachine.Apply(ringing, Fact(NotPlaced, 2), CustomerFirst).State);
    }

    [Fact]
    public void The_record_has_the_times_the_agent_and_the_reason()
    {
        var facts = AnsweredAndThen(Fact(QueueJoined, 6.1), Fact(AgentConnected, 7), Fact(HungUp, 60, 16, null, 200));
        var intent = new AttemptIntent
        {
            Id = new("carillon-test"),
            Campaign = new("c"),
            LeadId = 1,
            Number = new("+74959898533"),
            Server = new("s"),
            Trunk = new("t"),
            Queue = new("q"),
            At = Start,
            AttemptNumber = 1,
        };

        var attempt = CallMachine.ToAttempt(intent, Run(CustomerFirst, facts), CustomerFirst);

        Assert.Equal(Start.AddSeconds(1), attempt.RingingAt);
        Assert.Equal(Start.AddSeconds(6), attempt.AnsweredAt);
        Assert.Equal(Start.AddSeconds(7), attempt.BridgedAt);
        Assert.Equal(TimeSpan.FromSeconds(53), attempt.Talk);
        Assert.Equal(new AgentId("PJSIP/9001"), attempt.Agent);
        Assert.Equal(new EndReason { Cause = 16, SipCode = 200, DialStatus = "ANSWER" }, attempt.Reason);
        Assert.Equal((Outcome.HumanAnswered, false), (attempt.Outcome, attempt.Abandoned));
    }

    [Fact]
    public void Agent_first_the_customer_answers_when_their_leg_does()
    {
        var story = Scenarios.Single(s => s.Name == "agent-first, connected");
        var ringing = story.Facts.Take(4).Aggregate(CallProgress.New, (p, fact) => CallMachine.Apply(p, fact, AgentFirst));

        Assert.Equal(CallState.Ringing, ringing.State);
        Assert.Equal(CallState.Answered, CallMachine.Apply(ringing, story.Facts[4], AgentFirst).State);
    }

    [Fact]
    public void A_call_that_asterisk_could_not_place_says_what_to_look_at() =>
        Assert.Contains("endpoint", Run(CustomerFirst, [Fact(OriginateFailed, 0)]).Conclusion!.Reason.Text, StringComparison.Ordinal);
}
