using System.Net;
using System.Net.Sockets;
using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

public sealed class LinkLossTests : ClientTest
{
    [Fact]
    public async Task A_wrong_secret_is_not_offline_and_says_what_to_do()
    {
        Options = Options with { Secret = "wrong" };
        Connect();
        var refused = await Signals.Next<AmiDisconnected>();

        Assert.Equal((AmiCause.WrongSecret, 0, Options.LoginRefusedDelay / 2), (refused.Cause, refused.Epoch, refused.RetryIn));
        Assert.Contains("'carillon'", refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.Detail, StringComparison.Ordinal);
        var response = await Client.SendAsync(Actions.Ping());
        Assert.Equal((AmiAnswer.NotSent, AmiCause.WrongSecret), (response.Answer, response.Cause));
    }

    [Fact]
    public async Task An_unreachable_server_is_told_once_and_tried_on()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        Options = Options with { Port = ((IPEndPoint)nobody.LocalEndpoint).Port };
        nobody.Stop();
        Connect();
        Assert.Equal(AmiCause.Unreachable, (await Signals.Next<AmiDisconnected>()).Cause);

        using var somebody = new TcpListener(IPAddress.Loopback, Options.Port);
        somebody.Start();
        (await somebody.AcceptTcpClientAsync()).Close();
        Assert.Equal(AmiCause.Refused, (await Signals.Next<AmiDisconnected>()).Cause);
        somebody.Stop();
    }

    [Fact]
    public async Task What_does_not_greet_like_AMI_is_a_protocol_error()
    {
        Server.Greeting = "SSH-2.0-OpenSSH_9.2\r\n";
        Connect();
        Assert.Equal(AmiCause.ProtocolError, (await Signals.Next<AmiDisconnected>()).Cause);
    }

    [Fact]
    public async Task A_server_that_does_not_greet_ends_in_a_login_timeout()
    {
        Server.Greeting = "";
        Options = Options with { ConnectTimeout = TimeSpan.FromDays(40) };
        Connect();
        var told = Signals.Next<AmiDisconnected>();
        while (!told.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(AmiCause.LoginTimeout, (await told).Cause);
    }

    [Fact]
    public async Task The_secret_is_not_sent_in_plain_text_when_MD5_is_refused()
    {
        Server.On("Challenge", a => a.Error("MD5 not available"));
        Connect();
        Assert.Equal(AmiCause.ProtocolError, (await Signals.Next<AmiDisconnected>()).Cause);
        Assert.DoesNotContain(Server.Received, a => a.Name == "Login");
    }

    [Fact]
    public async Task A_server_that_is_not_booted_yet_gets_no_actions()
    {
        Server.On("Login", async (session, a) =>
        {
            session.Events = a["Events"];
            await session.SendAsync(a.Success());
        });
        Connect();
        await Server.EventSession();
        Assert.Equal(AmiAnswer.NotSent, (await Client.OriginateAsync(Call) as OriginateResult.Rejected)!.Answer);
        await (await Server.EventSession()).SendAsync("Event: FullyBooted\r\nUptime: 1\r\n\r\n");
        await Signals.Next<AmiConnected>();
    }

    [Fact]
    public async Task An_action_in_flight_fails_at_once_with_the_first_cause_when_the_link_breaks()
    {
        Server.On("Originate", (_, _) => Task.CompletedTask);
        await Connected();
        var originating = Client.OriginateAsync(Call);
        await Server.Until(() => Server.Received.Any(a => a.Name == "Originate"));
        (await Server.EventSession()).Cut();

        var unknown = Assert.IsType<OriginateResult.Unknown>(await originating);
        var disconnected = await Signals.Next<AmiDisconnected>();
        Assert.Equal(disconnected.Cause, unknown.Cause);
        Assert.Equal(disconnected.Detail, unknown.Detail);
        Assert.Contains(disconnected.Cause, new[] { AmiCause.Eof, AmiCause.ConnectionLost });

        var again = await Signals.Next<AmiConnected>();
        Assert.Equal((1, 2), (disconnected.Epoch, again.Epoch));
        await Signals.Next<AmiSnapshot>(s => s.Epoch == 2);
        Assert.Single(Server.Received, a => a.Name == "Originate");
    }

    [Fact]
    public async Task A_broken_action_connection_is_made_again_without_a_new_epoch()
    {
        Server.On("Originate", (_, _) => Task.CompletedTask);
        await Connected();
        var originating = Client.OriginateAsync(Call);
        await Server.Until(() => Server.Received.Any(a => a.Name == "Originate"));
        (await Server.ActionSession()).Cut();

        Assert.IsType<OriginateResult.Unknown>(await originating);
        await Server.ActionSession(2);
        await (await Server.EventSession()).SendAsync(Script.Newchannel("u1"));
        Assert.Equal(1, (await Signals.Next<NewchannelEvent>()).Epoch);
        AmiResponse answer;
        do answer = await Client.SendAsync(Actions.Ping());
        while (answer.Answer == AmiAnswer.NotSent);
        Assert.True(answer.Success);
        Assert.Equal(1, Client.Counters.Reconnects);
    }

    [Fact]
    public async Task A_list_in_flight_is_interrupted_when_the_link_breaks()
    {
        Server.On("Status", async (session, a) =>
        {
            await session.SendAsync(a.Success("EventList: start\r\n") + $"Event: Status\r\nActionID: {a.Id}\r\n\r\n");
            session.Cut();
        });
        await Connected();
        Assert.Equal(AmiListOutcome.Interrupted, (await Client.ListAsync(new AmiAction("Status"))).Outcome);
    }

    [Fact]
    public async Task An_announced_shutdown_is_told_apart_from_a_lost_link()
    {
        await Connected();
        var session = await Server.EventSession();
        await session.SendAsync("Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n");
        Assert.Equal("Cleanly", (await Signals.Next<ShutdownEvent>()).Kind);
        session.Cut();
        Assert.Equal(AmiCause.ServerShutdown, (await Signals.Next<AmiDisconnected>()).Cause);
    }

    [Fact]
    public async Task A_half_open_link_is_found_by_its_missing_pong()
    {
        await Connected();
        Server.On("Ping", (_, _) => Task.CompletedTask);
        Server.Channels["truth"] = Script.Channel("truth");
        for (var round = 0; round < 2; round++)
        {
            await Time.WhenWaiting(2);
            Time.Advance(Options.PingInterval);
            if (round == 1) await Server.Until(() => Server.Received.Count(a => a.Name == "Ping") == 3);
        }
        Time.Advance(Options.PingDeadline);

        Assert.Equal(AmiCause.PingTimeout, (await Signals.Next<AmiDisconnected>()).Cause);
        Server.On("Ping", a => a.Success("Ping: Pong\r\n"));
        Assert.Equal("truth", (await Signals.Next<AmiSnapshot>(s => s.Epoch == 2)).Channels.Single().UniqueId);
    }

    [Fact]
    public async Task A_slow_consumer_gets_a_gap_mark_and_a_fresh_snapshot_once_it_has_caught_up()
    {
        Options = Options with { QueueBytes = 64 << 10 };
        await Connected();
        var session = await Server.EventSession();
        for (var i = 0; i < 1000; i++) await session.SendAsync(Script.Newchannel("u" + i));
        await session.Ended;
        Server.Channels["truth"] = Script.Channel("truth");

        var seen = 0;
        while (true)
        {
            var signal = await Signals.Next<AmiSignal>();
            if (signal is AmiDisconnected gap)
            {
                Assert.True(gap.Gap);
                break;
            }
            Assert.Equal("u" + seen++, Assert.IsType<NewchannelEvent>(signal).UniqueId);
        }
        Assert.InRange(seen, 100, 999);
        Assert.Equal("truth", (await Signals.Next<AmiSnapshot>(s => s.Epoch == 2)).Channels.Single().UniqueId);
        Assert.Equal(1, Client.Counters.Gaps);
    }

    [Fact]
    public async Task Under_load_only_declared_classes_are_shed_and_the_link_lives()
    {
        Options = Options with { QueueBytes = 64 << 10, Events = AmiEventNames.Set([.. AmiEventNames.Dialer, "VarSet"]) };
        await Connected();
        var session = await Server.EventSession();
        for (var i = 0; i < 1000; i++) await session.SendAsync(Script.VarSet("u", new string('x', 100)));
        await session.SendAsync(Script.Newchannel("kept"));

        Assert.Equal("kept", (await Signals.Next<NewchannelEvent>()).UniqueId);
        var shown = Signals.Seen.OfType<VarSetEvent>().Count();
        Assert.Equal(1000, shown + Client.Counters.Shed.GetValueOrDefault("VarSet"));
        Assert.Equal(0, Client.Counters.Gaps);
    }

    [Fact]
    public async Task Closing_ends_what_is_in_flight_and_the_stream()
    {
        Server.On("Originate", (_, _) => Task.CompletedTask);
        await Connected();
        var originating = Client.OriginateAsync(Call);
        await Server.Until(() => Server.Received.Any(a => a.Name == "Originate"));
        await Client.DisposeAsync();

        Assert.Equal(AmiCause.Closed, Assert.IsType<OriginateResult.Unknown>(await originating).Cause);
        Assert.Equal(AmiCause.Closed, (await Signals.Next<AmiDisconnected>()).Cause);
        Assert.Equal(0, await Client.ReadBatchAsync([]));
    }
}
