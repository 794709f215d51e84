using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Numbers;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>The promises of docs/design.md, 5: each test tries to break one, and the network's own log says whether it did.</summary>
public class PromiseTests
{
    [Fact]
    public async Task A_number_that_two_campaigns_share_is_never_in_two_calls_at_once()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 10) with { Speed = 20 });
        var autumn = new CampaignId("autumn");
        var spring = (await dialer.Get<ConfigStore<CampaignConfig>>().GetAsync(Dialer.Spring.Value))!.Config;
        await dialer.Get<ConfigStore<CampaignConfig>>().InsertAsync(autumn.Value, spring with { Name = "Autumn" });
        var numbers = Enumerable.Range(0, 30).Select(i => $"+1002{i % 3 + 3:00}{i:0000}").ToArray();
        await dialer.AddLeads(numbers);
        foreach (var number in numbers) await dialer.Get<LeadStore>().AddAsync(autumn, new(number));

        await Task.WhenAll(dialer.Start(), dialer.Grains.Campaign(autumn).Start());
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        await Dialer.Until(() => dialer.Grains.Campaign(autumn).GetProgress(), p => p.Status == CampaignStatus.Finished);

        Assert.Equal(60, dialer.Network.Log.Calls.Count);
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
    }

    [Fact]
    public async Task A_number_on_a_do_not_call_list_is_not_called_and_its_lead_says_why()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 3) with { Speed = 20 });
        await dialer.AddLeads("+1001010001", "+1001010002", "+1001010003");
        await dialer.Get<DoNotCallStore>().AddAsync(new PhoneNumber("+1001010002"), null, "asked for it", "test");

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(["1001010001", "1001010003"], dialer.Network.Log.Calls.Select(c => c.Number).Order());
        var lead = (await dialer.Leads()).Single(l => l.Number.Value == "+1001010002");
        Assert.Equal(LeadStatus.Excluded, lead.Status);
        Assert.NotNull(lead.ExcludedBecause);
    }

    [Fact]
    public async Task Channel_and_calls_per_second_limits_hold()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 30) with { Speed = 10 }, c => c with { Channels = 12 });
        var trunks = dialer.Get<ConfigStore<Servers.TrunkConfig>>();
        foreach (var trunk in await trunks.ListAsync()) await trunks.UpdateAsync(trunk.Id, trunk.Config with { Channels = 4, CallsPerSecond = 5 }, null);
        foreach (var server in dialer.Servers) await dialer.Grains.Server(server).ConfigChanged();
        await dialer.AddLeads([.. Enumerable.Range(0, 60).Select(i => $"+1001030{i:000}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var calls = dialer.Network.Log.Calls;
        Assert.Equal(60, calls.Count);
        Assert.Empty(NetworkAudit.ChannelsOver(calls, 4, c => c.Server + c.Trunk));
        Assert.Empty(NetworkAudit.ChannelsOver(calls, 12, _ => "the campaign"));
        Assert.Empty(NetworkAudit.RateOver(calls, 5, c => c.Server + c.Trunk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_second_sees_more_calls_arrive_than_the_limit_also_when_the_server_takes_them_in_bursts(bool agentFirst)
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 60, agentsOnEveryServer: false) with { Speed = 10 }, c => c with { AgentFirst = agentFirst });
        var trunks = dialer.Get<ConfigStore<Servers.TrunkConfig>>();
        foreach (var trunk in await trunks.ListAsync()) await trunks.UpdateAsync(trunk.Id, trunk.Config with { CallsPerSecond = 10 }, null);
        foreach (var server in dialer.Servers) await dialer.Grains.Server(server).ConfigChanged();
        foreach (var server in dialer.Network.Servers) server.SlowReads = TimeSpan.FromMilliseconds(150);
        await dialer.AddLeads([.. Enumerable.Range(0, 100).Select(i => $"+1102{i:000000}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var calls = dialer.Network.Log.Calls;
        Assert.Equal(100, calls.Count);
        Assert.Empty(NetworkAudit.RateOver(calls, 10, c => c.Server));
    }

    [Fact]
    public async Task Once_stop_has_returned_nothing_new_is_dialed_and_running_calls_go_on()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 20) with { Speed = 10 });
        await dialer.AddLeads([.. Enumerable.Range(0, 200).Select(i => $"+1001900{i:000}")]);
        await dialer.Start();
        await dialer.Until(p => p.Talking > 3);

        var stopped = await dialer.Grains.Campaign(Dialer.Spring).Stop();
        var placed = (await dialer.Begun()).Count;
        var talking = (await dialer.Until(_ => true)).Talking;
        await Dialer.Until(() => dialer.Records(), r => r.Count >= placed);

        Assert.Equal(CampaignStatus.Stopped, stopped.Status);
        Assert.Equal(placed, dialer.Network.Log.Calls.Count);
        Assert.True(talking > 0);
        Assert.All(await dialer.Records(), r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
        Assert.Equal(200 - placed, (await dialer.Leads()).Count(l => l.Status == LeadStatus.New && l.NextAt is not null));
    }

    [Fact]
    public async Task Drained_a_campaign_waits_for_its_last_call_and_paused_it_goes_on_when_resumed()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 4) with { Speed = 20 });
        await dialer.AddLeads([.. Enumerable.Range(0, 12).Select(i => $"+1001600{i:000}")]);
        var campaign = dialer.Grains.Campaign(Dialer.Spring);
        await dialer.Start();
        await dialer.Until(p => p.Talking > 0);

        await campaign.Pause();
        var paused = (await dialer.Begun()).Count;
        await dialer.Until(p => p.Talking + p.Ringing + p.Dialing + p.Waiting == 0);
        Assert.Equal(paused, dialer.Network.Log.Calls.Count);
        await campaign.Resume();
        await dialer.Until(p => p.Talking > 0);
        await campaign.Drain();
        var drained = (await dialer.Begun()).Count;
        await dialer.Until(p => p.Status == CampaignStatus.Stopped);

        Assert.True(paused < drained);
        Assert.Equal(drained, dialer.Network.Log.Calls.Count);
        Assert.Equal(drained, (await dialer.Records()).Count);
    }

    [Fact]
    public async Task A_campaign_that_drains_knows_who_is_free()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 4) with { Speed = 10 });
        await dialer.AddLeads([.. Enumerable.Range(0, 12).Select(i => $"+1001000{i:000}")]);
        await dialer.Start();
        await dialer.Until(p => p.Talking == 4 && p.AgentsFree == 0);
        await dialer.Grains.Campaign(Dialer.Spring).Drain();

        dialer.Network.Agents[0].LogOut();

        await dialer.Until(p => p.Status == CampaignStatus.Draining && p.AgentsLoggedIn == 3);
    }

    [Fact]
    public async Task Without_free_agents_there_are_no_calls_and_one_who_comes_back_gets_one()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        foreach (var agent in dialer.Network.Agents) agent.Pause("lunch");
        await dialer.AddLeads("+1001600001", "+1001600002");

        await dialer.Start();
        var busy = await dialer.Until(p => p.AgentsLoggedIn == 2 && p.AgentsFree == 0);
        Assert.Contains("busy", busy.Why, StringComparison.Ordinal);
        Assert.Empty(dialer.Network.Log.Calls);
        dialer.Network.Agents[0].Unpause();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Empty(NetworkAudit.ChannelsOver(dialer.Network.Log.Calls, 1, _ => "the only agent"));
        Assert.All(await dialer.Records(), r => Assert.Equal("PJSIP/9001", r.Agent?.Value));
    }

    [Fact]
    public async Task One_call_for_each_free_agent_leaves_nobody_abandoned()
    {
        var network = NetworkConfig.Of(servers: 2, agents: 6, agentsOnEveryServer: false) with { Speed = 10 };
        network = network with
        {
            Agents = [.. network.Agents.Select(a => a with { WrapUp = TimeSpan.Zero })],
            Servers = [.. network.Servers.Select(s => s with { Queues = [.. s.Queues.Select(q => q with { WrapUpTime = TimeSpan.FromSeconds(3) })] })],
        };
        await using var dialer = await Dialer.Start(network);
        var queues = dialer.Get<ConfigStore<Queues.QueueConfig>>();
        await queues.UpdateAsync(Dialer.Sales.Value, (await queues.GetAsync(Dialer.Sales.Value))!.Config with { WrapUp = TimeSpan.FromSeconds(0.3) }, null);
        await dialer.Grains.Queue(Dialer.Sales).ConfigChanged();
        await dialer.AddLeads([.. Enumerable.Range(0, 24).Select(i => $"+1001{i % 5 + 40:00}{i:0000}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Empty(NetworkAudit.ChannelsOver(dialer.Network.Log.Calls, 6, _ => "all agents"));
        Assert.Empty(NetworkAudit.ChannelsOver(dialer.Network.Log.Calls, 3, c => c.Server));
        Assert.All(await dialer.Records(), r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
        Assert.All(await dialer.Records(), r => Assert.NotNull(r.BridgedAt));
    }
}
