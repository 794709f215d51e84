using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Numbers;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Carillon.Calls.Outcome;

namespace Carillon.Leads;

public class LeadRulesTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static readonly CallRules Rules = new()
    {
        AnsweredAfter = TimeSpan.FromSeconds(5),
        Unanswered = new() { Attempts = 3, Interval = TimeSpan.FromMinutes(10) },
        Answered = new() { Attempts = 2, Interval = TimeSpan.FromHours(1) },
    };

    static LeadChange After(Attempt ended, CallRules rules, LeadTries? tries = null, params PhoneNumber[] others) => LeadRules.After(ended, new()
    {
        Campaign = ended.Intent.Campaign,
        Number = new("+74959898533"),
        CreatedAt = Start,
        Status = LeadStatus.Dialing,
        Attempts = ended.Intent.AttemptNumber,
        AttemptsSinceAnswer = ended.Intent.AttemptsSinceAnswer,
        OtherNumbers = [.. others],
        Tries = tries ?? LeadTries.None,
    }, rules);

    static LeadTries Tried(Outcome outcome, int times = 1) => new() { Outcomes = ImmutableDictionary<Outcome, int>.Empty.Add(outcome, times) };

    /// <summary>An attempt that rang for 10 s and, if it was answered, lasted <paramref name="seconds"/> from then on.</summary>
    static Attempt Ended(Outcome outcome, int number = 1, int sinceAnswer = 0, double seconds = 60, DateTimeOffset? at = null)
    {
        var placed = at ?? Start;
        var answered = outcome is Outcome.HumanAnswered or Outcome.Machine or Outcome.Abandoned ? placed.AddSeconds(10) : (DateTimeOffset?)null;
        return new()
        {
            Intent = new()
            {
                Id = new("carillon-test"),
                Campaign = new("c"),
                LeadId = 1,
                Number = new("+74959898533"),
                Server = new("s"),
                Trunk = new("t"),
                Queue = new("q"),
                At = placed,
                AttemptNumber = number,
                AttemptsSinceAnswer = sinceAnswer,
            },
            Outcome = outcome,
            AnsweredAt = answered,
            EndedAt = placed.AddSeconds(10) + (answered is null ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds)),
        };
    }

    [Theory]
    [InlineData(Outcome.Busy)]
    [InlineData(Outcome.NoAnswer)]
    [InlineData(Outcome.Rejected)]
    [InlineData(Outcome.Congestion)]
    [InlineData(Outcome.Failed)]
    [InlineData(Outcome.Machine)]
    [InlineData(Outcome.Abandoned)]
    [InlineData(Outcome.Unknown)]
    public void An_unanswered_lead_is_due_again_after_its_interval(Outcome outcome)
    {
        var ended = Ended(outcome);

        var change = After(ended, Rules);

        Assert.Equal(new LeadChange { Status = LeadStatus.Unanswered, NextAt = ended.EndedAt + TimeSpan.FromMinutes(10), AttemptsSinceAnswer = 0, Tries = Tried(outcome) }, change);
    }

    [Theory]
    [InlineData(Outcome.Congestion, 1, 0, LeadStatus.New, 1)]
    [InlineData(Outcome.Failed, 3, 0, LeadStatus.Unanswered, 1)]
    [InlineData(Outcome.Congestion, 2, 1, LeadStatus.Answered, 1)]
    [InlineData(Outcome.Congestion, 2, 1, LeadStatus.Callback, 1)]
    // Its phone may have rung.
    [InlineData(Outcome.NoAnswer, 3, 0, LeadStatus.Unanswered, 10)]
    public void An_attempt_that_a_failing_trunk_lost_is_taken_back_and_the_lead_is_as_before(Outcome outcome, int number, int sinceAnswer, LeadStatus before, int minutes)
    {
        var ended = Ended(outcome, number, sinceAnswer) with { TrunkFailed = true, StatusBefore = before };

        var change = After(ended, Rules, Tried(Outcome.Busy));

        Assert.Equal(new LeadChange { Status = before, NextAt = ended.EndedAt + TimeSpan.FromMinutes(minutes), AttemptsSinceAnswer = sinceAnswer, Tries = Tried(Outcome.Busy) with { TakenBack = true }, TakenBack = true }, change);
    }

    [Fact]
    public void A_number_that_every_trunk_refuses_has_its_attempts_used_up_because_no_two_in_a_row_are_taken_back()
    {
        var (number, tries, counted) = (1, LeadTries.None, new List<bool>());
        while (counted.Count < 100)
        {
            var change = After(Ended(Outcome.Congestion, number) with { TrunkFailed = true }, Rules, tries);
            counted.Add(!change.TakenBack);
            if (change.NextAt is null) break;
            (number, tries) = (change.TakenBack ? number : number + 1, change.Tries);
        }

        Assert.Equal([false, true, false, true, false, true], counted);
    }

    [Fact]
    public void The_last_unanswered_attempt_is_final() => Assert.Null(After(Ended(Outcome.Busy, number: 3), Rules).NextAt);

    [Fact]
    public void A_number_that_nobody_has_is_never_tried_again() =>
        Assert.Equal(
            new LeadChange { Status = LeadStatus.Unanswered, NextAt = null, AttemptsSinceAnswer = 0, Tries = Tried(Outcome.InvalidNumber).WithDead(0) },
            After(Ended(Outcome.InvalidNumber), Rules));

    [Fact]
    public void An_answered_lead_is_due_again_by_the_answered_column()
    {
        var ended = Ended(Outcome.HumanAnswered, number: 3);

        Assert.Equal(
            new LeadChange { Status = LeadStatus.Answered, NextAt = ended.EndedAt + TimeSpan.FromHours(1), AttemptsSinceAnswer = 1, Tries = Tried(Outcome.HumanAnswered) },
            After(ended, Rules));
    }

    [Fact]
    public void With_one_attempt_in_the_answered_column_nobody_is_called_after_the_answer() =>
        Assert.Null(After(Ended(Outcome.HumanAnswered), Rules with { Answered = Rules.Answered with { Attempts = 1 } }).NextAt);

    [Theory]
    [InlineData(4.999, LeadStatus.Unanswered)]
    [InlineData(5, LeadStatus.Answered)]
    public void An_answer_counts_from_the_campaigns_seconds_on(double seconds, LeadStatus status) =>
        Assert.Equal(status, After(Ended(Outcome.HumanAnswered, seconds: seconds), Rules).Status);

    [Fact]
    public void With_zero_seconds_every_answer_counts() =>
        Assert.Equal(LeadStatus.Answered, After(Ended(Outcome.HumanAnswered, seconds: 0), Rules with { AnsweredAfter = TimeSpan.Zero }).Status);

    [Fact]
    public void Who_has_answered_once_stays_in_the_answered_column()
    {
        var change = After(Ended(Outcome.Busy, number: 2, sinceAnswer: 1), Rules);

        Assert.Equal(new LeadChange { Status = LeadStatus.Unanswered, NextAt = null, AttemptsSinceAnswer = 2, Tries = Tried(Outcome.Busy) }, change);
    }

    static readonly Gen<CallRules> AnyRules =
        from unanswered in Gen.Choose(1, 6)
        from answered in Gen.Choose(1, 6)
        from interval in Gen.Choose(0, 100)
        from after in Gen.Choose(0, 20)
        select new CallRules
        {
            AnsweredAfter = TimeSpan.FromSeconds(after),
            Unanswered = new() { Attempts = unanswered, Interval = TimeSpan.FromMinutes(interval) },
            Answered = new() { Attempts = answered, Interval = TimeSpan.FromMinutes(interval + 1) },
        };

    static readonly Gen<(Outcome Outcome, int Seconds)[]> AnyFate =
        (from outcome in Gen.Elements(Enum.GetValues<Outcome>()) from seconds in Gen.Choose(0, 40) select (outcome, seconds)).ArrayOf(20);

    /// <summary>Dials one lead until its change is final, or the fate is used up.</summary>
    static List<(Attempt Attempt, LeadChange Change)> Dial(CallRules rules, (Outcome Outcome, int Seconds)[] fate)
    {
        var history = new List<(Attempt, LeadChange)>();
        var (at, sinceAnswer, tries) = (Start, 0, LeadTries.None);
        foreach (var (outcome, seconds) in fate)
        {
            var attempt = Ended(outcome, history.Count + 1, sinceAnswer, seconds, at);
            var change = After(attempt, rules, tries);
            history.Add((attempt, change));
            if (change.NextAt is not { } next) return history;
            (at, sinceAnswer, tries) = (next, change.AttemptsSinceAnswer, change.Tries);
        }
        throw new InvalidOperationException("The lead did not end.");
    }

    [Fact]
    public void No_lead_is_called_more_often_than_the_two_columns_allow() =>
        Prop.ForAll(AnyRules.ToArbitrary(), AnyFate.ToArbitrary(), (rules, fate) =>
        {
            var history = Dial(rules, fate);
            var before = history.TakeWhile(h => !LeadRules.CountsAsAnswered(h.Attempt, rules)).Count();
            return before <= rules.Unanswered.Attempts && history.Count - before <= rules.Answered.Attempts
                && history.Count <= rules.Unanswered.Attempts + rules.Answered.Attempts - 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lead_that_is_not_invalid_gets_every_attempt_that_is_due_to_it() =>
        Prop.ForAll(AnyRules.ToArbitrary(), AnyFate.ToArbitrary(), (rules, fate) =>
        {
            var history = Dial(rules, [.. fate.Select(f => f.Outcome == Outcome.InvalidNumber ? (Outcome.Busy, 0) : f)]);
            var answered = history.FindIndex(h => LeadRules.CountsAsAnswered(h.Attempt, rules));
            return answered < 0 ? history.Count == rules.Unanswered.Attempts : history.Count - answered == rules.Answered.Attempts;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_next_time_never_comes_before_the_interval_and_answers_are_never_forgotten() =>
        Prop.ForAll(AnyRules.ToArbitrary(), AnyFate.ToArbitrary(), (rules, fate) => Dial(rules, fate).TrueForAll(h =>
            (h.Change.NextAt is null || h.Change.NextAt - h.Attempt.EndedAt >= rules.Unanswered.Interval)
            && h.Change.AttemptsSinceAnswer >= h.Attempt.Intent.AttemptsSinceAnswer)).QuickCheckThrowOnFailure();

    [Fact]
    public void More_attempts_in_the_rule_never_end_a_lead_sooner() =>
        Prop.ForAll(AnyRules.ToArbitrary(), AnyFate.ToArbitrary(), (rules, fate) =>
        {
            var more = rules with { Unanswered = rules.Unanswered with { Attempts = rules.Unanswered.Attempts + 1 }, Answered = rules.Answered with { Attempts = rules.Answered.Attempts + 1 } };
            return Dial(more, fate).Count >= Dial(rules, fate).Count;
        }).QuickCheckThrowOnFailure();
}
