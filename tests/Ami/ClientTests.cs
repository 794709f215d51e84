using System.Globalization;
using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

/// <summary>The stream: connected, snapshots, events, in an order that tells the truth.</summary>
public sealed class ClientTests : ClientTest
{
    [Theory]
    [InlineData(90.25)]
    [InlineData(-3600)]
    public async Task How_far_the_servers_clock_is_from_ours_is_told(double seconds)
    {
        var told = (Time.GetUtcNow().AddSeconds(seconds) - DateTimeOffset.UnixEpoch).TotalSeconds;
        Server.On("Ping", a => a.Success(string.Create(CultureInfo.InvariantCulture, $"Ping: Pong\r\nTimestamp: {told:0.000000}\r\n")));
        Connect();

        Assert.Equal(seconds, (await Signals.Next<AmiConnected>()).Server.ClockAhead!.Value.TotalSeconds, 0.001);
    }

    [Fact]
    public async Task The_stream_tells_connected_snapshot_and_live_events_in_order()
    {
        Server.Channels["u1"] = Script.Channel("u1");
        Server.Queues.Enqueue("Event: QueueParams\r\nQueue: sales\r\nCalls: 1\r\n");
        Server.Queues.Enqueue("Event: QueueMember\r\nQueue: sales\r\nName: A\r\nLocation: PJSIP/1\r\nStatus: 1\r\n");
        Server.Queues.Enqueue("Event: QueueEntry\r\nQueue: sales\r\nUniqueid: u1\r\nPosition: 1\r\n");
        Connect();

        var connected = await Signals.Next<AmiConnected>();
        Assert.Equal((1, "11.0.0", "22.10.0", "pbx1", "2026-03-02 08:59:00"),
            (connected.Epoch, connected.Server.AmiVersion, connected.Server.AsteriskVersion, connected.Server.SystemName, connected.Server.StartMark));
        Assert.Equal(Time.GetUtcNow().AddSeconds(-60), connected.Server.StartedAt);
        Assert.Null(connected.Server.ClockAhead);
        var snapshot = await Signals.Next<AmiSnapshot>();
        Assert.True(snapshot.Complete);
        Assert.Equal(("u1", "sales", "PJSIP/1", "u1"),
            (snapshot.Channels.Single().UniqueId, snapshot.Queues.Single().Queue, snapshot.QueueMembers.Single().Interface, snapshot.QueueEntries.Single().UniqueId));

        await (await Server.EventSession()).SendAsync(Script.Newchannel("u2") + Script.VarSet("u2", "x") + Script.Hangup("u2"));
        Assert.Equal("u2", (await Signals.Next<NewchannelEvent>()).UniqueId);
        Assert.Equal(1, (await Signals.Next<HangupEvent>()).Epoch);
        Assert.DoesNotContain(Signals.Seen, s => s is VarSetEvent);
        Assert.IsType<AmiConnected>(Signals.Seen[0]);
        Assert.IsType<AmiSnapshot>(Signals.Seen[1]);
    }

    [Fact]
    public async Task Events_that_arrive_while_the_snapshot_is_taken_come_after_it()
    {
        Server.On("QueueStatus", async (session, a) =>
        {
            await session.SendAsync(Script.Hangup("u1"));
            await session.SendAsync(a.List([], "QueueStatusComplete"));
        });
        Server.Channels["u1"] = Script.Channel("u1");
        Connect();

        Assert.Equal("u1", (await Signals.Next<AmiSnapshot>()).Channels.Single().UniqueId);
        Assert.Equal("u1", (await Signals.Next<HangupEvent>()).UniqueId);
    }

    [Fact]
    public async Task Events_that_arrive_before_the_rows_of_a_later_snapshot_come_before_it()
    {
        await Connected();
        Server.On("CoreShowChannels", async (session, a) =>
        {
            await session.SendAsync(Script.Newchannel("older"));
            await session.SendAsync(a.List([], "CoreShowChannelsComplete"));
        });
        Assert.True(await Client.RequestSnapshotAsync());

        Assert.Equal("older", (await Signals.Next<NewchannelEvent>()).UniqueId);
        Assert.Empty((await Signals.Next<AmiSnapshot>()).Channels);
    }

    [Fact]
    public async Task A_snapshot_on_request_tells_the_truth_of_that_moment()
    {
        await Connected();
        Server.Channels["new"] = Script.Channel("new");
        Assert.True(await Client.RequestSnapshotAsync());
        Assert.Equal("new", (await Signals.Next<AmiSnapshot>()).Channels.Single().UniqueId);
    }

    [Fact]
    public async Task A_list_with_a_wrong_count_is_asked_for_again_and_is_incomplete_if_it_stays_wrong()
    {
        await Connected();
        var asked = 0;
        Server.On("CoreShowChannels", a => a.List(["Event: CoreShowChannel\r\n" + Script.Channel("u")], "CoreShowChannelsComplete", items: Interlocked.Increment(ref asked) == 2 ? 1 : 7));
        Assert.True(await Client.RequestSnapshotAsync());
        Assert.True((await Signals.Next<AmiSnapshot>()).Complete);

        Server.On("CoreShowChannels", a => a.List([], "CoreShowChannelsComplete", items: 7));
        Assert.False(await Client.RequestSnapshotAsync());
        var incomplete = await Signals.Next<AmiSnapshot>();
        Assert.False(incomplete.ChannelsComplete);
        Assert.True(incomplete.QueuesComplete);
        Assert.Contains("CoreShowChannels", incomplete.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_that_the_user_lacks_is_named_in_the_snapshot()
    {
        Server.On("ListCommands", a => a.Success("Originate: Originate a call.  (Priv: originate,all)\r\n"));
        Server.On("CoreShowChannels", a => a.Error("Permission denied"));
        Connect();
        var connected = await Signals.Next<AmiConnected>();
        Assert.True(connected.Permissions.Allows("Originate"));
        Assert.Contains("originate", connected.Permissions.WriteClasses);
        var problem = (await Signals.Next<AmiSnapshot>()).Problem;
        Assert.Contains("AMI user 'carillon' lacks a write permission of CoreShowChannels: add one of system, reporting", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_on_the_wire_leads_to_a_new_snapshot()
    {
        await Connected();
        await (await Server.EventSession()).SendAsync("Evnt: broken\r\nChannel: x\r\n\r\n" + Script.Newchannel("u1"));
        await Signals.Next<NewchannelEvent>();
        await Time.WhenWaiting(3);
        Server.Channels["truth"] = Script.Channel("truth");
        Time.Advance(Options.ResyncDelay);

        Assert.Equal("truth", (await Signals.Next<AmiSnapshot>()).Channels.Single().UniqueId);
        Assert.Equal(1, Client.Counters.Damaged);
    }
}
