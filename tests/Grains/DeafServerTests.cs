using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class DeafServerTests
{
    [Fact]
    public async Task A_server_whose_AMI_user_may_not_read_calls_says_so_is_dialed_on_no_more_and_leaves_no_lead_in_Dialing()
    {
        await using var dialer = await Deaf(EventClass.Call);
        await dialer.AddLeads([.. Enumerable.Range(0, 100).Select(i => $"+1001050{i:000}")]);

        await dialer.Start();

        await IsNamed(dialer, "call");
        await dialer.Until(p => p.Outcomes.Values.Sum() >= 2 && p.Dialing + p.Ringing + p.Waiting + p.Talking == 0);
        Assert.Equal(dialer.Network.Log.Calls.Count, (await dialer.Records()).Count);
        Assert.DoesNotContain(await dialer.Leads(), l => l.Status == LeadStatus.Dialing);
        Assert.Contains(await dialer.Leads(), l => l.Status == LeadStatus.New);
    }

    [Fact]
    public async Task A_server_whose_AMI_user_may_not_read_queues_says_so_with_its_first_talk_and_is_dialed_on_no_more()
    {
        await using var dialer = await Deaf(EventClass.Agent);
        // They talk until they are hung up.
        await dialer.AddLeads([.. Enumerable.Range(0, 100).Select(i => $"+1002000{i:000}")]);

        await dialer.Start();

        await IsNamed(dialer, "agent");
        var calls = dialer.Network.Log.Calls;
        Assert.InRange(calls.Count, 1, 2);
        foreach (var call in calls) await dialer.Grains.Server(new("pbx1")).Hangup(new(call.UniqueId));
        await dialer.Until(p => p.Dialing + p.Ringing + p.Waiting + p.Talking == 0);
        Assert.Equal(calls.Count, dialer.Network.Log.Calls.Count);
        Assert.DoesNotContain(await dialer.Leads(), l => l.Status == LeadStatus.Dialing);
    }

    static Task<Dialer> Deaf(EventClass to)
    {
        var network = NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 };
        return Dialer.Start(network with { Servers = [.. network.Servers.Select(s => s with { Users = [new AmiUser { Read = EventClass.All & ~to }] })] });
    }

    static async Task IsNamed(Dialer dialer, string missing)
    {
        var server = await Dialer.Until(dialer.Grains.Server(new("pbx1")).GetSnapshot, s => s.Problem?.Contains($"lacks '{missing}' in read=", StringComparison.Ordinal) == true);
        Assert.Equal(ServerState.Connecting, server.State);
    }
}
