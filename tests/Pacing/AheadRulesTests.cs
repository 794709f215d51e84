namespace Carillon.Pacing.Tests;

public class AheadRulesTests
{
    static readonly AheadSnapshot Predictive = new()
    {
        ScheduleOpen = true,
        AgentsLoggedIn = 20,
        Agents = 3,
        AgentsExpected = 1.5,
        Ringing = 9,
        AnswersExpected = 2.25,
        AnswerChance = 0.25,
        Risk = 0.021,
        RiskLimit = 0.03,
        AbandonmentRate = 0.014,
        AbandonmentCap = 0.03,
        AbandonsLeft = 7.9,
        ChannelsLeft = 30,
        LeadsDue = 500,
        Wanted = 4,
        Granted = 2,
    };

    static readonly AheadSnapshot Ratio = Predictive with { RiskLimit = null, Ratio = 2.5 };

    [Fact]
    public void A_predictive_decision_says_what_is_expected_what_is_risked_and_what_is_left()
    {
        Assert.Equal(new PacingDecision(2, "3 of 20 agents are free, 1.5 more expected in time; 9 calls ring, 2.3 of them should answer; the next lead answers at 25%; " +
            "abandoned 1.4% of at most 3.0%, 7 left; the last call would miss an agent at 2.1%, 3.0% may be risked: place 2.", LimitingFactor.Risk), AheadRules.Explain(Predictive));
        Assert.Contains("; one more call would miss an agent at 2.1%, 3.0% may be risked: place none.", AheadRules.Explain(Predictive with { Granted = 0 }).Why, StringComparison.Ordinal);
        Assert.DoesNotContain("the next lead", AheadRules.Explain(Predictive with { AnswerChance = null }).Why, StringComparison.Ordinal);
        Assert.StartsWith("2 more callers wait than agents are free, of 20, ", AheadRules.Explain(Predictive with { Agents = -2 }).Why, StringComparison.Ordinal);
        Assert.StartsWith("0 of 20 agents are free, ", AheadRules.Explain(Predictive with { Agents = 0 }).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_risked_with_others_is_told_beside_what_could_be_alone()
    {
        const string Ending = "3.0% may be risked with those who share the agents, 8.0% alone: place 2.";
        Assert.EndsWith(Ending, AheadRules.Explain(Predictive with { OwnRiskLimit = 0.08 }).Why, StringComparison.Ordinal);
        Assert.EndsWith(", 3.0% may be risked: place 2.", AheadRules.Explain(Predictive with { OwnRiskLimit = 0.0302 }).Why, StringComparison.Ordinal);
        Assert.Equal(LimitingFactor.Risk, AheadRules.Explain(Predictive with { OwnRiskLimit = 0 }).LimitedBy);
    }

    [Fact]
    public void A_budget_that_is_used_up_is_named()
    {
        var decision = AheadRules.Explain(Predictive with { RiskLimit = 0 });
        Assert.Equal(LimitingFactor.AbandonmentBudget, decision.LimitedBy);
        Assert.EndsWith("; the budget is used up, so only agents who are free are dialed for: place 2.", decision.Why, StringComparison.Ordinal);
        // Without a cap there is no budget either.
        Assert.Equal(LimitingFactor.Risk, AheadRules.Explain(Predictive with { RiskLimit = 0, AbandonmentCap = 0 }).LimitedBy);
    }

    [Fact]
    public void A_ratio_says_itself()
    {
        Assert.Equal(new PacingDecision(2, "3 of 20 agents are free, 9 calls ring, 2.5 for each agent: place 2.", LimitingFactor.Ratio), AheadRules.Explain(Ratio));
    }

    [Theory]
    [InlineData(4, 500, LimitingFactor.Channels)]
    [InlineData(4, 4, LimitingFactor.Leads)]
    [InlineData(3, 3, LimitingFactor.Ratio)]
    public void The_limit_is_in_what_was_asked_for_when_all_of_it_was_granted_and_in_the_ratio_when_not(int granted, int due, LimitingFactor limit) =>
        Assert.Equal(limit, AheadRules.Explain(Ratio with { Granted = granted, LeadsDue = due }).LimitedBy);

    [Fact]
    public void What_keeps_all_from_being_dialed_comes_first()
    {
        Assert.Equal(new PacingDecision(0, "The schedule is closed: place none.", LimitingFactor.Schedule), AheadRules.Explain(Predictive with { ScheduleOpen = false, AgentsLoggedIn = 0 }));
        Assert.Equal(new PacingDecision(0, "No agent is logged in: place none.", LimitingFactor.NoAgents), AheadRules.Explain(Predictive with { AgentsLoggedIn = 0, ChannelsLeft = 0 }));
        Assert.Equal(new PacingDecision(0, "No channel is left: place none.", LimitingFactor.Channels), AheadRules.Explain(Predictive with { ChannelsLeft = 0, LeadsDue = 0, Granted = 0 }));
        Assert.Equal(new PacingDecision(0, "No lead is due: place none.", LimitingFactor.Leads), AheadRules.Explain(Predictive with { LeadsDue = 0, Granted = 0 }));
    }
}
