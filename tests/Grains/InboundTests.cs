using Carillon.Ami;
using Carillon.Campaigns;
using Carillon.Network;

namespace Carillon.Grains.Tests;

/// <summary>People who call the queue themselves come before those whom its campaigns would call.</summary>
public class InboundTests
{
    [Theory]
    [InlineData(PacingMode.Progressive)]
    [InlineData(PacingMode.Predictive)]
    [InlineData(PacingMode.Ratio)]
    public async Task Nobody_is_called_for_an_agent_for_whom_a_caller_waits(PacingMode mode)
    {
        // So slow that a caller, who looks for a free agent once a second, does not for five: the campaign decides several times meanwhile.
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 0.2 }, c => c with { Mode = mode });
        var (server, agents, campaign) = (dialer.Network.Servers[0], dialer.Network.Agents, dialer.Grains.Campaign(Dialer.Spring));
        foreach (var agent in agents) agent.Pause("lunch");
        await using var pbx = new AmiClient(new() { Host = "127.0.0.1", Port = server.AmiEndPoint.Port, Username = "dialer", Secret = "dialer-secret" });
        pbx.Start();
        await foreach (var signals in pbx.ReadAllAsync())
            if (signals.OfType<AmiConnected>().Any()) break;
        Assert.IsType<OriginateResult.Accepted>(await pbx.OriginateAsync(new() { Channel = "Local/queue@dialer", ChannelId = "caller", OtherChannelId = "caller-2", Application = "Wait", Data = "3600" }));
        await Dialer.Until(() => dialer.Grains.Queue(Dialer.Sales).GetSnapshot(), q => q.CallersWaiting == 1);
        await dialer.AddLeads(20);
        await dialer.Start();

        agents[0].Unpause();
        await Dialer.Until(campaign.GetPace, p => p.Now.AgentsFree == 1);
        Assert.Empty(await dialer.Begun());
        agents[1].Unpause();
        await Dialer.Until(() => dialer.Grains.Queue(Dialer.Sales).GetSnapshot(), q => q.CallersWaiting == 0);

        Assert.Single(await dialer.Begun());
    }
}
