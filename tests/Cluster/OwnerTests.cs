using System.Net;
using System.Net.Http.Json;
using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>What an activation can still do that the cluster no longer knows.</summary>
[Collection(PostgresCollection.Name)]
public class OwnerTests(Postgres postgres)
{
    [Fact]
    public async Task A_campaign_that_another_node_has_taken_over_stores_no_status_and_steps_down()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 1, agents: 1));
        // It talks until it is hung up, so that the campaign does not finish by itself.
        await center.AddLeads("100100", 1);
        var node = await center.Add(InnerNode.Start(center));
        await node.Campaign("start");
        await node.Campaign("pause");
        var statuses = center.Get<CampaignStatusStore>();

        // As a node does that takes this one, which stands still, for dead.
        await statuses.TakeAsync(Center.Spring);
        using var refused = await (await node.Admin()).PostAsJsonAsync($"/api/v1/campaigns/{Center.Spring}/stop", new { });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("another node", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Paused, (await statuses.GetAsync(Center.Spring))!.Status);
        // The next activation takes it anew.
        await GrainNode.Until(
            async () => (await (await node.Admin()).PostAsJsonAsync($"/api/v1/campaigns/{Center.Spring}/stop", new { })).StatusCode, s => s == HttpStatusCode.OK);
        Assert.Equal(CampaignStatus.Stopped, (await statuses.GetAsync(Center.Spring))!.Status);
    }
}
