using System.Net;
using Carillon.Api.Tests.Monitoring;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Pacing;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>A cluster, seen from outside.</summary>
[Collection(PostgresCollection.Name)]
public class MonitoringTests(Postgres postgres)
{
    static readonly CampaignId Ahead = new("ahead");

    [PrometheusFact]
    public async Task Prometheus_finds_all_that_dashboards_and_alerts_ask_for_in_what_the_nodes_of_a_cluster_tell()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 2, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 });
        var configs = center.Get<ConfigStore<CampaignConfig>>();
        await configs.InsertAsync(Ahead.Value, (await configs.GetAsync(Center.Spring.Value))!.Config with { Name = "Ahead", Mode = PacingMode.Predictive });
        await center.AddLeads("749510", 2000);
        await center.Get<LeadStore>().ImportAsync(Ahead, Enumerable.Range(0, 2000).Select(i => new NewLead(i + 1, new($"+7495200{i:0000}"))).ToAsyncEnumerable());
        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => center.Add(OuterNode.Start(center, "00:10:00"))));
        foreach (var server in center.Servers) await nodes[0].UntilOnline(server);
        await nodes[0].Campaign("start");
        await nodes[1].Post($"campaigns/{Ahead}/start");

        await using var prometheus = await PrometheusServer.Start([.. nodes.Select(n => n.Url)]);

        await prometheus.FindsAllThatDeployAsksFor();
        await Wait.Until(async () => (await prometheus.Query("count(carillon_nodes_active == 2) == 2")).Count > 0);
        foreach (var node in nodes)
        {
            using var balancer = new HttpClient { BaseAddress = node.Url };
            using var ready = await balancer.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }
    }
}
