using System.Security.Cryptography;
using System.Text;

namespace Carillon.Network.Tests;

public sealed class LoginTests
{
    [Theory]
    [InlineData(AsteriskVersion.V22, "Asterisk Call Manager/11.0.0")]
    [InlineData(AsteriskVersion.V16, "Asterisk Call Manager/5.0.4")]
    public async Task The_banner_tells_the_version(AsteriskVersion version, string banner)
    {
        await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(), s => s with { Version = version }));
        using var ami = await RawAmi.Connect(simulation.Server.AmiEndPoint);
        Assert.Equal(banner, await ami.ReadBanner());
    }

    [Fact]
    public async Task A_challenge_is_answered_by_the_md5_of_challenge_and_secret()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.Connect(simulation.Server.AmiEndPoint);
        await ami.ReadBanner();
        var challenge = (await ami.Do("Action: Challenge\nActionID: 1\nAuthType: MD5"))["Challenge"];
#pragma warning disable CA5351 // AMI's challenge is defined on MD5.
        var key = Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(challenge + "dialer-secret")));
#pragma warning restore CA5351
        var login = await ami.Do($"Action: Login\nActionID: 2\nAuthType: MD5\nUsername: dialer\nKey: {key}");
        Assert.Equal("Response ActionID Message", login.Keys);
        Assert.Equal("Authentication accepted", login["Message"]);
        var booted = await ami.Read();
        Assert.Equal("Event Privilege Uptime LastReload Status", booted!.Keys);
        Assert.Equal("FullyBooted", booted.Event);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_after_a_second_and_the_link_closes()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.Connect(simulation.Server.AmiEndPoint);
        await ami.ReadBanner();
        await ami.Send("Action: Ping\n\nAction: Login\nActionID: 3\nUsername: dialer\nSecret: wrong");
        Assert.Equal("Permission denied", (await ami.Read())!["Message"]);
        await simulation.Time.WhenWaiting(1);
        while (simulation.Server.Counters.RefusedLogins == 0) await Task.Yield();
        simulation.Pass(1.1);
        Assert.Equal("Authentication failed", (await ami.Read())!["Message"]);
        Assert.Null(await ami.Read());
        Assert.Equal(1, simulation.Server.Counters.RefusedLogins);
    }

    [Theory]
    [InlineData("Action: NoSuch", "Invalid/unknown command: NoSuch. Use Action: ListCommands to show available commands.")]
    [InlineData("Action: Challenge\nAuthType: FOO", "Must specify AuthType")]
    [InlineData("Foo: bar", "Missing action in request")]
    [InlineData("Action: Hangup", "No channel specified")]
    [InlineData("Action: Hangup\nChannel: PJSIP/none-1", "No such channel")]
    [InlineData("Action: Hangup\nChannel: /(/", "Regex compile failed on: /(/")]
    [InlineData("Action: Events", "Invalid event mask")]
    [InlineData("Action: Getvar", "No variable specified")]
    [InlineData("Action: Originate\nApplication: Wait", "Channel not specified")]
    [InlineData("Action: Originate\nChannel: foo\nApplication: Wait", "Invalid channel")]
    [InlineData("Action: Originate\nChannel: PJSIP/1@carrier", "Originate with 'Exten' requires 'Context' and 'Priority'")]
    [InlineData("Action: Originate\nChannel: PJSIP/1@carrier\nContext: dialer\nExten: nosuch\nPriority: 1\nAsync: true", "Extension does not exist.")]
    [InlineData("Action: Originate\nChannel: PJSIP/1@carrier\nApplication: Wait\nTimeout: abc\nAsync: true", "Invalid timeout")]
    [InlineData("Action: QueueAdd\nQueue: nosuch\nInterface: PJSIP/9001", "Unable to add interface to queue: No such queue")]
    [InlineData("Action: QueueRemove\nQueue: sales\nInterface: PJSIP/9009", "Unable to remove interface: Not there")]
    [InlineData("Action: QueuePause\nQueue: sales\nInterface: PJSIP/9999\nPaused: true", "Interface not found")]
    [InlineData("Action: QueuePause\nInterface: PJSIP/9001", "Need 'Interface' and 'Paused' parameters.")]
    [InlineData("Action: Redirect\nChannel: none\nContext: dialer\nExten: wait\nPriority: 1", "Channel does not exist: none")]
    public async Task A_refusal_has_the_words_of_a_real_server(string action, string message)
    {
        await using var simulation = new Simulation(Simulation.Plain(agents: 1));
        using var ami = await RawAmi.LogIn(simulation.Server);
        var response = await ami.Do(action + "\nActionID: z9");
        Assert.Equal(("Error", "z9", message), (response["Response"], response["ActionID"], response["Message"]));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_action_works()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server);
        var response = await ami.Do($"Action: Ping\nActionID: z9\nFoo: {new string('y', 2000)}");
        Assert.Equal("Failed to parse message: line too long", response["Message"]);
        Assert.Equal("Pong", (await ami.Do("Action: Ping"))["Ping"]);
    }

    [Fact]
    public async Task An_action_outside_of_the_users_write_classes_is_denied()
    {
        await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(), s => s with
        {
            Users = [new AmiUser { Write = EventClass.Call | EventClass.Reporting }],
        }));
        using var ami = await RawAmi.LogIn(simulation.Server);
        Assert.Equal("Permission denied", (await ami.Do("Action: Originate\nChannel: PJSIP/1@carrier\nApplication: Wait\nAsync: true"))["Message"]);
        Assert.Equal("Success", (await ami.Do("Action: CoreStatus"))["Response"]);
    }

    [Theory]
    [InlineData("off", "")]
    [InlineData("call", "call,all")]
    [InlineData("agent,cdr", "agent,all cdr,all")]
    public async Task A_session_hears_only_the_classes_it_asked_for(string mask, string privileges)
    {
        await using var simulation = new Simulation(Simulation.Plain(agents: 1));
        using var ami = await RawAmi.LogIn(simulation.Server, mask);
        await Simulation.Originate(ami, "call", "PJSIP/1001020001@carrier", "Queue", "sales,,,,30");
        simulation.Pass(60);
        var heard = (await ami.Drain()).Where(m => m.Event.Length > 0).Select(m => m["Privilege"]).Distinct().Order();
        Assert.Equal(privileges, string.Join(' ', heard));
    }

    [Fact]
    public async Task A_filter_takes_events_away_by_name()
    {
        await using var simulation = new Simulation(Simulation.Plain());
        using var ami = await RawAmi.LogIn(simulation.Server);
        Assert.Equal("Success", (await ami.Do("Action: Filter\nOperation: Add\nFilter: !Event: Newstate"))["Message"]);
        await Simulation.Originate(ami, "call", "PJSIP/1001020001@carrier", "Wait", "1");
        simulation.Pass(5);
        var heard = await ami.Drain();
        Assert.DoesNotContain(heard, m => m.Event == "Newstate");
        Assert.Contains(heard, m => m.Event == "Newchannel");
    }

    [Fact]
    public async Task Over_the_authlimit_the_socket_closes_without_greeting()
    {
        await using var simulation = new Simulation(Simulation.WithServer(Simulation.Plain(), s => s with { AuthLimit = 1 }));
        using var first = await RawAmi.Connect(simulation.Server.AmiEndPoint);
        await first.ReadBanner();
        using var second = await RawAmi.Connect(simulation.Server.AmiEndPoint);
        Assert.Null(await second.Read());
        Assert.Equal(1, simulation.Server.Counters.RefusedConnections);
    }
}
