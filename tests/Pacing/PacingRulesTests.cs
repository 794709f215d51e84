using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class PacingRulesTests
{
    static PacingSnapshot Snapshot(int free, int of, int underway = 0, int waiting = 0, int calls = 0, int lines = int.MaxValue, int leads = int.MaxValue) => new()
    {
        ScheduleOpen = true,
        AgentsLoggedIn = of,
        AgentsFree = free,
        Underway = underway,
        InboundWaiting = waiting,
        CampaignCalls = calls,
        LinesLeft = lines,
        LeadsDue = leads,
    };

    static PacingDecision Decide(PacingSnapshot snapshot, int channels, bool agentFirst = false) =>
        PacingRules.Decide(snapshot, new() { Channels = channels, AgentFirst = agentFirst });

    [Fact]
    public void The_example_of_the_manual_places_as_many_calls_as_there_are_channels() =>
        Assert.Equal(new(3, "5 of 5 agents are free, 3 channels are left: place 3.", LimitingFactor.Channels), Decide(Snapshot(5, 5), channels: 3));

    [Theory]
    [InlineData(5, 20, 3, 0, 8, 10, 2, LimitingFactor.CallsUnderway, "5 of 20 agents are free, 3 calls are on their way to them, 2 channels are left: place 2.")]
    [InlineData(5, 20, 3, 0, 9, 10, 1, LimitingFactor.Channels, "5 of 20 agents are free, 3 calls are on their way to them, 1 channel is left: place 1.")]
    [InlineData(5, 20, 0, 0, 0, 10, 5, LimitingFactor.FreeAgents, "5 of 20 agents are free: place 5.")]
    [InlineData(1, 20, 1, 0, 1, 10, 0, LimitingFactor.CallsUnderway, "1 of 20 agents is free, 1 call is on its way to them: place none.")]
    [InlineData(1, 20, 9, 0, 9, 10, 0, LimitingFactor.CallsUnderway, "1 of 20 agents is free, 9 calls are on their way to them: place none.")]
    [InlineData(3, 20, 0, 1, 0, 10, 2, LimitingFactor.CallersWaiting, "3 of 20 agents are free, 1 caller waits for them: place 2.")]
    [InlineData(3, 20, 1, 4, 0, 10, 0, LimitingFactor.CallersWaiting, "3 of 20 agents are free, 4 callers wait for them, 1 call is on its way to them: place none.")]
    [InlineData(0, 20, 0, 0, 0, 10, 0, LimitingFactor.AgentsBusy, "All 20 agents are busy: place none.")]
    [InlineData(0, 1, 0, 0, 0, 10, 0, LimitingFactor.AgentsBusy, "The only agent is busy: place none.")]
    [InlineData(0, 0, 0, 0, 0, 10, 0, LimitingFactor.NoAgents, "No agent is logged in: place none.")]
    [InlineData(7, 0, 0, 0, 0, 10, 0, LimitingFactor.NoAgents, "No agent is logged in: place none.")]
    [InlineData(5, 20, 0, 0, 10, 10, 0, LimitingFactor.Channels, "5 of 20 agents are free, no channel is left: place none.")]
    [InlineData(5, 20, 0, 0, 14, 10, 0, LimitingFactor.Channels, "5 of 20 agents are free, no channel is left: place none.")]
    public void Every_clamp_is_told(int free, int of, int underway, int waiting, int calls, int channels, int place, LimitingFactor limit, string why) =>
        Assert.Equal(new(place, why, limit), Decide(Snapshot(free, of, underway, waiting, calls), channels));

    [Fact]
    public void A_closed_schedule_places_nothing_whatever_else_is_true() =>
        Assert.Equal(new(0, "The schedule is closed: place none.", LimitingFactor.Schedule), Decide(Snapshot(9, 9) with { ScheduleOpen = false }, channels: 9));

    [Fact]
    public void Lines_and_leads_clamp_last() =>
        Assert.Equal(new(1, "9 of 9 agents are free, 4 channels are left, 2 lines are left on the trunks, 1 lead is due: place 1.", LimitingFactor.Leads),
            Decide(Snapshot(9, 9, lines: 2, leads: 1), channels: 4));

    [Fact]
    public void Without_due_leads_it_says_so() =>
        Assert.Equal(new(0, "9 of 9 agents are free, no lead is due: place none.", LimitingFactor.Leads), Decide(Snapshot(9, 9, leads: 0), channels: 10));

    [Fact]
    public void Agent_first_counts_agents_that_are_being_rung() =>
        Assert.Equal(new(2, "4 of 9 agents are free, 2 are being rung: place 2.", LimitingFactor.CallsUnderway), Decide(Snapshot(4, 9, underway: 2), 10, agentFirst: true));

    static readonly Gen<int> Count = Gen.OneOf(Gen.Choose(-2, 30), Gen.Elements(0, int.MaxValue, int.MinValue));

    static readonly Arbitrary<(PacingSnapshot Snapshot, PacingConfig Config)> Any =
        (from counts in Count.ArrayOf(8)
         from open in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
         from agentFirst in Gen.Elements(true, false)
         select (new PacingSnapshot
         {
             ScheduleOpen = open,
             AgentsLoggedIn = counts[0],
             AgentsFree = counts[1],
             Underway = counts[2],
             InboundWaiting = counts[3],
             CampaignCalls = counts[4],
             LinesLeft = counts[5],
             LeadsDue = counts[6],
         }, new PacingConfig { Channels = counts[7], AgentFirst = agentFirst })).ToArbitrary();

    static void Always(Func<PacingSnapshot, PacingConfig, bool> holds) =>
        Prop.ForAll(Any, c => holds(c.Snapshot, c.Config)).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void It_never_goes_above_a_cap() => Always((s, c) =>
    {
        long calls = PacingRules.Decide(s, c).Calls;
        return calls >= 0 && (calls == 0
            || (calls + Math.Max(0, s.CampaignCalls) <= c.Channels && calls + Math.Max(0, s.Underway) + Math.Max(0, s.InboundWaiting) <= s.AgentsFree
                && calls <= s.AgentsLoggedIn && calls <= s.LinesLeft && calls <= s.LeadsDue));
    });

    [Fact]
    public void No_agents_or_a_closed_schedule_means_no_calls() =>
        Always((s, c) => (s.ScheduleOpen && s.AgentsLoggedIn > 0 && s.AgentsFree > 0) || PacingRules.Decide(s, c).Calls == 0);

    [Fact]
    public void More_free_agents_never_mean_fewer_calls() => Always((s, c) =>
        s.AgentsFree == int.MaxValue || PacingRules.Decide(s with { AgentsFree = s.AgentsFree + 1 }, c).Calls >= PacingRules.Decide(s, c).Calls);

    [Fact]
    public void It_places_all_that_the_caps_allow() => Always((s, c) =>
    {
        var room = new[]
        {
            Math.Min(s.AgentsFree, (long)s.AgentsLoggedIn) - Math.Max(0, s.InboundWaiting) - Math.Max(0, s.Underway),
            (long)c.Channels - Math.Max(0, s.CampaignCalls), s.LinesLeft, s.LeadsDue,
        }.Min();
        return PacingRules.Decide(s, c).Calls == (s.ScheduleOpen ? Math.Max(0, room) : 0);
    });

    [Fact]
    public void The_sentence_ends_with_the_decision() => Always((s, c) =>
    {
        var decision = PacingRules.Decide(s, c);
        return decision.Why.EndsWith(decision.Calls == 0 ? ": place none." : $": place {decision.Calls}.", StringComparison.Ordinal);
    });
}
