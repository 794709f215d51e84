using System.Text.RegularExpressions;
using Carillon.Api.Tests.Running;
using Carillon.Network;

namespace Carillon.Api.Tests.Monitoring;

/// <summary>The dashboards and alerts of deploy/, against a real Prometheus that scrapes a node with a campaign at work.</summary>
[Collection(nameof(Alone))]
public sealed class PrometheusTests
{
    [PrometheusFact]
    public async Task Every_query_of_the_dashboards_and_alerts_is_understood_and_finds_what_a_node_at_work_tells()
    {
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 });
        var predictive = await node.Create("campaigns", new { name = "ahead", schedule = node.Schedule, queue = node.Queue, trunks = new[] { node.Trunk }, mode = "Predictive", channels = 50 });
        var progressive = await node.Campaign();
        foreach (var (campaign, first) in new[] { (predictive, 1_000_000), (progressive, 2_000_000) })
        {
            await node.Import(campaign, string.Concat(Enumerable.Range(first, 2000).Select(n => $"+7495{n}\n")));
            await node.StartCampaign(campaign);
        }
        await using var prometheus = await PrometheusServer.Start(node.Address);
        await prometheus.FindsAllThatDeployAsksFor();
    }

    [Fact]
    public void Every_query_names_only_metrics_and_the_alerts_say_what_to_do()
    {
        Assert.True(Deploy.DashboardQueries().Count > 30);
        Assert.All(Deploy.DashboardQueries().Concat(Deploy.AlertQueries()), query => Assert.Matches(Deploy.MetricName(), query));
        var alerts = File.ReadAllText(Path.Combine(Deploy.Folder, "prometheus", "alerts.yml"));
        Assert.Equal(Deploy.AlertQueries().Count, Regex.Count(alerts, "^ +action: ", RegexOptions.Multiline));
    }
}
