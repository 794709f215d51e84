using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Numbers;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Carillon.Calls.Outcome;

namespace Carillon.Leads;

/// <summary>Rules of single outcomes, within the two columns; and leads with several numbers.</summary>
public class RetryRuleTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static RetryRule Rule(int attempts, int minutes) => new() { Attempts = attempts, Interval = TimeSpan.FromMinutes(minutes) };

    static CallRules Rules(params (Outcome Outcome, RetryRule Rule)[] own) => new()
    {
        Unanswered = Rule(20, 60),
        Outcomes = own.ToImmutableDictionary(o => o.Outcome, o => o.Rule),
    };

    sealed record Step(int Number, Outcome Outcome, DateTimeOffset At, LeadChange Change);

    /// <summary>Dials one lead until it is final; each attempt takes 10 s and ends as the fate says, which begins again at its end.</summary>
    static List<Step> Dial(CallRules rules, int numbers, params Outcome[] fate)
    {
        var lead = new Lead
        {
            Campaign = new("c"),
            Number = new("+70000000000"),
            OtherNumbers = [.. Enumerable.Range(1, numbers - 1).Select(n => new PhoneNumber($"+7000000000{n}"))],
            CreatedAt = Start,
            NextAt = Start,
        };
        var steps = new List<Step>();
        while (lead.NextAt is { } at)
        {
            if (steps.Count > 200) throw new InvalidOperationException("The lead did not end.");
            var outcome = fate[steps.Count % fate.Length];
            var attempt = new Attempt
            {
                Intent = new()
                {
                    Id = new("carillon-test"),
                    Campaign = lead.Campaign,
                    LeadId = 1,
                    Number = lead.NextNumber,
                    Server = new("s"),
                    Trunk = new("t"),
                    Queue = new("q"),
                    At = at,
                    AttemptNumber = lead.Attempts + 1,
                    AttemptsSinceAnswer = lead.AttemptsSinceAnswer,
                },
                Outcome = outcome,
                AnsweredAt = outcome == Outcome.HumanAnswered ? at : null,
                EndedAt = at.AddSeconds(10),
            };
            lead = lead with { Status = LeadStatus.Dialing, Attempts = lead.Attempts + 1, NextAt = null };
            var change = LeadRules.After(attempt, lead, rules);
            steps.Add(new(int.Parse(attempt.Intent.Number.Value[^1..], null), outcome, at, change));
            lead = lead with { Status = change.Status, NextAt = change.NextAt, AttemptsSinceAnswer = change.AttemptsSinceAnswer, Tries = change.Tries };
        }
        return steps;
    }

    static IEnumerable<double> Minutes(List<Step> steps) => steps.Zip(steps.Skip(1), (a, b) => (b.At - a.At.AddSeconds(10)).TotalMinutes);

    [Fact]
    public void A_busy_lead_follows_the_rule_for_busy_and_another_outcome_the_column()
    {
        var steps = Dial(Rules((Outcome.Busy, Rule(4, 5))), 1, Outcome.Busy, Outcome.NoAnswer, Outcome.Busy, Outcome.Busy);

        Assert.Equal([5, 60, 5, 5], Minutes(steps).Take(4));
        Assert.Equal(4, steps.Count(s => s.Outcome == Outcome.Busy));
        Assert.Equal(Outcome.Busy, steps[^1].Outcome);
    }

    [Fact]
    public void Intervals_grow_by_the_factor_up_to_the_longest()
    {
        var rule = Rule(6, 5) with { Growth = 2, LongestInterval = TimeSpan.FromMinutes(30) };

        Assert.Equal([5, 10, 20, 30, 30], Minutes(Dial(Rules((Outcome.Busy, rule)), 1, Outcome.Busy)));
    }

    [Fact]
    public void However_large_the_factor_an_interval_never_overflows() =>
        Assert.Equal(RetryValidation.LongestInterval, (Rule(1000, 60) with { Growth = 10 }).IntervalAfter(1000));

    [Fact]
    public void The_other_numbers_are_called_one_after_another_and_the_first_again_after_the_interval()
    {
        var steps = Dial(Rules((Outcome.NoAnswer, Rule(7, 30) with { OtherNumber = true })), 3, Outcome.NoAnswer);

        Assert.Equal([0, 1, 2, 0, 1, 2, 0], steps.Select(s => s.Number));
        Assert.Equal([0, 0, 30, 0, 0, 30], Minutes(steps));
    }

    [Fact]
    public void With_other_numbers_the_interval_grows_by_rounds()
    {
        var steps = Dial(Rules((Outcome.NoAnswer, Rule(5, 10) with { OtherNumber = true, Growth = 3 })), 2, Outcome.NoAnswer);

        Assert.Equal([0, 10, 0, 30], Minutes(steps));
    }

    [Fact]
    public void A_number_that_nobody_has_is_never_called_again_and_the_others_are() =>
        Assert.Equal([0, 1, 1, 2], Dial(Rules() with { Unanswered = Rule(4, 10) }, 3, Outcome.InvalidNumber, Outcome.Busy).Select(s => s.Number));

    [Fact]
    public void A_lead_none_of_whose_numbers_anybody_has_is_final() => Assert.Equal(3, Dial(Rules(), 3, Outcome.InvalidNumber).Count);

    [Theory]
    [InlineData(null, LeadStatus.Unanswered)]
    [InlineData(LeadStatus.Completed, LeadStatus.Completed)]
    [InlineData(LeadStatus.Excluded, LeadStatus.Excluded)]
    public void After_the_last_attempt_of_a_rule_the_lead_has_its_final_status(LeadStatus? final, LeadStatus expected)
    {
        var last = Dial(Rules((Outcome.Rejected, Rule(2, 1) with { Final = final })), 1, Outcome.Rejected)[^1].Change;

        Assert.Equal((expected, null, final == LeadStatus.Excluded), (last.Status, last.NextAt, last.ExcludedBecause is not null));
    }

    static readonly Gen<RetryRule> AnyRule =
        from attempts in Gen.Choose(1, 8)
        from minutes in Gen.Choose(0, 600)
        from growth in Gen.Choose(1, 10)
        from other in Gen.Elements(true, false)
        from final in Gen.Elements<LeadStatus?>(null, LeadStatus.Completed, LeadStatus.Excluded)
        select Rule(attempts, minutes) with { Growth = growth, OtherNumber = other, Final = final };

    static readonly Gen<(CallRules Rules, int Numbers, Outcome[] Fate)> AnyCase =
        from unanswered in AnyRule
        from answered in AnyRule
        from own in (from outcome in Gen.Elements(Enum.GetValues<Outcome>()) from rule in AnyRule select (outcome, rule)).ListOf(4)
        from numbers in Gen.Choose(1, 4)
        from fate in Gen.Elements(Enum.GetValues<Outcome>()).ArrayOf(20)
        select (new CallRules { Unanswered = unanswered, Answered = answered, Outcomes = own.DistinctBy(o => o.outcome).ToImmutableDictionary(o => o.outcome, o => o.rule) }, numbers, fate);

    static void Holds(Func<CallRules, int, List<Step>, bool> property) =>
        Prop.ForAll(AnyCase.ToArbitrary(), c => property(c.Rules, c.Numbers, Dial(c.Rules, c.Numbers, c.Fate))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_lead_is_called_more_often_than_columns_and_outcomes_allow() => Holds((rules, _, steps) =>
    {
        var before = steps.TakeWhile(s => s.Outcome != Outcome.HumanAnswered).Count();
        return before <= rules.Unanswered.Attempts && steps.Count - before <= rules.Answered.Attempts
            && rules.Outcomes.All(o => steps.Count(s => s.Outcome == o.Key) <= o.Value.Attempts);
    });

    [Fact]
    public void Every_lead_ends_without_a_next_time_and_until_then_has_one() => Holds((_, _, steps) =>
        steps.SkipLast(1).All(s => s.Change.NextAt is not null && s.Change.Status is LeadStatus.Answered or LeadStatus.Unanswered)
        && steps[^1].Change.NextAt is null);

    [Fact]
    public void The_next_call_is_never_sooner_than_its_interval_unless_another_number_is_called() => Holds((rules, _, steps) =>
        steps.Zip(steps.Skip(1)).All(pair => pair.Second.Number > pair.First.Number
            || pair.Second.At - pair.First.At.AddSeconds(10) >= Followed(rules, pair.First).Interval));

    [Fact]
    public void A_number_that_nobody_has_is_called_once_where_no_rule_says_otherwise() => Holds((rules, _, steps) =>
        rules.Outcomes.ContainsKey(Outcome.InvalidNumber)
        || steps.Where(s => s.Outcome == Outcome.InvalidNumber).All(s => steps.SkipWhile(x => x != s).Skip(1).All(later => later.Number != s.Number)));

    static RetryRule Followed(CallRules rules, Step step) =>
        rules.Outcomes.GetValueOrDefault(step.Outcome) ?? (step.Change.AttemptsSinceAnswer > 0 ? rules.Answered : rules.Unanswered);
}
