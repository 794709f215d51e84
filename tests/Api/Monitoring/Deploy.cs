using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Carillon.TestKit;

namespace Carillon.Api.Tests.Monitoring;

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

    [GeneratedRegex(@"\b(carillon|orleans|http_server|dotnet)_[a-z0-9_]+|\bup\b")]
    public static partial Regex MetricName();

    // On one line, or on those below that stand further in.
    [GeneratedRegex(@"^ {8}expr: (?:\|\n)?((?:.|\n {10})+)", RegexOptions.Multiline)]
    private static partial Regex Expression();
}
