using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Campaigns;
using Carillon.Queues;

namespace Carillon.Grains.Tests;

/// <summary>What the queue grants to campaigns that place one call for each free agent.</summary>
public class ClaimBookTests
{
    static readonly ServerId Pbx1 = new("pbx1");
    static readonly ServerId Pbx2 = new("pbx2");
    static readonly CampaignId Spring = new("spring");
    static readonly CampaignId Autumn = new("autumn");

    readonly ClaimBook _claims = new();
    readonly HandlingBook _handling = new();

    static AgentLine Agent(int number, AgentState state = AgentState.Idle, params ServerId[] servers) => Rosters.Agent(number, servers is [] ? [Pbx1, Pbx2] : servers, state);

    static QueueClaim Claim(CampaignId campaign, int wanted, int underway = 0, int waiting = 0, ServerId? on = null, ServerId[]? servers = null) => new()
    {
        Campaign = campaign,
        Wanted = wanted,
        Waiting = waiting,
        Servers = [.. servers ?? [Pbx1, Pbx2]],
        Underway = underway == 0 ? ImmutableDictionary<ServerId, int>.Empty : ImmutableDictionary<ServerId, int>.Empty.Add(on ?? Pbx1, underway),
    };

    int Granted(QueueClaim claim, AgentLine[] agents, int callers = 0, DateTimeOffset? at = null) => _claims.Grant(claim, Rosters.Of(agents), _handling, callers, at ?? Rosters.Now).Slots.Length;

    [Fact]
    public void Two_campaigns_never_count_on_the_same_agent()
    {
        AgentLine[] agents = [Agent(1), Agent(2), Agent(3)];

        Assert.Equal(2, Granted(Claim(Spring, 2), agents));
        Assert.Equal(1, Granted(Claim(Autumn, 1), agents));
        Assert.Equal(1, Granted(Claim(Spring, 5, underway: 1), agents));
        Assert.Equal(0, Granted(Claim(Autumn, 5, underway: 1), agents));
    }

    [Fact]
    public void A_claim_that_is_not_renewed_lapses()
    {
        AgentLine[] agents = [Agent(1), Agent(2)];
        Granted(Claim(Spring, 2), agents);

        Assert.Equal(0, Granted(Claim(Autumn, 2), agents, at: Rosters.Now + ClaimBook.Lifetime));
        Assert.Equal(2, Granted(Claim(Autumn, 2), agents, at: Rosters.Now + ClaimBook.Lifetime + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_call_that_rings_a_phone_needs_no_other_agent() =>
        Assert.Equal(1, Granted(Claim(Spring, 5, underway: 1, waiting: 1), [Agent(1, AgentState.Ringing), Agent(2)], callers: 1));

    [Fact]
    public void A_phone_that_rings_on_one_server_does_not_answer_for_a_call_on_another()
    {
        AgentLine[] agents = [Agent(1, AgentState.Idle, Pbx1), Agent(2, AgentState.Ringing, Pbx2)];
        var claim = Claim(Spring, 5, underway: 1, on: Pbx1) with { Underway = ImmutableDictionary<ServerId, int>.Empty.Add(Pbx1, 1).Add(Pbx2, 1) };

        Assert.Equal(0, Granted(claim, agents));
    }

    [Fact]
    public void Inbound_callers_come_first() =>
        Assert.Equal(1, Granted(Claim(Spring, 5), [Agent(1), Agent(2), Agent(3)], callers: 2));

    [Fact]
    public void A_call_on_one_server_takes_an_agent_of_that_server()
    {
        AgentLine[] agents = [Agent(1, AgentState.Idle, Pbx1), Agent(2, AgentState.Idle, Pbx2)];

        var grant = _claims.Grant(Claim(Spring, 5, underway: 1, on: Pbx1), Rosters.Of(agents), _handling, 0, Rosters.Now);

        Assert.Equal([Pbx2], grant.Slots.Select(s => s.Server));
    }

    [Fact]
    public void Whoever_can_serve_few_servers_takes_their_calls_so_that_others_stay_for_the_rest()
    {
        AgentLine[] agents = [Agent(9), Agent(1, AgentState.Idle, Pbx1)];

        var grant = _claims.Grant(Claim(Spring, 5, underway: 1, on: Pbx1, servers: [Pbx2]), Rosters.Of(agents), _handling, 0, Rosters.Now);

        Assert.Equal([Pbx2], grant.Slots.Select(s => s.Server));
    }

    [Fact]
    public void Agents_whom_the_campaign_cannot_reach_are_not_granted() =>
        Assert.Equal(0, Granted(Claim(Spring, 5, servers: [Pbx2]), [Agent(1, AgentState.Idle, Pbx1)]));

    [Fact]
    public void Calls_spread_over_servers_when_agents_can_serve_both()
    {
        var grant = _claims.Grant(Claim(Spring, 4), Rosters.Of([Agent(1), Agent(2), Agent(3), Agent(4)]), _handling, 0, Rosters.Now);

        Assert.Equal([2, 2], grant.Slots.GroupBy(s => s.Server).Select(g => g.Count()));
    }
}
