using Carillon.Network;

namespace Carillon.Demo;

/// <summary>The telephone network of the demo: two servers, twenty agents who are members of the queue on both, and talks short enough to watch.</summary>
static class DemoNetwork
{
    public const int Agents = 20;

    // No more than README.md tells people to grant.
    static readonly AmiUser User = new()
    {
        Read = EventClass.System | EventClass.Call | EventClass.Agent,
        Write = EventClass.Originate | EventClass.Call | EventClass.Agent | EventClass.Reporting,
    };

    public static TelephoneNetwork Start(double speed)
    {
        var network = NetworkConfig.Of(servers: 2, agents: Agents, trunkCapacity: 60);
        return new TelephoneNetwork(network with { Servers = [.. network.Servers.Select(s => s with { Users = [User] })], Speed = speed, Log = new(Capacity: 1), Fates = Fates }).Start();
    }

    static readonly FateConfig Fates = new()
    {
        // The sample's numbers are made-up ones, whose first digits say nothing.
        ByPrefix = false,
        LongTalk = TimeSpan.FromSeconds(80),
        LongTalkVariation = 0.5,
    };
}
