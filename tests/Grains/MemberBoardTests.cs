using Carillon.Ami.Events;
using Carillon.Queues;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class MemberBoardTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    readonly MemberBoard _board = new(new("pbx1"));

    static QueueMemberStatusEvent Status(MemberStatus status, DateTimeOffset? lastCall = null) =>
        new() { Queue = "sales", Interface = "PJSIP/9001", MemberName = "Anna", Status = status, LastCall = lastCall?.ToUnixTimeSeconds() ?? 0 };

    QueueMember Member() => Assert.Single(_board.All("sales", Now).Members);

    void Read(AmiEvent e, DateTimeOffset? at = null) => Assert.True(_board.Read(e, at ?? Now));

    [Fact]
    public void A_called_member_rings_before_its_state_says_so()
    {
        Read(Status((MemberStatus)1));
        Read(new AgentCalledEvent { Queue = "sales", Interface = "PJSIP/9001" });

        Assert.Equal(6, Member().DeviceState);
    }

    [Fact]
    public void A_connected_member_talks_until_the_talk_is_complete()
    {
        Read(Status((MemberStatus)1));
        Read(new AgentConnectEvent { Queue = "sales", Interface = "PJSIP/9001" });
        Assert.True(Member().InCall);
        Read(new AgentCompleteEvent { Queue = "sales", Interface = "PJSIP/9001" }, Now.AddSeconds(30));

        Assert.Equal((false, Now.AddSeconds(30)), (Member().InCall, Member().LastCallEndedAt));
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(0)]
    [InlineData(600)]
    public void A_clock_of_Asterisk_that_is_off_does_not_move_the_end_of_a_call(int offBy)
    {
        Read(Status((MemberStatus)1, Now.AddSeconds(offBy - 100)));
        Read(Status((MemberStatus)2, Now.AddSeconds(offBy - 100)));

        Read(Status((MemberStatus)1, Now.AddSeconds(offBy + 60)), Now.AddSeconds(60));

        Assert.Equal(Now.AddSeconds(60), Member().LastCallEndedAt);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void When_the_clock_is_set_last_calls_ended_as_long_ago_as_before_and_are_told_anew(int hours)
    {
        Read(Status((MemberStatus)1, Now.AddSeconds(-100)));
        Read(new AgentCompleteEvent { Queue = "sales", Interface = "PJSIP/9001" });
        Assert.Single(_board.TakeChanges(_ => [new("sales")], Now));

        _board.Shift(TimeSpan.FromHours(hours));

        var told = Assert.Single(_board.TakeChanges(_ => [new("sales")], Now)).Changes.Members;
        Assert.Equal(Now.AddHours(hours), Assert.Single(told).LastCallEndedAt);
        // A state that repeats a last call tells nothing new of it.
        Read(Status((MemberStatus)1, Now.AddSeconds(-100)), Now.AddHours(hours).AddSeconds(1));
        Assert.Equal(Now.AddHours(hours).AddSeconds(-100), Member().LastCallEndedAt);
    }

    [Fact]
    public void A_last_call_in_the_future_ended_no_later_than_now()
    {
        Read(Status((MemberStatus)1, Now.AddHours(1)));

        Assert.Equal(Now, Member().LastCallEndedAt);
    }

    [Fact]
    public void Callers_are_counted_by_who_they_are_so_that_leaving_twice_counts_once()
    {
        Read(new QueueCallerJoinEvent { Queue = "sales", UniqueId = "a" });
        Read(new QueueCallerJoinEvent { Queue = "sales", UniqueId = "b" });
        Read(new QueueCallerLeaveEvent { Queue = "sales", UniqueId = "a" });
        Read(new QueueCallerAbandonEvent { Queue = "sales", UniqueId = "a" });

        Assert.Equal(1, _board.All("sales", Now).CallersWaiting);
    }

    [Fact]
    public void Changes_are_told_once_and_only_for_queues_that_are_watched()
    {
        Read(Status((MemberStatus)1));
        Read(new QueueMemberRemovedEvent { Queue = "sales", Interface = "PJSIP/9001" });

        var news = Assert.Single(_board.TakeChanges(name => name == "sales" ? [new QueueId("s")] : [], Now));
        Assert.Equal(("s", "PJSIP/9001"), (news.Queue.Value, Assert.Single(news.Changes.Removed)));
        Assert.Empty(_board.TakeChanges(_ => [new QueueId("s")], Now));
    }
}
