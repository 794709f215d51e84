using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Carillon.Api.Tests.Running;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Api.Tests.Monitoring;

/// <summary>The dashboards and alerts of deploy/, against a real Prometheus that scrapes a node with a campaign at work.</summary>
[Collection(nameof(Alone))]
public sealed partial class PrometheusTests
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
        await using var prometheus = await PrometheusServer.Start(node.Address, Path.Combine(Deploy.Folder, "prometheus", "alerts.yml"));
        // Once a call has been talked and ended, every part of the node has something to tell.
        await RunningNode.Until(async () => (await prometheus.Query("sum(carillon_call_talk_seconds_count) > 0")).Count > 0 && (await prometheus.Query("sum(rate(carillon_call_talk_seconds_count[1m])) > 0")).Count > 0);

        foreach (var query in Deploy.DashboardQueries())
            await RunningNode.Until(async () => (await prometheus.Query(query.Replace("$__rate_interval", "1m", StringComparison.Ordinal))).Count > 0, () => Task.FromResult($"Nothing is found by {query}"));

        foreach (var rule in (await prometheus.Get("rules"))["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()))
            Assert.True(rule!["lastError"] is null, $"{rule["name"]}: {rule["lastError"]}");
        var known = (await prometheus.Get("label/__name__/values")).AsArray().Select(n => n!.GetValue<string>()).ToHashSet();
        foreach (var query in Deploy.AlertQueries())
            foreach (Match name in MetricName().Matches(query)) Assert.Contains(name.Value, known);
    }

    [Fact]
    public void Every_query_names_only_metrics_and_the_alerts_say_what_to_do()
    {
        Assert.True(Deploy.DashboardQueries().Count > 30);
        Assert.All(Deploy.DashboardQueries().Concat(Deploy.AlertQueries()), query => Assert.Matches(MetricName(), query));
        var alerts = File.ReadAllText(Path.Combine(Deploy.Folder, "prometheus", "alerts.yml"));
        Assert.Equal(Deploy.AlertQueries().Count, Regex.Count(alerts, "^ +action: ", RegexOptions.Multiline));
    }

    [GeneratedRegex(@"\b(carillon|orleans|http_server|dotnet)_[a-z0-9_]+|\bup\b")]
    private static partial Regex MetricName();
}

/// <summary>What deploy/ holds.</summary>
static partial class Deploy
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy");

    public static IReadOnlyList<string> DashboardQueries() =>
    [
        .. from file in Directory.GetFiles(Path.Combine(Folder, "grafana", "dashboards"), "*.json")
           from panel in JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray()
           from target in panel!["targets"]!.AsArray()
           select target!["expr"]!.GetValue<string>(),
    ];

    public static IReadOnlyList<string> AlertQueries()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "prometheus", "alerts.yml"));
        return [.. Expression().Matches(text).Select(m => m.Groups[1].Value)];
    }

    // On one line, or on those below that stand further in.
    [GeneratedRegex(@"^ {8}expr: (?:\|\n)?((?:.|\n {10})+)", RegexOptions.Multiline)]
    private static partial Regex Expression();
}
