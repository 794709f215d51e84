using Carillon.Network;

namespace Carillon.Demo;

/// <summary>The telephone network of the demo: two servers, twenty agents who are members of the queue on both, and talks short enough to watch.</summary>
static class DemoNetwork
{
    public const int Agents = 20;

    public static TelephoneNetwork Start(double speed) => new TelephoneNetwork(NetworkConfig.Of(servers: 2, agents: Agents, trunkCapacity: 60) with
    {
        Speed = speed,
        Log = new(Capacity: 1),
        Fates = new()
        {
            // The sample's numbers are made-up ones, whose first digits say nothing.
            ByPrefix = false,
            LongTalk = TimeSpan.FromSeconds(80),
            LongTalkVariation = 0.5,
        },
    }).Start();
}
