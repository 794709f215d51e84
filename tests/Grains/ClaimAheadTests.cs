using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Pacing.Evidence;
using Carillon.Queues;

namespace Carillon.Grains.Tests;

/// <summary>What the queue grants to campaigns that dial ahead of free agents.</summary>
public class ClaimAheadTests
{
    static readonly CampaignId Spring = new("spring"), Autumn = new("autumn");
    static readonly ServerId One = new("pbx1"), Two = new("pbx2");

    readonly ClaimBook _claims = new();
    readonly HandlingBook _handling = new();

    static AgentLine Agent(int number, AgentState state = AgentState.Idle, AgentStatus status = AgentStatus.Available, params ServerId[] servers) =>
        Rosters.Agent(number, servers is [] ? [One, Two] : servers, state, status);

    static Roster Floor(params AgentLine[] agents) => Rosters.Of(agents);

    static Roster Free(int agents) => Rosters.Free(agents, One, Two);

    static QueueClaim Ratio(CampaignId campaign, double ratio, RatioOf of = RatioOf.FreeAgents, int ringing = 0, int waiting = 0, int wanted = 50) =>
        Claim(campaign, ringing, waiting, wanted) is var claim ? claim with { Pool = claim.Pool! with { Ratio = new(ratio, of, claim.Underway) } } : claim;

    static QueueClaim Predictive(CampaignId campaign, double risk, double chance = 0.25, double? ofBase = null, int ringing = 0, int waiting = 0, int wanted = 50)
    {
        var times = new AnswerEvidence().Curve().Times;
        var claim = Claim(campaign, ringing, waiting, wanted);
        return claim with
        {
            Pool = claim.Pool! with
            {
                Predictive = new() { RiskLimit = risk, Chances = [chance], Shares = times.Shares, By = times.By, Grace = TimeSpan.FromSeconds(2), RiskBase = ofBase ?? Math.Max(0.03, risk) },
            },
        };
    }

    static QueueClaim Claim(CampaignId campaign, int ringing, int waiting, int wanted) => new()
    {
        Campaign = campaign,
        Underway = ImmutableDictionary<ServerId, int>.Empty.Add(One, ringing + waiting),
        Waiting = waiting,
        Wanted = wanted,
        Servers = [One, Two],
        Pool = new() { Calls = ImmutableDictionary<ServerId, PoolCalls>.Empty.Add(One, new() { Ringing = ringing, Waiting = waiting }) },
    };

    QueueGrant Grant(QueueClaim claim, Roster agents, int callers = 0) => _claims.Grant(claim, agents, _handling, callers, Rosters.Now);

    [Theory]
    [InlineData(RatioOf.FreeAgents, 0, 6)]
    [InlineData(RatioOf.FreeAgents, 4, 2)]
    [InlineData(RatioOf.FreeAgents, 9, 0)]
    [InlineData(RatioOf.AgentsAtWork, 4, 5)]
    [InlineData(RatioOf.Channels, 4, 50)]
    public void A_ratio_multiplies_agents_and_counts_calls_that_are_placed_already(RatioOf of, int ringing, int granted)
    {
        var floor = Floor(Agent(1), Agent(2), Agent(3, AgentState.Talking), Agent(4, status: AgentStatus.Paused));
        Assert.Equal(granted, Grant(Ratio(Spring, 3, of, ringing), floor).Slots.Length);
    }

    [Fact]
    public void A_ratio_of_agents_at_work_counts_the_calls_that_these_agents_can_take()
    {
        var apart = Rosters.Of([.. Enumerable.Range(0, 20).Select(n => Agent(n, AgentState.Talking, servers: n < 10 ? One : Two))]);
        var talks = ImmutableDictionary<ServerId, int>.Empty.Add(One, 15).Add(Two, 4);
        var claim = Claim(Spring, ringing: 0, waiting: 0, wanted: 50) with { Pool = new() { Calls = ImmutableDictionary<ServerId, PoolCalls>.Empty, Ratio = new(1.5, RatioOf.AgentsAtWork, talks) } };

        Assert.Equal(Enumerable.Repeat(Two, 11), Grant(claim, apart).Slots.Select(s => s.Server));
    }

    [Theory]
    [InlineData(RatioOf.FreeAgents)]
    [InlineData(RatioOf.AgentsAtWork)]
    [InlineData(RatioOf.Channels)]
    public void Nobody_at_work_is_dialed_for_by_no_ratio(RatioOf of) =>
        Assert.Empty(Grant(Ratio(Spring, 3, of), Floor(Agent(1, status: AgentStatus.Paused), Agent(2, status: AgentStatus.LoggedOut))).Slots);

    [Fact]
    public void With_no_risk_to_take_it_is_one_call_for_each_free_agent() => Assert.Equal(3, Grant(Predictive(Spring, risk: 0), Free(3)).Slots.Length);

    [Fact]
    public void Taking_a_risk_places_more_calls_than_agents_are_free()
    {
        var grant = Grant(Predictive(Spring, risk: 0.05), Free(10));
        Assert.InRange(grant.Slots.Length, 12, 40);
        Assert.InRange(grant.Pool!.Risk, 0.001, 0.05);
    }

    [Fact]
    public void What_one_campaign_was_granted_a_moment_ago_the_next_one_reckons_with()
    {
        var alone = Grant(Predictive(Spring, risk: 0.05), Free(10)).Slots.Length;
        Assert.Empty(Grant(Predictive(Autumn, risk: 0.05), Free(10)).Slots);
        // No call was lost of which a bolder campaign could take the agents.
        Assert.Empty(Grant(Predictive(Autumn, risk: 0.3), Free(10)).Slots);
        Assert.InRange(Grant(Predictive(Autumn, risk: 0.3), Free(14)).Slots.Length, 1, alone);
    }

    [Fact]
    public void Campaigns_that_dial_for_the_same_agents_risk_the_same()
    {
        Grant(Predictive(Spring, risk: 0.01, ringing: 4), Free(10));
        var bold = Grant(Predictive(Autumn, risk: 0.3, ringing: 4), Free(10)).Pool!.RiskLimit;
        var careful = Grant(Predictive(Spring, risk: 0.01, ringing: 4), Free(10)).Pool!.RiskLimit;
        Assert.InRange(bold!.Value, 0.015, 0.03);
        Assert.InRange(careful!.Value, 0.01, 0.03);
    }

    [Fact]
    public void A_campaign_whose_budget_is_used_up_dials_on_beside_others_and_slows_them()
    {
        Assert.Equal(0.2, Grant(Predictive(Autumn, risk: 0.2, ringing: 3, wanted: 0), Free(10)).Pool!.RiskLimit);
        var limit = Grant(Predictive(Spring, risk: 0, ringing: 3, wanted: 0), Free(10)).Pool!.RiskLimit;
        Assert.InRange(limit!.Value, 0.003, 0.01);
        Assert.InRange(Grant(Predictive(Autumn, risk: 0.2, ringing: 3, wanted: 0), Free(10)).Pool!.RiskLimit!.Value, 0.003, 0.01);
        // Alone it is left what it may risk itself: nothing.
        Assert.Equal(0, new ClaimBook().Grant(Predictive(Spring, risk: 0, ringing: 3, wanted: 0), Free(10), _handling, 0, Rosters.Now).Pool!.RiskLimit);
    }

    [Fact]
    public void A_campaign_elsewhere_changes_nothing()
    {
        var apart = Floor(Agent(1, servers: One), Agent(2, servers: Two));
        var there = Predictive(Spring, risk: 0, ringing: 3) with { Servers = [One] };
        _claims.Grant(there, apart, _handling, 0, Rosters.Now);
        var here = Predictive(Autumn, risk: 0.2) with { Servers = [Two] };
        Assert.Equal(0.2, Grant(here, apart).Pool!.RiskLimit);
    }

    [Fact]
    public void A_campaign_that_dials_one_call_for_one_agent_is_left_its_agents()
    {
        _claims.Grant(Claim(Autumn, ringing: 4, waiting: 0, wanted: 0) with { Pool = null }, Free(5), _handling, 0, Rosters.Now);
        Assert.Single(Grant(Predictive(Spring, risk: 0), Free(5)).Slots);
    }

    [Fact]
    public void Calls_for_an_agent_by_name_take_that_agent_and_no_other_pools_agents_are_counted_twice()
    {
        var apart = Floor(Agent(1, servers: One), Agent(2, servers: One), Agent(3, servers: Two), Agent(4, AgentState.Talking, servers: Two));
        var byName = Claim(Autumn, ringing: 2, waiting: 0, wanted: 0) with { Pool = null, Reserved = [new("a1"), new("a2")] };
        _claims.Grant(byName, apart, _handling, 0, Rosters.Now);
        Assert.Equal([Two], Grant(Predictive(Spring, risk: 0), apart).Slots.Select(s => s.Server));
    }

    [Fact]
    public void A_campaign_that_dials_ahead_is_granted_agents_by_name_and_its_ringing_calls_still_may_take_none()
    {
        var byName = Predictive(Spring, risk: 0.05, ringing: 8, waiting: 1) with { Underway = ImmutableDictionary<ServerId, int>.Empty.Add(One, 3), Agents = [new("a1")] };
        Assert.Equal([new("a1")], Grant(byName, Free(6)).Slots.Select(s => s.Agent));

        // Of six agents one is rung by name and one is taken by who waits; of eight calls that ring some will be answered.
        var beside = Grant(Predictive(Autumn, risk: 0.05, wanted: 0), Free(6)).Pool!;
        Assert.Equal(4, beside.Agents);
        Assert.InRange(beside.Answers, 1, 8);
    }

    [Fact]
    public void Callers_who_wait_come_first()
    {
        Assert.Equal(1, Grant(Predictive(Spring, risk: 0, waiting: 1), Free(4), callers: 3).Pool!.Agents);
        Assert.Single(Grant(Predictive(Spring, risk: 0, waiting: 1), Free(4), callers: 3).Slots);
    }

    [Fact]
    public void Nobody_but_agents_at_work_is_dialed_for()
    {
        var gone = Floor(Agent(1, status: AgentStatus.Paused), Agent(2, status: AgentStatus.LoggedOut), Agent(3, AgentState.Talking, AgentStatus.Paused));
        Assert.Empty(Grant(Predictive(Spring, risk: 0.5), gone).Slots);
    }

    [Fact]
    public void Servers_that_share_no_agent_are_pools_of_their_own()
    {
        var apart = Floor(Agent(1, servers: One), Agent(2, servers: One), Agent(3, AgentState.Talking, servers: Two));
        Assert.Equal([One, One], Grant(Predictive(Spring, risk: 0), apart).Slots.Select(s => s.Server));
        var joined = Floor(Agent(1, servers: One), Agent(2, servers: Two), Agent(3, servers: [One, Two]));
        Assert.Single(AgentPools.Of(joined, new HashSet<AgentId>()));
        Assert.Equal(3, new ClaimBook().Grant(Predictive(Autumn, risk: 0), joined, _handling, 0, Rosters.Now).Slots.Length);
    }

    [Fact]
    public void Agents_who_will_be_free_in_time_are_dialed_for_once_it_is_known_how_long_they_talk()
    {
        var busy = Floor([.. Enumerable.Range(0, 30).Select(n => Agent(n, AgentState.Talking))]);
        Assert.Empty(Grant(Predictive(Spring, risk: 0.05), busy).Slots);
        for (var i = 0; i < 200; i++)
        {
            var before = Agent(1, AgentState.Talking);
            _handling.Saw(before, before with { State = AgentState.Idle, Since = before.Since.AddSeconds(85 + i % 20) });
        }
        var later = new ClaimBook().Grant(Predictive(Spring, risk: 0.05), busy, _handling, 0, Rosters.Now.AddSeconds(31));
        Assert.NotEmpty(later.Slots);
        Assert.InRange(later.Pool!.Freed, 5, 30);
    }
}
