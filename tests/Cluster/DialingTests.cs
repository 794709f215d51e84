using System.Net;
using System.Net.Http.Json;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>Several nodes are one dialer.</summary>
[Collection(PostgresCollection.Name)]
public class DialingTests(Postgres postgres)
{
    [Fact]
    public async Task A_campaign_dials_on_servers_of_all_nodes_and_every_node_serves_it()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 6, agents: 12) with { Speed = 10 });
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => center.Add(InnerNode.Start(center))));
        var visitor = await center.Add(InnerNode.Start(center, "--roles", "api"));
        foreach (var server in center.Servers) await visitor.UntilOnline(server);
        await center.AddLeads("100005", 60);

        await nodes[0].Campaign("start");
        await nodes[1].UntilTalking(1);
        await nodes[2].Campaign("pause");
        await visitor.UntilStatus(CampaignStatus.Paused);
        await visitor.Campaign("resume");
        await nodes[0].UntilStatus(CampaignStatus.Finished);

        var records = await center.Audit();
        Assert.Equal(60, records.Count);
        Assert.All(records, r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
        Assert.Equal(60, center.Network.Log.Calls.Count);
        Assert.Equal(6, center.Network.Log.Calls.Select(c => c.Server).Distinct().Count());
    }
}
