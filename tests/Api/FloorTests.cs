using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Events;
using Carillon.Api.Floor;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Users;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Tests;

/// <summary>What the pages of one node see of the floor.</summary>
public sealed class FloorTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    static FloorCampaign Campaign(string id, string? group = null, Func<CampaignProgress, CampaignProgress>? with = null, PaceMoment? pace = null) => new(
        id, new() { Name = id, Schedule = new("s"), Trunks = [], Group = group, Mode = PacingMode.Predictive },
        (with ?? (p => p))(new() { Campaign = new(id), Status = CampaignStatus.Running, At = Now, AgentsLoggedIn = 5, AgentsFree = 2 }), pace, []);

    static FloorAgent Agent(string id, params string?[] groups) => new(new(new(id), id, AgentStatus.Available, AgentState.Idle, Now, []), [.. groups]);

    static Caller Supervisor(params string[] groups) => new() { UserId = "u", Name = "u", Role = Role.Supervisor, Groups = [.. groups], From = "here" };

    static FloorState Floor(int clients = 10) => new(new EventClients(Options.Create(new ApiOptions { MaxEventClients = clients })));

    [Fact]
    public void A_supervisor_sees_what_their_groups_own_and_all_servers()
    {
        var floor = Floor();
        floor.Replace(new()
        {
            At = Now,
            Campaigns = [Campaign("mine", "north"), Campaign("theirs", "south"), Campaign("nobodys")],
            Servers = [new("pbx", "pbx", true, 10, new() { Server = new("pbx"), State = ServerState.Online, Since = Now }, [])],
            Agents = [Agent("ann", "north", "south"), Agent("bob", "south")],
        });
        var seen = floor.Of(Supervisor("north")).Look;
        Assert.Equal(["mine"], seen.Campaigns.Select(c => c.Id));
        Assert.Equal(["ann"], seen.Agents.Select(a => a.Agent.Name));
        Assert.Single(seen.Servers);
    }

    [Fact]
    public void Agents_stand_by_name_and_keep_their_order_until_a_name_changes()
    {
        static FloorAgent Named(string id, string name, AgentState state = AgentState.Idle) => new(new(new(id), name, AgentStatus.Available, state, Now, []), []);
        var first = AgentOrder.Of([Named("c", "agent 10"), Named("a", "Agent 2"), Named("b", "Agent 1")], []);
        Assert.Equal(["b", "a", "c"], first.Select(a => a.Agent.Agent.Value));
        var second = AgentOrder.Of([Named("a", "Agent 2", AgentState.Talking), Named("b", "Agent 1"), Named("c", "agent 10")], first);
        Assert.Equal([("b", AgentState.Idle), ("a", AgentState.Talking), ("c", AgentState.Idle)], second.Select(a => (a.Agent.Agent.Value, a.Agent.State)));
        Assert.Equal(["a", "c", "b"], AgentOrder.Of([Named("a", "Agent 2"), Named("b", "Zoe"), Named("c", "agent 10")], second).Select(a => a.Agent.Agent.Value));
        Assert.Equal(["a", "d", "c"], AgentOrder.Of([Named("d", "Agent 3"), Named("a", "Agent 2"), Named("c", "agent 10")], second).Select(a => a.Agent.Agent.Value));
    }

    [Fact]
    public void Pages_of_the_same_groups_share_one_part_of_a_look()
    {
        var floor = Floor();
        floor.Replace(new() { At = Now, Campaigns = [Campaign("mine", "north")] });
        Assert.Same(floor.Of(Supervisor("north", "east")).Look, floor.Of(Supervisor("east", "north")).Look);
        var before = floor.Of(Supervisor("north")).Look;
        floor.Replace(new() { At = Now.AddSeconds(1), Campaigns = [Campaign("mine", "north")] });
        Assert.NotSame(before, floor.Of(Supervisor("north")).Look);
    }

    [Fact]
    public void The_next_look_is_told_to_whoever_waits_for_it()
    {
        var floor = Floor();
        var (_, next) = floor.Of(Supervisor("north"));
        Assert.False(next.IsCompleted);
        floor.Replace(new() { At = Now });
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void Paces_are_asked_for_only_while_a_page_is_open_and_pages_count_as_clients()
    {
        var floor = Floor(clients: 1);
        Assert.False(floor.IsWatched);
        var place = floor.Watch();
        Assert.True(floor.IsWatched);
        Assert.Null(floor.Watch());
        place!.Dispose();
        place.Dispose();
        Assert.False(floor.IsWatched);
        Assert.NotNull(floor.Watch());
    }

    [Fact]
    public void A_floor_that_works_has_no_alerts() =>
        Assert.Empty(FloorAlerts.Of(new() { At = Now, Campaigns = [Campaign("one", pace: new() { At = Now, AbandonmentRate = 0.02, AbandonsLeft = 5 })] }));

    [Fact]
    public void Two_abandoned_calls_of_the_first_dozen_are_chance() =>
        Assert.Empty(FloorAlerts.Of(new() { At = Now, Campaigns = [Campaign("one", pace: new() { At = Now, AbandonmentRate = 0.167, AbandonsLeft = -1.6 })] }));

    [Fact]
    public void The_worst_stands_first_and_each_says_whose_it_is()
    {
        var alerts = FloorAlerts.Of(new()
        {
            At = Now,
            Campaigns =
            [
                Campaign("lonely", with: p => p with { AgentsLoggedIn = 0, AgentsFree = 0 }),
                Campaign("over", pace: new() { At = Now, AbandonmentRate = 0.034, AbandonsLeft = -4 }),
                Campaign("crowded", with: p => p with { Waiting = 3, AgentsFree = 0 }),
                Campaign("resting", with: p => p with { Status = CampaignStatus.Paused, AgentsLoggedIn = 0 }),
            ],
            Servers =
            [
                new("off", "off", false, 10, new() { Server = new("off"), State = ServerState.Offline, Since = Now }, []),
                new("gone", "gone", true, 10, new() { Server = new("gone"), State = ServerState.Offline, Since = Now, Problem = "No route." },
                    [new("line", "line", 5, new() { Trunk = new("line"), State = TrunkState.Weak, Calls = 0, Usable = 1 })]),
            ],
        });
        Assert.Equal([("gone", AlertLevel.Bad), ("over", AlertLevel.Bad), ("crowded", AlertLevel.Bad), ("line", AlertLevel.Warning), ("lonely", AlertLevel.Warning)], alerts.Select(a => (a.Subject, a.Level)));
        Assert.Equal("No route.", alerts[0].Sentence);
        Assert.Contains("3.4 %", alerts[1].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AgentStatus.Paused, AgentState.Talking, AgentPlace.Talking)]
    [InlineData(AgentStatus.LoggedOut, AgentState.Idle, AgentPlace.LoggedOut)]
    [InlineData(AgentStatus.Available, AgentState.WrapUp, AgentPlace.WrappingUp)]
    [InlineData(AgentStatus.Paused, AgentState.Idle, AgentPlace.Paused)]
    [InlineData(AgentStatus.Available, AgentState.Reserved, AgentPlace.Ringing)]
    [InlineData(AgentStatus.Available, AgentState.Idle, AgentPlace.Free)]
    public void An_agent_is_in_one_place(AgentStatus status, AgentState state, AgentPlace place) =>
        Assert.Equal(place, new QueueAgent(new("a"), "a", status, state, Now, ImmutableArray<ServerId>.Empty).Place());
}
