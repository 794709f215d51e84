using System.Text.Json.Nodes;

namespace Carillon.Api.Tests.Monitoring;

/// <summary>The chart lets nobody from outside read what is for monitoring.</summary>
public sealed class ChartTests
{
    static readonly string Chart = Path.Combine(Deploy.Folder, "helm", "carillon");

    static string Template(string name) => File.ReadAllText(Path.Combine(Chart, "templates", name));

    [Fact]
    public void Metrics_and_health_are_routed_to_nobody_by_the_ingress()
    {
        var paths = Template("ingress.yaml");
        Assert.Contains("range list \"/metrics\" \"/health\"", paths, StringComparison.Ordinal);
        var nobody = paths[paths.IndexOf("kind: Service", StringComparison.Ordinal)..];
        Assert.Contains("-nobody", nobody, StringComparison.Ordinal);
        Assert.DoesNotContain("selector", nobody, StringComparison.Ordinal);
    }

    /// <summary>Networks of everybody would be a hole in the default.</summary>
    [Fact]
    public void Nobody_but_the_node_itself_scrapes_until_a_network_is_named()
    {
        Assert.Contains("\nmetricsTo: \"\"\n", File.ReadAllText(Path.Combine(Chart, "values.yaml")), StringComparison.Ordinal);
        Assert.DoesNotContain("httpGet: {path: /health/live", Template("_pod.tpl"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingress", "proxies")]
    [InlineData("serviceMonitor", "metricsTo")]
    public void What_is_switched_on_needs_its_networks(string part, string networks)
    {
        var rules = JsonNode.Parse(File.ReadAllText(Path.Combine(Chart, "values.schema.json")))!["allOf"]!.AsArray();
        var rule = Assert.Single(rules, r => r!["if"]!["properties"]![part] is not null)!;
        Assert.True(rule["if"]!["properties"]![part]!["properties"]!["enabled"]!["const"]!.GetValue<bool>());
        Assert.Equal(1, rule["then"]!["properties"]![networks]!["minLength"]!.GetValue<int>());
        Assert.Contains(networks, rule["then"]!["required"]!.AsArray().Select(n => n!.GetValue<string>()));
    }
}
