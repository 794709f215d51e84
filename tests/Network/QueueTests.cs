namespace Carillon.Network.Tests;

public sealed class QueueTests
{
    [Fact]
    public async Task A_phone_that_talks_on_one_server_is_busy_on_all()
    {
        await using var simulation = new Simulation(Simulation.Plain(agents: 1, servers: 2));
        using var first = await RawAmi.LogIn(simulation.Network.Servers[0], "off");
        using var second = await RawAmi.LogIn(simulation.Network.Servers[1], "agent");
        await Simulation.Originate(first, "call", "PJSIP/1001000001@carrier", "Queue", "sales");
        simulation.Pass(20);
        Assert.Equal(["6", "2"], (await second.Drain()).Where(m => m.Event == "QueueMemberStatus").Select(m => m["Status"]));
        Assert.True(simulation.Network.Agents[0].Phone.IsBusy);
    }

    [Fact]
    public async Task A_member_in_wrapup_gets_no_call_and_no_event_marks_its_end()
    {
        var config = Simulation.WithServer(Simulation.Plain(agents: 1), s => s with { Queues = [new QueueConfig { Name = "sales", WrapUpTime = TimeSpan.FromSeconds(60) }] });
        await using var simulation = new Simulation(Simulation.WithAgents(config, a => a with { WrapUp = TimeSpan.Zero, AnswerDelay = TimeSpan.Zero }));
        using var ami = await RawAmi.LogIn(simulation.Server, "agent");
        await Simulation.Originate(ami, "one", "PJSIP/1001050001@carrier", "Queue", "sales");
        simulation.Pass(10);
        Assert.Equal("1", (await ami.Drain()).Last(m => m.Event == "QueueMemberStatus")["CallsTaken"]);
        await Simulation.Originate(ami, "two", "PJSIP/1001000001@carrier", "Queue", "sales");
        simulation.Pass(50);
        Assert.DoesNotContain(await ami.Drain(), m => m.Event is "AgentCalled" or "QueueMemberStatus");
        simulation.Pass(12);
        Assert.Contains(await ami.Drain(), m => m.Event == "AgentConnect" && m["Uniqueid"] == "two");
    }

    [Fact]
    public async Task An_agent_pauses_himself_for_his_own_wrapup()
    {
        await using var simulation = new Simulation(Simulation.WithAgents(Simulation.Plain(agents: 1), a => a with { AnswerDelay = TimeSpan.Zero, WrapUpVariation = 0 }));
        using var ami = await RawAmi.LogIn(simulation.Server, "agent");
        await Simulation.Originate(ami, "one", "PJSIP/1001050001@carrier", "Queue", "sales");
        simulation.Pass(15);
        Assert.Equal("wrapup", (await ami.Drain()).Single(m => m.Event == "QueueMemberPause")["PausedReason"]);
        simulation.Pass(10);
        Assert.Equal("0", (await ami.Drain()).Single(m => m.Event == "QueueMemberPause")["Paused"]);
    }

    [Fact]
    public async Task Members_take_turns()
    {
        await using var simulation = new Simulation(Simulation.WithAgents(Simulation.Plain(agents: 3), a => a with { AnswerDelay = TimeSpan.Zero }));
        using var ami = await RawAmi.LogIn(simulation.Server, "agent");
        using var originator = await RawAmi.LogIn(simulation.Server, "off");
        for (var i = 0; i < 3; i++)
        {
            await Simulation.Originate(originator, $"call-{i}", "PJSIP/1001000001@carrier", "Queue", "sales");
            simulation.Pass(3);
        }
        Assert.Equal(["PJSIP/9001", "PJSIP/9002", "PJSIP/9003"], (await ami.Drain()).Where(m => m.Event == "AgentConnect").Select(m => m["Interface"]));
    }

    [Fact]
    public async Task The_log_knows_who_talked_and_who_was_abandoned()
    {
        await using var simulation = new Simulation(Simulation.WithAgents(Simulation.Plain(agents: 1), a => a with { AnswerDelay = TimeSpan.Zero }));
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        await Simulation.Originate(ami, "served", "PJSIP/1001300001@carrier", "Queue", "sales");
        simulation.Pass(2);
        await Simulation.Originate(ami, "lost", "PJSIP/1001050002@carrier", "Queue", "sales");
        simulation.Pass(60);
        var calls = simulation.Network.Log.Calls.ToDictionary(c => c.UniqueId);
        Assert.Equal(("9001", false), (calls["served"].Agent, calls["served"].Abandoned));
        Assert.Equal((null, true), (calls["lost"].Agent, calls["lost"].Abandoned));
        Assert.Equal((2, 1, 1, 1), (simulation.Network.Log.Answered, simulation.Network.Log.Connected, simulation.Network.Log.Abandoned, simulation.Network.Agents[0].CallsTaken));
    }

    [Fact]
    public async Task A_duplicate_channel_id_fails_under_the_live_calls_name()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server, "call");
        await Simulation.Originate(ami, "same", "PJSIP/1001000001@carrier", "Echo", "");
        simulation.Pass(3);
        await ami.Drain();
        await Simulation.Originate(ami, "same", "PJSIP/1101000001@carrier", "Echo", "");
        simulation.Pass(3);
        var only = Assert.Single(await ami.Drain());
        Assert.Equal(("OriginateResponse", "Failure", "0", "same", "<unknown>"), (only.Event, only["Response"], only["Reason"], only["Uniqueid"], only["CallerIDNum"]));
        Assert.Equal(1, simulation.Server.ChannelCount);
    }

    [Fact]
    public async Task A_timeout_on_16_has_cause_0_and_no_sip_code()
    {
        await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(), s => s with { Version = AsteriskVersion.V16 }));
        using var ami = await RawAmi.LogIn(simulation.Server);
        await Simulation.Originate(ami, "call", "PJSIP/1200000001@carrier", "Wait", "1", timeout: 2000);
        simulation.Pass(5);
        var heard = await ami.Drain();
        var hangup = heard.Single(m => m.Event == "Hangup");
        Assert.Equal(("0", false, "FAILED"), (hangup["Cause"], hangup.Has("TechCause"), heard.Single(m => m.Event == "Cdr")["Disposition"]));
        Assert.DoesNotContain(heard, m => m.Event == "DialEnd");
        Assert.Equal("3", heard.Single(m => m.Event == "OriginateResponse")["Reason"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_redirected_caller_leaves_the_queue_and_goes_on_elsewhere(int agents)
    {
        await using var simulation = new Simulation(Simulation.WithAgents(Simulation.Plain(agents), a => a with { AnswerDelay = TimeSpan.Zero }));
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        await Simulation.Originate(ami, "call", "PJSIP/1001000001@carrier", "Queue", "sales");
        simulation.Pass(5);
        Assert.Equal("Redirect successful", (await ami.Do("Action: Redirect\nChannel: call\nContext: dialer\nExten: short\nPriority: 1"))["Message"]);
        Assert.Equal(1, simulation.Server.ChannelCount);
        simulation.Pass(3);
        Assert.Equal(0, simulation.Server.ChannelCount);
        Assert.Equal("0", (await ami.Do("Action: CoreStatus"))["CoreCurrentCalls"]);
    }

    [Fact]
    public async Task Speed_shortens_every_delay_of_a_call()
    {
        await using var simulation = new Simulation(Simulation.Plain() with { Speed = 10 });
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        await Simulation.Originate(ami, "call", "PJSIP/1010200001@carrier", "Echo", "");
        simulation.Pass(3.1);
        var call = Assert.Single(simulation.Network.Log.Calls);
        Assert.Equal((1.0, 3.0), (Seconds(call.Answered), Seconds(call.Ended)));

        double Seconds(DateTimeOffset? at) => Math.Round((at - call.Placed)!.Value.TotalSeconds, 2);
    }

    [Fact]
    public async Task The_log_keeps_as_many_calls_as_it_may_and_writes_all_of_them()
    {
        var file = Path.GetTempFileName();
        await using (var simulation = new Simulation(Simulation.Plain() with { Log = new NetworkLogConfig(Capacity: 3, file) }))
        {
            using var ami = await RawAmi.LogIn(simulation.Server, "off");
            for (var i = 0; i < 5; i++) await Simulation.Originate(ami, $"call-{i}", $"PJSIP/110100000{i}@carrier", "Echo", "");
            simulation.Pass(5);
            Assert.Equal((3, 5L), (simulation.Network.Log.Calls.Count, simulation.Network.Log.Ended));
        }
        Assert.Equal(5, File.ReadLines(file).Count());
        File.Delete(file);
    }

    [Fact]
    public async Task An_agent_through_a_local_channel_talks_to_the_customer()
    {
        await using var simulation = new Simulation(Simulation.Plain(agents: 1));
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        await Simulation.Originate(ami, "call", "Local/9001@agents", "Dial", "PJSIP/1001050001@carrier,30");
        simulation.Pass(60);
        var call = Assert.Single(simulation.Network.Log.Calls);
        Assert.Equal(("9001", true), (call.Agent, call.Ended - call.Connected == TimeSpan.FromSeconds(5)));
        Assert.Equal(0, simulation.Server.ChannelCount);
        Assert.False(simulation.Network.Agents[0].Phone.IsBusy);
    }
}
