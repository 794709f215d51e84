using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Limits of trunks, servers and campaigns over a whole cluster of servers, by what the telephone network saw.</summary>
public class LimitTests
{
    const int Servers = 20, PerSecond = 5, TrunkChannels = 8, ServerChannels = 6, CampaignChannels = 90;

    [Fact]
    public async Task No_trunk_server_or_campaign_is_ever_over_its_limits_on_twenty_servers()
    {
        var network = NetworkConfig.Of(Servers, agents: 0) with { Speed = 10 };
        await using var dialer = await Dialer.Start(network, c => c with
        {
            Queue = null,
            Mode = PacingMode.Agentless,
            Agentless = new() { Message = "offer" },
            Channels = CampaignChannels,
        });
        var (servers, trunks) = (dialer.Get<ConfigStore<Servers.ServerConfig>>(), dialer.Get<ConfigStore<Servers.TrunkConfig>>());
        foreach (var id in dialer.Servers)
        {
            await servers.UpdateAsync(id.Value, (await servers.GetAsync(id.Value))!.Config with { CallsPerSecond = PerSecond + 1, Channels = ServerChannels }, null);
            await trunks.UpdateAsync($"{id}-carrier", (await trunks.GetAsync($"{id}-carrier"))!.Config with { CallsPerSecond = PerSecond, Channels = TrunkChannels }, null);
            await dialer.Grains.Server(id).ConfigChanged();
        }
        await dialer.AddLeads([.. Enumerable.Range(0, 900).Select(i => i % 3 == 0 ? $"+1000000{i:000}" : i % 3 == 1 ? $"+1102000{i:000}" : $"+1200000{i:000}")]);
        foreach (var id in dialer.Servers) await Dialer.Until(() => dialer.Grains.Server(id).GetSnapshot(), s => s.State == ServerState.Online);

        await dialer.Start();
        await dialer.Until(p => p.Outcomes.Values.Sum() >= 500);
        await dialer.Grains.Campaign(Dialer.Spring).Stop();

        var calls = dialer.Network.Log.Calls;
        Assert.Equal(Servers, calls.Select(c => c.Server).Distinct().Count());
        Assert.Empty(NetworkAudit.ChannelsOver(calls, CampaignChannels, _ => "campaign"));
        Assert.Empty(NetworkAudit.ChannelsOver(calls, ServerChannels, c => c.Server));
        Assert.Empty(NetworkAudit.ChannelsOver(calls, TrunkChannels, c => $"{c.Server} {c.Trunk}"));
        Assert.Empty(NetworkAudit.RateOver(calls, PerSecond, c => $"{c.Server} {c.Trunk}"));
        // The limits were in force: each was reached.
        Assert.NotEmpty(NetworkAudit.ChannelsOver(calls, ServerChannels - 1, c => c.Server));
        Assert.NotEmpty(NetworkAudit.RateOver(calls, PerSecond - 1, c => $"{c.Server} {c.Trunk}"));
    }
}
