using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Queues;

namespace Carillon.Grains.Tests;

public class QueueBoardTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly ServerId Pbx1 = new("pbx1");
    static readonly ServerId Pbx2 = new("pbx2");

    readonly QueueBoard _board = new();
    long _sequence;

    static QueueMember Member(string name, int state = 1) => new() { Interface = "PJSIP/" + name, Name = name, DeviceState = state };

    void Tell(ServerId server, params QueueMember[] members) =>
        _board.Apply(new() { Server = server, Complete = true, Members = [.. members], CallersWaiting = 0, At = Now, Sequence = ++_sequence });

    AgentLine Only(TimeSpan wrapUp = default, DateTimeOffset? at = null) => Assert.Single(_board.Agents(at ?? Now, wrapUp, i => new(i)));

    [Theory]
    [InlineData(0, AgentStatus.Available, AgentState.Idle)]
    [InlineData(1, AgentStatus.Available, AgentState.Idle)]
    [InlineData(2, AgentStatus.Available, AgentState.Talking)]
    [InlineData(3, AgentStatus.Available, AgentState.Talking)]
    [InlineData(4, AgentStatus.LoggedOut, AgentState.Idle)]
    [InlineData(5, AgentStatus.LoggedOut, AgentState.Idle)]
    [InlineData(6, AgentStatus.Available, AgentState.Ringing)]
    [InlineData(8, AgentStatus.Available, AgentState.Talking)]
    public void A_device_state_tells_what_the_line_does(int device, AgentStatus status, AgentState state)
    {
        Tell(Pbx1, Member("9001", device));

        Assert.Equal((status, state), (Only().Status, Only().State));
    }

    [Fact]
    public void Wrap_up_ends_by_the_clock()
    {
        Tell(Pbx1, Member("9001") with { LastCallEndedAt = Now });

        Assert.Equal((AgentState.WrapUp, Now.AddSeconds(5)), (Only(TimeSpan.FromSeconds(5)).State, Only(TimeSpan.FromSeconds(5)).WrapUpEnds));
        Assert.True(Only(TimeSpan.FromSeconds(5), Now.AddSeconds(5)).IsFree);
    }

    [Fact]
    public void Who_is_busy_on_one_server_is_busy_on_all()
    {
        Tell(Pbx1, Member("9001"));
        Tell(Pbx2, Member("9001", 2));

        Assert.Equal(AgentState.Talking, Only().State);
        Assert.Equal([Pbx1, Pbx2], Only().Seats.Select(s => s.Server));
    }

    [Fact]
    public void Who_is_paused_on_one_server_is_not_free()
    {
        Tell(Pbx1, Member("9001"));
        Tell(Pbx2, Member("9001") with { Paused = true, PausedReason = "lunch" });

        Assert.Equal((AgentStatus.Paused, "lunch"), (Only().Status, Only().PausedReason));
    }

    [Fact]
    public void A_phone_that_only_one_server_reaches_takes_calls_of_that_server()
    {
        Tell(Pbx1, Member("9001", 5));
        Tell(Pbx2, Member("9001"));

        Assert.Equal([Pbx2], Only().Seats.Select(s => s.Server));
        Assert.True(Only().IsFree);
    }

    [Fact]
    public void A_change_that_is_not_newer_is_ignored_and_one_before_the_complete_list_too()
    {
        var early = new QueueChanges { Server = Pbx1, Complete = false, Members = [Member("9001", 2)], At = Now, Sequence = 1 };
        Assert.False(_board.Apply(early));
        _sequence = 5;
        Tell(Pbx1, Member("9001"));

        Assert.False(_board.Apply(early with { Sequence = 6 }));
        Assert.True(Only().IsFree);
        Assert.True(_board.Apply(early with { Sequence = 7 }));
        Assert.False(Only().IsFree);
    }

    [Fact]
    public void A_lost_server_takes_its_members_away()
    {
        Tell(Pbx1, Member("9001"));
        _board.Lose(Pbx1);

        Assert.Empty(_board.Agents(Now, default, i => new(i)));
    }

    [Fact]
    public void Since_is_kept_while_the_state_stays()
    {
        Tell(Pbx1, Member("9001"));
        Only(at: Now);

        Assert.Equal(Now, Only(at: Now.AddMinutes(1)).Since);
    }
}

public class ClaimBookTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly ServerId Pbx1 = new("pbx1");
    static readonly ServerId Pbx2 = new("pbx2");
    static readonly CampaignId Spring = new("spring");
    static readonly CampaignId Autumn = new("autumn");

    readonly ClaimBook _claims = new();

    static AgentLine Agent(int n, AgentState state = AgentState.Idle, params ServerId[] servers) => new(
        new($"PJSIP/{n}"), $"Agent {n}", AgentStatus.Available, state, null, Now.AddSeconds(-n), null,
        [.. (servers.Length == 0 ? [Pbx1, Pbx2] : servers).Select(s => new AgentSeat(s, $"PJSIP/{n}"))]);

    static QueueClaim Claim(CampaignId campaign, int wanted, int underway = 0, int waiting = 0, ServerId? on = null, ServerId[]? servers = null) => new()
    {
        Campaign = campaign,
        Wanted = wanted,
        Waiting = waiting,
        Servers = [.. servers ?? [Pbx1, Pbx2]],
        Underway = underway == 0 ? ImmutableDictionary<ServerId, int>.Empty : ImmutableDictionary<ServerId, int>.Empty.Add(on ?? Pbx1, underway),
    };

    int Granted(QueueClaim claim, AgentLine[] agents, int callers = 0, DateTimeOffset? at = null) => _claims.Grant(claim, agents, callers, at ?? Now).Slots.Length;

    [Fact]
    public void Two_campaigns_never_count_on_the_same_agent()
    {
        AgentLine[] agents = [Agent(1), Agent(2), Agent(3)];

        Assert.Equal(2, Granted(Claim(Spring, 2), agents));
        Assert.Equal(1, Granted(Claim(Autumn, 5), agents));
        Assert.Equal(1, Granted(Claim(Spring, 5, underway: 1), agents));
    }

    [Fact]
    public void A_claim_that_is_not_renewed_lapses()
    {
        AgentLine[] agents = [Agent(1), Agent(2)];
        Granted(Claim(Spring, 2), agents);

        Assert.Equal(0, Granted(Claim(Autumn, 2), agents, at: Now + ClaimBook.Lifetime));
        Assert.Equal(2, Granted(Claim(Autumn, 2), agents, at: Now + ClaimBook.Lifetime + TimeSpan.FromSeconds(1)));
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

        var grant = _claims.Grant(Claim(Spring, 5, underway: 1, on: Pbx1), agents, 0, Now);

        Assert.Equal([Pbx2], grant.Slots.Select(s => s.Server));
    }

    [Fact]
    public void Agents_whom_the_campaign_cannot_reach_are_not_granted() =>
        Assert.Equal(0, Granted(Claim(Spring, 5, servers: [Pbx2]), [Agent(1, AgentState.Idle, Pbx1)]));

    [Fact]
    public void Calls_spread_over_servers_when_agents_can_serve_both()
    {
        var grant = _claims.Grant(Claim(Spring, 4), [Agent(1), Agent(2), Agent(3), Agent(4)], 0, Now);

        Assert.Equal([2, 2], grant.Slots.GroupBy(s => s.Server).Select(g => g.Count()));
    }
}
