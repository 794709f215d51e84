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
        var network = NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 };
        network = network with { Servers = [.. network.Servers.Select(s => s with { Users = [new AmiUser { Read = EventClass.All & ~EventClass.Call }] })] };
        await using var dialer = await Dialer.Start(network);
        await dialer.AddLeads([.. Enumerable.Range(0, 100).Select(i => $"+1001050{i:000}")]);

        await dialer.Start();

        var server = await Dialer.Until(dialer.Grains.Server(new("pbx1")).GetSnapshot, s => s.Problem?.Contains("lacks 'call' in read=", StringComparison.Ordinal) == true);
        Assert.Equal(ServerState.Connecting, server.State);
        await dialer.Until(p => p.Outcomes.Values.Sum() >= 2 && p.Dialing + p.Ringing + p.Waiting + p.Talking == 0);
        Assert.Equal(dialer.Network.Log.Calls.Count, (await dialer.Records()).Count);
        Assert.DoesNotContain(await dialer.Leads(), l => l.Status == LeadStatus.Dialing);
        Assert.Contains(await dialer.Leads(), l => l.Status == LeadStatus.New);
    }
}
