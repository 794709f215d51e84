using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Limits of trunks, servers and campaigns over a whole cluster of servers, by what the telephone network saw.</summary>
public class LimitTests
{
    const int Servers = 20, PerSecond = 3, TrunkChannels = 8, ServerChannels = 4, CampaignChannels = 90;

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
        // Calls go where most channels of the trunks are free, five to each server: every second one has not so many of its own.
        var small = dialer.Servers.Where((_, i) => i % 2 == 0).Select(s => s.Value).ToHashSet();
        foreach (var id in dialer.Servers)
        {
            await servers.UpdateAsync(id.Value, (await servers.GetAsync(id.Value))!.Config with { CallsPerSecond = PerSecond + 1, Channels = small.Contains(id.Value) ? ServerChannels : TrunkChannels }, null);
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
        Assert.Empty(NetworkAudit.ChannelsOver(calls.Where(c => small.Contains(c.Server)), ServerChannels, c => c.Server));
        Assert.Empty(NetworkAudit.ChannelsOver(calls, TrunkChannels, c => $"{c.Server} {c.Trunk}"));
        Assert.Empty(NetworkAudit.RateOver(calls, PerSecond, c => $"{c.Server} {c.Trunk}"));
        // The limits were in force: each was reached.
        Assert.NotEmpty(NetworkAudit.ChannelsOver(calls.Where(c => small.Contains(c.Server)), ServerChannels - 1, c => c.Server));
        Assert.NotEmpty(NetworkAudit.RateOver(calls, PerSecond - 1, c => $"{c.Server} {c.Trunk}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_campaign_never_starts_more_calls_in_a_second_than_its_own_limit_over_all_servers(bool agentFirst)
    {
        const int Rate = 4;
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 3, agents: 30) with { Speed = 20 }, c => c with
        {
            AgentFirst = agentFirst,
            Traffic = new() { CallsPerSecond = Rate },
        });
        await dialer.AddLeads([.. Enumerable.Range(0, 40).Select(i => $"+10010100{i:00}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(40, dialer.Network.Log.Calls.Count);
        Assert.Empty(NetworkAudit.RateOver(dialer.Network.Log.Calls, Rate, _ => "campaign"));
    }

    [Fact]
    public async Task Campaigns_that_share_agents_get_them_by_their_shares()
    {
        var autumn = new CampaignId("autumn");
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 6) with { Speed = 20 }, c => c with { Traffic = new() { Share = 4 } });
        var campaigns = dialer.Get<ConfigStore<CampaignConfig>>();
        await campaigns.InsertAsync(autumn.Value, (await campaigns.GetAsync(Dialer.Spring.Value))!.Config with { Name = "Autumn", Traffic = new() });
        await dialer.AddLeads([.. Enumerable.Range(0, 400).Select(i => $"+1001010{i:000}")]);
        foreach (var i in Enumerable.Range(400, 400)) await dialer.Get<Storage.LeadStore>().AddAsync(autumn, new($"+1001010{i:000}"));

        await dialer.Start();
        Assert.Null((await dialer.Grains.Campaign(autumn).Start()).Refusal);
        var before = dialer.Network.Log.Calls.Count;
        await Dialer.Until(() => Task.FromResult(dialer.Network.Log.Calls.Count), calls => calls >= before + 120);

        // Four to one; a slow machine that keeps a campaign from asking in time evens it out a little.
        var shares = dialer.Network.Log.Calls.Skip(before).GroupBy(c => string.CompareOrdinal(c.Number.TrimStart('+'), "1001010400") < 0).ToDictionary(g => g.Key, g => g.Count());
        Assert.InRange(shares[true], 2 * shares[false], 8 * shares[false]);
    }
}
