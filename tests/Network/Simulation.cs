using Carillon.TestKit;

namespace Carillon.Network.Tests;

/// <summary>A network on a clock that the test moves.</summary>
sealed class Simulation : IAsyncDisposable
{
    public Simulation(NetworkConfig config)
    {
        Time = new FakeTime();
        Network = new TelephoneNetwork(config, Time).Start();
    }

    public FakeTime Time { get; }
    public TelephoneNetwork Network { get; }
    public Server Server => Network.Servers[0];

    /// <summary>One server with a queue and agents who answer after a second without any chance in the order of events.</summary>
    public static NetworkConfig Plain(int agents = 0, int servers = 1) => NetworkConfig.Of(servers, agents) with
    {
        VaryOrder = false,
        Tick = TimeSpan.FromMilliseconds(1),
    };

    public static NetworkConfig WithServer(NetworkConfig config, Func<ServerConfig, ServerConfig> change) => config with { Servers = [.. config.Servers.Select(change)] };

    public static NetworkConfig WithAgents(NetworkConfig config, Func<AgentConfig, AgentConfig> change) => config with { Agents = [.. config.Agents.Select(change)] };

    public static async Task Originate(RawAmi ami, string channelId, string channel, string application, string data, int timeout = 30000, string more = "")
    {
        var response = await ami.Do($"Action: Originate\nActionID: {channelId}\nChannel: {channel}\nChannelId: {channelId}\nApplication: {application}\nData: {data}\n"
            + $"Timeout: {timeout}\nCallerID: \"Camp\" <5551000>\nAsync: true\nVariable: __DIALER_ATTEMPT={channelId}{more}");
        Assert.Equal("Originate successfully queued", response["Message"]);
    }

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public ValueTask DisposeAsync() => Network.DisposeAsync();
}
