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
        _board.Apply(new() { Server = server, Complete = true, Members = [.. members], CallersWaiting = 0, At = Now, Sequence = ++_sequence }, Now);

    AgentLine Only(DateTimeOffset? at = null)
    {
        _board.Pass(at ?? Now);
        return Assert.Single(_board.Agents.All);
    }

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
        _board.Configure(TimeSpan.FromSeconds(5), i => new(i), Now);
        Tell(Pbx1, Member("9001") with { LastCallEndedAt = Now });

        Assert.Equal((AgentState.WrapUp, Now.AddSeconds(5)), (Only().State, Only().WrapUpEnds));
        Assert.Equal(Now.AddSeconds(5), _board.Pass(Now.AddSeconds(4)));
        Assert.True(Only(Now.AddSeconds(5)).IsFree);
        Assert.Null(_board.Pass(Now.AddSeconds(5)));
    }

    [Fact]
    public void A_wrap_up_that_a_new_call_has_ended_ends_nothing_more()
    {
        _board.Configure(TimeSpan.FromSeconds(5), i => new(i), Now);
        Tell(Pbx1, Member("9001") with { LastCallEndedAt = Now });
        Tell(Pbx1, Member("9001", 2) with { LastCallEndedAt = Now.AddSeconds(3) });

        Assert.Equal(AgentState.Talking, Only(Now.AddSeconds(5)).State);
    }

    [Fact]
    public void A_wrap_up_of_another_length_counts_from_the_same_call()
    {
        Tell(Pbx1, Member("9001") with { LastCallEndedAt = Now });
        Assert.True(Only().IsFree);

        _board.Configure(TimeSpan.FromSeconds(5), i => new(i), Now);

        Assert.Equal(AgentState.WrapUp, Only().State);
    }

    [Fact]
    public void Interfaces_that_become_one_agent_are_one_person()
    {
        Tell(Pbx1, Member("9001"), Member("9002", 2));
        Assert.Equal(2, _board.Agents.All.Count);

        _board.Configure(TimeSpan.Zero, _ => new("anna"), Now);

        Assert.Equal((new AgentId("anna"), AgentState.Talking), (Only().Agent, Only().State));
        Assert.Equal(["PJSIP/9001", "PJSIP/9002", "anna"], _board.TakeChanged().Select(c => c.Agent.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_whom_something_was_new_of_is_told_of()
    {
        Tell(Pbx1, Member("9001"), Member("9002"));
        Assert.Equal(2, _board.TakeChanged().Count);

        Tell(Pbx1, Member("9001"), Member("9002", 2));

        var (agent, line) = Assert.Single(_board.TakeChanged());
        Assert.Equal((new("PJSIP/9002"), AgentState.Talking), (agent, line!.State));
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
        Assert.False(_board.Apply(early, Now));
        _sequence = 5;
        Tell(Pbx1, Member("9001"));

        Assert.False(_board.Apply(early with { Sequence = 6 }, Now));
        Assert.True(Only().IsFree);
        Assert.True(_board.Apply(early with { Sequence = 7 }, Now));
        Assert.False(Only().IsFree);
    }

    [Fact]
    public void A_lost_server_takes_its_members_away()
    {
        Tell(Pbx1, Member("9001"));
        _board.Lose(Pbx1, Now);

        Assert.Empty(_board.Agents.All);
    }

    [Fact]
    public void Since_is_kept_while_the_state_stays()
    {
        Tell(Pbx1, Member("9001"));
        _board.Apply(new() { Server = Pbx1, Complete = false, Members = [Member("9001") with { Penalty = 1 }], At = Now, Sequence = ++_sequence }, Now.AddMinutes(1));

        Assert.Equal(Now, Only(at: Now.AddMinutes(1)).Since);
    }
}
