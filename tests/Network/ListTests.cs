namespace Carillon.Network.Tests;

/// <summary>List actions with the keys and the order of a real Asterisk 22.</summary>
public sealed class ListTests
{
    const string Snapshot = "Channel ChannelState ChannelStateDesc CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Language AccountCode Context Exten Priority Uniqueid Linkedid";

    [Fact]
    public async Task QueueStatus_lists_parameters_members_and_callers()
    {
        await using var simulation = new Simulation(Simulation.WithAgents(Simulation.Plain(agents: 2), a => a with { Ignores = 1 }));
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        for (var i = 0; i < 3; i++) await Simulation.Originate(ami, $"call-{i}", "PJSIP/1001000001@carrier", "Queue", "sales");
        simulation.Pass(4);
        var rows = await List(ami, "Action: QueueStatus\nActionID: q1", "Queue status will follow");
        Assert.Equal(["QueueParams", "QueueMember", "QueueMember", "QueueEntry", "QueueEntry", "QueueEntry", "QueueStatusComplete"], rows.Select(r => r.Event));
        Assert.Equal("Event Queue Max Strategy Calls Holdtime TalkTime Completed Abandoned ServiceLevel ServicelevelPerf ServicelevelPerf2 Weight ActionID", rows[0].Keys);
        Assert.Equal("Event Queue Name Location StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Wrapuptime ActionID", rows[1].Keys);
        Assert.Equal("Event Queue Position Channel Uniqueid CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Wait Priority ActionID", rows[3].Keys);
        Assert.Equal(("6", "3"), (rows[6]["ListItems"], rows[0]["Calls"]));
        Assert.All(rows, r => Assert.Equal("q1", r["ActionID"]));
        Assert.Equal(["6", "6"], rows.Where(r => r.Event == "QueueMember").Select(r => r["Status"]));
    }

    [Fact]
    public async Task An_unknown_queue_is_an_empty_list()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        Assert.Equal("0", Assert.Single(await List(ami, "Action: QueueStatus\nQueue: nosuch", "Queue status will follow"))["ListItems"]);
    }

    [Fact]
    public async Task CoreShowChannels_and_Status_list_every_channel()
    {
        await using var simulation = new Simulation(Simulation.Plain(agents: 1));
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        await Simulation.Originate(ami, "call", "PJSIP/1001000001@carrier", "Queue", "sales");
        simulation.Pass(30);
        var channels = await List(ami, "Action: CoreShowChannels\nActionID: c1", "Channels will follow");
        Assert.Equal(3, channels.Count);
        Assert.Equal($"Event ActionID {Snapshot} Application ApplicationData Duration BridgeId", channels[0].Keys);
        Assert.Equal(channels[0]["BridgeId"], channels[1]["BridgeId"]);
        Assert.Equal(["call", "call"], channels.Take(2).Select(c => c["Linkedid"]));
        Assert.Equal("2", channels[2]["ListItems"]);
        var status = await List(ami, "Action: Status\nActionID: s1", "Channel status will follow");
        Assert.Equal($"Event Privilege {Snapshot} Type DNID EffectiveConnectedLineNum EffectiveConnectedLineName TimeToHangup BridgeID Application Data Nativeformats Readformat Readtrans "
            + "Writeformat Writetrans Callgroup Pickupgroup Seconds ActionID", status[0].Keys);
        Assert.Equal("Event ActionID EventList ListItems Items", status[2].Keys);
        Assert.Equal("1", (await List(ami, "Action: BridgeList", "Bridge listing will follow"))[^1]["ListItems"]);
    }

    [Fact]
    public async Task A_pattern_hangs_up_what_matches_and_lists_it()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        await Simulation.Originate(ami, "one", "PJSIP/1001000001@carrier", "Echo", "");
        await Simulation.Originate(ami, "two", "PJSIP/1001000002@carrier", "Echo", "");
        simulation.Pass(3);
        var rows = await List(ami, "Action: Hangup\nActionID: h1\nChannel: /^PJSIP.*/", "Channels hung up will follow");
        Assert.Equal(["ChannelHungup", "ChannelHungup", "ChannelsHungupListComplete"], rows.Select(r => r.Event));
        Assert.Equal("Event Channel ActionID", rows[0].Keys);
        Assert.Equal(0, simulation.Server.ChannelCount);
    }

    [Fact]
    public async Task A_pause_is_told_with_the_keys_of_each_version()
    {
        foreach (var (version, last) in new[] { (AsteriskVersion.V22, "Wrapuptime"), (AsteriskVersion.V16, "Reason") })
        {
            await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(agents: 1), s => s with { Version = version }));
            using var ami = await RawAmi.LogIn(simulation.Server, "agent");
            await ami.Do("Action: QueuePause\nInterface: PJSIP/9001\nPaused: true\nReason: lunch");
            var paused = Assert.Single(await ami.Drain());
            Assert.Equal(("QueueMemberPause", "1", "lunch", last), (paused.Event, paused["Paused"], paused["PausedReason"], paused.Headers[^1].Key));
        }
    }

    [Fact]
    public async Task A_command_that_is_not_known_says_so_in_its_output()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server, "off");
        Assert.StartsWith("Asterisk 22", (await ami.Do("Action: Command\nCommand: core show version"))["Output"], StringComparison.Ordinal);
        var unknown = await ami.Do("Action: Command\nCommand: foo bar");
        Assert.Equal("No such command 'foo bar' (type 'core show help foo bar' for other possible commands)", unknown["Output"]);
    }

    static async Task<List<Message>> List(RawAmi ami, string action, string message)
    {
        var response = await ami.Do(action);
        Assert.Equal(("Success", "start", message), (response["Response"], response["EventList"], response["Message"]));
        var rows = new List<Message>();
        do rows.Add(await ami.Read() ?? throw new EndOfStreamException());
        while (rows[^1]["EventList"] != "Complete");
        return rows;
    }
}
