namespace Carillon.Network.Tests;

public sealed class LoadTests
{
    [Fact]
    public async Task Ten_thousand_held_calls_and_350_new_ones_a_second_keep_every_promise()
    {
        const int servers = 20;
        var config = NetworkConfig.Of(servers, agents: 100, agentsOnEveryServer: false) with { Tick = TimeSpan.FromMilliseconds(5) };
        await using var simulation = new Simulation(config);
        var links = new List<RawAmi>();
        foreach (var server in simulation.Network.Servers) links.Add(await RawAmi.LogIn(server, "off"));
        for (var i = 0; i < 10_000; i++) await Send(links, i, "PJSIP/" + $"1001{0:00}{i:000000}" + "@carrier", "Echo", "");
        await Settle(links);
        simulation.Pass(3);
        Assert.Equal(10_000, simulation.Network.ActiveCalls);

        for (var second = 0; second < 10; second++)
        {
            for (var tenth = 0; tenth < 10; tenth++)
            {
                for (var i = 0; i < 35; i++)
                {
                    var n = 10_000 + second * 350 + tenth * 35 + i;
                    await Send(links, n, $"PJSIP/7916{n:0000000}@carrier", "Queue", "sales,,,,20");
                }
                await Settle(links);
                simulation.Pass(0.1);
            }
        }
        simulation.Pass(7200);
        var calls = simulation.Network.Log.Calls;
        Assert.Equal(13_500, calls.Count);
        Assert.Equal(10_000, simulation.Network.ActiveCalls);
        Assert.Equal(3_500, simulation.Network.Log.Ended);
        Assert.True(simulation.Network.Log.Connected > 100);
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(calls));
        var paced = calls.Where(c => c.Number.StartsWith("7916", StringComparison.Ordinal)).ToList();
        Assert.Empty(NetworkAudit.RateOver(paced, 350, _ => "network"));
        Assert.Empty(NetworkAudit.ChannelsOver(calls, 1000, c => c.Server));
        foreach (var link in links) link.Dispose();
    }

    [Fact]
    public async Task The_same_seed_and_order_of_calls_make_the_same_events()
    {
        Assert.Equal(await Run(5), await Run(5));
        Assert.NotEqual(await Run(5), await Run(6));

        static async Task<string> Run(long seed)
        {
            await using var simulation = new Simulation(NetworkConfig.Of(1, agents: 3, seed));
            using var ami = await RawAmi.LogIn(simulation.Server);
            for (var i = 0; i < 40; i++) await Simulation.Originate(ami, $"call-{i}", $"PJSIP/7916{i:0000000}@carrier", "Queue", "sales,,,,20");
            simulation.Pass(900);
            return string.Join('\n', (await ami.Drain()).Where(m => m.Event.Length > 0 && m["ActionID"].Length == 0));
        }
    }

    static Task Send(List<RawAmi> links, int n, string channel, string application, string data) => links[n % links.Count].Send(
        $"Action: Originate\nActionID: a{n}\nChannel: {channel}\nChannelId: c{n}\nApplication: {application}\nData: {data}\nTimeout: 30000\nAsync: true");

    static async Task Settle(List<RawAmi> links)
    {
        foreach (var link in links) Assert.All(await link.Drain(), m => Assert.Equal("Success", m["Response"]));
    }
}
