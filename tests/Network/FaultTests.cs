namespace Carillon.Network.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task A_killed_server_drops_links_and_calls_without_a_word_and_comes_back_with_a_new_epoch()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        var endPoint = simulation.Server.AmiEndPoint;
        using (var ami = await RawAmi.LogIn(simulation.Server, "call"))
        {
            await Simulation.Originate(ami, "call", "PJSIP/1001000001@carrier", "Echo", "");
            simulation.Pass(5);
            await ami.Drain();
            simulation.Server.Kill();
            Assert.Null(await ami.Read());
        }
        var record = Assert.Single(simulation.Network.Log.Calls);
        Assert.NotNull(record.Ended);
        Assert.Equal((0, 0), (simulation.Server.ChannelCount, simulation.Network.ActiveCalls));
        simulation.Pass(10);
        simulation.Server.Start();
        Assert.Equal(endPoint, simulation.Server.AmiEndPoint);
        using var again = await RawAmi.LogIn(simulation.Server, "call");
        await Simulation.Originate(again, "call", "PJSIP/1001000001@carrier", "Echo", "");
        simulation.Pass(2);
        Assert.Contains(await again.Drain(), m => m.Event == "Newchannel" && m["Channel"] == "PJSIP/carrier-00000000");
    }

    [Fact]
    public async Task A_clean_stop_hangs_up_and_says_shutdown()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server);
        await Simulation.Originate(ami, "call", "PJSIP/1001000001@carrier", "Echo", "");
        simulation.Pass(5);
        await ami.Drain();
        simulation.Server.Stop();
        var last = new List<Message>();
        while (await ami.Read() is { } message) last.Add(message);
        Assert.Contains(last, m => m.Event == "Hangup");
        Assert.Equal("Cleanly", last[^1]["Shutdown"]);
    }

    [Fact]
    public async Task A_frozen_server_answers_nothing_until_it_thaws_and_then_tells_what_happened()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server);
        await Simulation.Originate(ami, "call", "PJSIP/1001020001@carrier", "Echo", "");
        await ami.Drain();
        simulation.Server.Freeze();
        await ami.Send("Action: Ping\nActionID: late");
        var reading = ami.Read();
        simulation.Pass(10);
        Assert.False(reading.IsCompleted);
        simulation.Server.Unfreeze();
        var heard = new List<Message> { (await reading)! };
        while (heard[^1]["ActionID"] != "late") heard.Add((await ami.Read())!);
        Assert.Contains(heard, m => m.Event == "Hangup");
    }

    [Fact]
    public async Task Calls_live_on_when_the_links_are_cut()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server);
        await Simulation.Originate(ami, "call", "PJSIP/1001000001@carrier", "Echo", "");
        simulation.Pass(5);
        await ami.Drain();
        simulation.Server.CutLinks();
        Assert.Null(await ami.Read());
        Assert.Equal(1, simulation.Server.ChannelCount);
        using var again = await RawAmi.LogIn(simulation.Server, "off");
        Assert.Equal("Channel Hungup", (await again.Do("Action: Hangup\nChannel: call"))["Message"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dropped_or_full_trunk_refuses_with_503(bool dropped)
    {
        await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(), s => s with { Trunks = [new TrunkConfig { Capacity = 1 }] }));
        using var ami = await RawAmi.LogIn(simulation.Server);
        if (dropped) simulation.Server.DropTrunk("carrier");
        else await Simulation.Originate(ami, "first", "PJSIP/1001000001@carrier", "Echo", "");
        simulation.Pass(2);
        await ami.Drain();
        await Simulation.Originate(ami, "call", "PJSIP/1001000002@carrier", "Echo", "");
        simulation.Pass(2);
        var heard = await ami.Drain();
        var hangup = heard.Single(m => m.Event == "Hangup");
        Assert.Equal(("34", "503", "CONGESTION"), (hangup["Cause"], hangup["TechCause"], heard.Single(m => m.Event == "DialEnd")["DialStatus"]));
        Assert.Equal(1, simulation.Server.Trunks[0].Refused);
        simulation.Server.RestoreTrunk("carrier");
    }

    [Theory]
    [InlineData("PJSIP/carrier", true, "NOT_INUSE")]
    [InlineData("PJSIP/carrier", false, "UNAVAILABLE")]
    [InlineData("PJSIP/nosuch", true, "INVALID")]
    public async Task The_state_of_a_trunk_is_told_to_whoever_asks(string device, bool reachable, string state)
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        simulation.Server.Qualify("carrier", reachable, told: false);
        Assert.Equal(state, (await ami.Do($"Action: Getvar\nVariable: DEVICE_STATE({device})"))["Value"]);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_is_cut_off_and_others_go_on()
    {
        await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(), s => s with { MaxBacklog = 100_000 }));
        using var deaf = await RawAmi.LogIn(simulation.Server);
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        for (var i = 0; simulation.Server.Counters.SlowReaders == 0 && i < 20_000; i++)
        {
            await Simulation.Originate(ami, $"call-{i}", "PJSIP/1101000001@carrier", "Wait", "1");
            simulation.Pass(2);
        }
        Assert.Equal(1, simulation.Server.Counters.SlowReaders);
        Assert.Equal("Pong", (await ami.Do("Action: Ping"))["Ping"]);
        Assert.Equal(1, simulation.Server.SessionCount);
    }
}
