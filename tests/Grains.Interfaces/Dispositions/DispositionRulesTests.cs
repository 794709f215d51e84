using Carillon.Calls;
using Carillon.Leads;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Carillon.Calls.Outcome;

namespace Carillon.Dispositions;

public class DispositionRulesTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset End = Start.AddMinutes(2);
    static readonly AgentId Anna = new("PJSIP/9001");

    static readonly Lead Dialing = new()
    {
        Campaign = new("c"),
        Number = new("+74959898533"),
        OtherNumbers = [new("+74959898534")],
        CreatedAt = Start,
        Status = LeadStatus.Dialing,
        Attempts = 1,
    };

    static readonly CallRules Rules = new() { Unanswered = new() { Attempts = 3, Interval = TimeSpan.FromHours(1) } };

    static CallDisposition Said(DispositionAction action, Func<DispositionConfig, DispositionConfig>? change = null, DateTimeOffset? callAt = null)
    {
        var meaning = new DispositionConfig { Name = action.ToString(), Action = action };
        return new() { Id = new(action.ToString()), Meaning = change?.Invoke(meaning) ?? meaning, At = End, By = "anna", CallAt = callAt };
    }

    static Attempt Call(CallDisposition? said, Outcome outcome = Outcome.HumanAnswered) => new()
    {
        Intent = new()
        {
            Id = new("carillon-test"),
            Campaign = new("c"),
            LeadId = 1,
            Number = Dialing.Number,
            Server = new("s"),
            Trunk = new("t"),
            Queue = new("q"),
            At = Start,
            AttemptNumber = 1,
        },
        Outcome = outcome,
        AnsweredAt = Start.AddSeconds(10),
        EndedAt = End,
        Agent = Anna,
        Disposition = said,
    };

    static Lead With(Lead lead, LeadChange change) => lead with
    {
        Status = change.Status,
        NextAt = change.NextAt,
        AttemptsSinceAnswer = change.AttemptsSinceAnswer,
        Tries = change.Tries,
        Agent = change.Agent,
        ExcludedBecause = change.ExcludedBecause,
        LastAttemptAt = Start,
    };

    static Lead AtEnd(CallDisposition? said, Lead? lead = null) => With(lead ?? Dialing, DispositionRules.AtEnd(Call(said), lead ?? Dialing, Rules));

    [Fact]
    public void Without_a_word_the_outcome_decides() => Assert.Equal(LeadRules.After(Call(null), Dialing, Rules), DispositionRules.AtEnd(Call(null), Dialing, Rules));

    [Theory]
    [InlineData(DispositionAction.Completed, LeadStatus.Completed)]
    [InlineData(DispositionAction.Exclude, LeadStatus.Excluded)]
    [InlineData(DispositionAction.DoNotCall, LeadStatus.Excluded)]
    public void A_word_that_ends_a_lead_is_final(DispositionAction action, LeadStatus status)
    {
        var lead = AtEnd(Said(action));

        Assert.Equal((status, null), (lead.Status, lead.NextAt));
        Assert.Equal(status == LeadStatus.Excluded ? action.ToString() : null, lead.ExcludedBecause);
    }

    [Fact]
    public void A_lead_is_called_again_at_the_chosen_time_by_the_same_agent()
    {
        var lead = AtEnd(Said(DispositionAction.CallAgain, d => d with { AgentChoosesTime = true, SameAgent = true }, Start.AddDays(3)));

        Assert.Equal((LeadStatus.Callback, Start.AddDays(3), Anna), (lead.Status, lead.NextAt!.Value, lead.Agent!.Value));
    }

    [Fact]
    public void Without_a_chosen_time_the_dispositions_own_interval_counts_from_the_calls_end()
    {
        var retry = new RetryRule { Attempts = 2, Interval = TimeSpan.FromHours(4), Growth = 2, Final = LeadStatus.Completed };
        var said = Said(DispositionAction.CallAgain, d => d with { Retry = retry });

        var first = AtEnd(said);
        var second = AtEnd(said, first with { Status = LeadStatus.Dialing });
        var third = AtEnd(said, second with { Status = LeadStatus.Dialing });

        Assert.Equal((End.AddHours(4), End.AddHours(8), null), (first.NextAt, second.NextAt, third.NextAt));
        Assert.Equal(LeadStatus.Completed, third.Status);
    }

    [Fact]
    public void A_wrong_number_gives_its_turn_to_the_next_and_after_the_last_the_lead_is_final()
    {
        var said = Said(DispositionAction.OtherNumber);
        var other = AtEnd(said);
        var last = With(other, DispositionRules.After(Call(said) with { Intent = Call(said).Intent with { Number = other.NextNumber } }, null, other));

        Assert.Equal((Dialing.OtherNumbers[0], End), (other.NextNumber, other.NextAt!.Value));
        Assert.Equal((LeadStatus.Unanswered, null), (last.Status, last.NextAt));
    }

    [Fact]
    public void The_last_word_counts_as_if_the_earlier_one_had_never_been_said() => Prop.ForAll(
        Gen.Elements(Enum.GetValues<DispositionAction>().Where(a => a is not (DispositionAction.Exclude or DispositionAction.DoNotCall)).ToArray()).Two().ToArbitrary(),
        words =>
        {
            var (first, second) = (Said(words.Item1), Said(words.Item2));
            var corrected = AtEnd(first);
            if (!DispositionRules.Decides(Call(second), corrected)) return false;
            corrected = With(corrected, DispositionRules.After(Call(second), first, corrected));
            var atOnce = AtEnd(second);
            return (corrected.Status, corrected.NextAt, corrected.Agent, corrected.NextNumber) == (atOnce.Status, atOnce.NextAt, atOnce.Agent, atOnce.NextNumber)
                && corrected.Tries == atOnce.Tries;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_late_word_leaves_alone_a_lead_that_is_called_again_or_excluded()
    {
        var lead = AtEnd(null);

        Assert.True(DispositionRules.Decides(Call(null), lead));
        Assert.False(DispositionRules.Decides(Call(null), lead with { Status = LeadStatus.Dialing }));
        Assert.False(DispositionRules.Decides(Call(null), lead with { LastAttemptAt = Start.AddHours(1) }));
        Assert.False(DispositionRules.Decides(Call(null), lead with { Status = LeadStatus.Excluded }));
        Assert.False(DispositionRules.Decides(Call(null) with { EndedAt = null }, lead));
    }

    static readonly Gen<DispositionConfig> AnyDisposition =
        from action in Gen.Elements(Enum.GetValues<DispositionAction>())
        from attempts in Gen.Choose(1, 5)
        select new DispositionConfig { Name = $"{action}{attempts}", Action = action, Retry = new() { Attempts = attempts, Interval = TimeSpan.FromHours(1) } };

    [Fact]
    public void However_often_agents_say_call_again_every_lead_ends() => Prop.ForAll(
        AnyDisposition.ListOf(4).ToArbitrary(),
        words =>
        {
            if (words.Count == 0) return true;
            var (lead, calls) = (Dialing with { Status = LeadStatus.New, NextAt = Start, Attempts = 0 }, 0);
            while (lead.NextAt is not null && calls++ < 100)
            {
                var meaning = words[calls % words.Count];
                lead = lead with { Status = LeadStatus.Dialing, NextAt = null, Attempts = lead.Attempts + 1 };
                var said = new CallDisposition { Id = new(meaning.Name), Meaning = meaning, At = End, By = "anna" };
                var call = Call(said);
                lead = AtEndOf(call with { Intent = call.Intent with { Number = lead.NextNumber, AttemptNumber = lead.Attempts } }, lead);
            }
            return lead.NextAt is null && calls <= 1 + lead.NumberCount + words.Select(w => w.Name).Distinct().Count() * 5;
        }).QuickCheckThrowOnFailure();

    static Lead AtEndOf(Attempt call, Lead lead) => With(lead, DispositionRules.AtEnd(call, lead, Rules));
}
