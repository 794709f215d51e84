using System.Text.RegularExpressions;

namespace Carillon.Network.Tests;

/// <summary>
/// The main outcomes against excerpts of what a real Asterisk 22 sent for the same Originate: every event with every key in its order, and the values that do
/// not depend on the run. Files hold one event a line; * stands for a value of the run. Left out of both: VarSet, the trunk's and queue members' device states.
/// </summary>
public sealed partial class RecordedCallsTests
{
    /// <summary>Events whose place among the others differs between runs of real servers.</summary>
    static readonly HashSet<string> Movable = ["OriginateResponse", "Cdr", "DeviceStateChange", "QueueMemberStatus", "DialEnd", "DialState", "BridgeCreate", "MusicOnHoldStop", "Hangup"];

    static readonly HashSet<string> Steady =
    [
        "ChannelState", "ChannelStateDesc", "DestChannelState", "DestChannelStateDesc", "Cause", "Cause-txt", "TechCause", "Reason", "Response", "DialStatus", "Status",
        "State", "Application", "AppData", "Position", "Count", "OriginalPosition", "Context", "Exten", "Priority", "DestContext", "DestExten", "DestPriority", "Language",
        "DestLanguage", "AccountCode", "DestAccountCode", "BridgeNumChannels", "BridgeType", "BridgeTechnology", "BridgeCreator", "BridgeName", "BridgeVideoSourceMode",
        "Class", "Disposition", "Paused", "Membership", "Privilege", "AMAFlags", "CID-CallingPres", "Extension",
    ];

    [Theory]
    [InlineData("busy", "PJSIP/1101000001@carrier", "Wait", "1", 30000, "")]
    [InlineData("early_hangup", "PJSIP/1701000001@carrier", "Wait", "30", 30000, "")]
    [InlineData("wait_ends", "PJSIP/1001300001@carrier", "Wait", "1", 30000, "")]
    [InlineData("unknown_endpoint", "PJSIP/1101000001@nosuch", "Wait", "1", 30000, "")]
    [InlineData("originate_times_out", "PJSIP/1200000001@carrier", "Wait", "1", 2000, "")]
    [InlineData("caller_hangs_up_after_talk", "PJSIP/1001020001@carrier", "Queue", "support,,,,30", 30000, "9101")]
    [InlineData("caller_abandons", "PJSIP/1001030001@carrier", "Queue", "support,,,,30", 30000, "")]
    [InlineData("queue_times_out", "PJSIP/1001300001@carrier", "Queue", "sales,,,,3", 30000, "")]
    [InlineData("agent_does_not_answer", "PJSIP/1001300001@carrier", "Queue", "sales,,,,3", 30000, "9201")]
    [InlineData("agent_first_talk", "PJSIP/9501", "Dial", "PJSIP/1001030001@carrier,20", 30000, "")]
    [InlineData("agent_first_busy", "PJSIP/9501", "Dial", "PJSIP/1101000001@carrier,20", 30000, "")]
    [InlineData("agent_first_no_answer", "PJSIP/9501", "Dial", "PJSIP/1200000001@carrier,3", 30000, "")]
    public async Task A_call_sends_what_a_real_server_sent(string recording, string channel, string application, string data, int timeout, string member)
    {
        await using var simulation = new Simulation(Lab(member, data.Split(',')[0]));
        using var ami = await RawAmi.LogIn(simulation.Server);
        await Simulation.Originate(ami, "call", channel, application, data, timeout);
        simulation.Pass(40);
        Compare(recording, await ami.Drain());
    }

    [Fact]
    public async Task A_ringing_call_that_is_hung_up_sends_what_a_real_server_sent()
    {
        await using var simulation = new Simulation(Lab("", ""));
        using var ami = await RawAmi.LogIn(simulation.Server);
        await Simulation.Originate(ami, "call", "PJSIP/1200000001@carrier", "Wait", "1");
        simulation.Pass(1);
        await ami.Send("Action: Hangup\nChannel: call");
        Compare("hung_up_while_ringing", await ami.Drain());
    }

    /// <summary>As the laboratory is set up: channelvars, queues sales and support, phones that answer after a second, never, or at once.</summary>
    static NetworkConfig Lab(string member, string queue) => Simulation.WithServer(Simulation.Plain(), server => server with
    {
        ChannelVariables = ["DIALER_ATTEMPT", "DIALER_CAMPAIGN"],
        Queues = [new QueueConfig { Name = "sales", MemberTimeout = TimeSpan.FromSeconds(12) }, new QueueConfig { Name = "support", MemberTimeout = TimeSpan.FromSeconds(12) }],
    }) with
    {
        Agents =
        [
            Phone("9101", TimeSpan.FromSeconds(1), 0, member, queue), Phone("9201", TimeSpan.FromSeconds(1), 1, member, queue), Phone("9501", TimeSpan.Zero, 0, member, queue),
        ],
    };

    static AgentConfig Phone(string endpoint, TimeSpan answers, double ignores, string member, string queue) =>
        new() { Endpoint = endpoint, Name = $"Agent {endpoint}", AnswerDelay = answers, Ignores = ignores, Queues = endpoint == member ? [queue] : [], WrapUp = TimeSpan.Zero };

    static void Compare(string recording, IEnumerable<Message> messages)
    {
        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Recordings", recording + ".txt"));
        var actual = messages.Where(m => m.Event.Length > 0 && m.Event != "VarSet" && m["Device"] != "PJSIP/carrier").Select(Line).ToArray();
        Assert.Equal(Lines(Backbone(expected)), Lines(Backbone(actual)));
        Assert.Equal(Lines(expected.Order(StringComparer.Ordinal)), Lines(actual.Order(StringComparer.Ordinal)));
    }

    static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    static IEnumerable<string> Backbone(IEnumerable<string> lines) => lines.Where(l => !Movable.Contains(l[..l.IndexOf(' ')]));

    static string Line(Message message) => message.Event + " " + string.Join('|', message.Headers.Skip(1).Select(h =>
    {
        var key = Argument().Replace(h.Key, "");
        return $"{key}={(Steady.Contains(key) && !IsRacing(message.Event, key) ? h.Value : "*")}";
    }));

    /// <summary>DialState and Newstate, DialEnd and Newexten come from two threads: either value is seen.</summary>
    static bool IsRacing(string name, string key) =>
        name == "DialState" && key.StartsWith("DestChannelState", StringComparison.Ordinal) || name == "DialEnd" && key == "DestExten";

    [GeneratedRegex(@"\(.*\)")]
    private static partial Regex Argument();
}
