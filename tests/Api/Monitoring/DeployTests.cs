using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Carillon.Silo;
using Carillon.Storage;

namespace Carillon.Api.Tests.Monitoring;

/// <summary>What deploy/ holds fits the node: every setting that it names is one, and the chart's values are those that its schema knows.</summary>
public sealed partial class DeployTests
{
    static readonly Dictionary<string, Type> Sections = new(StringComparer.Ordinal)
    {
        ["Node"] = typeof(NodeOptions),
        ["Api"] = typeof(ApiOptions),
        ["Storage"] = typeof(StorageOptions),
        ["Cluster"] = typeof(Hosting.ClusterOptions),
    };

    static IEnumerable<string> Files() => Directory.EnumerateFiles(Deploy.Folder, "*", SearchOption.AllDirectories)
        .Append(Path.Combine(Deploy.Folder, "..", "docs", "security.md"))
        .Where(f => !f.Contains("asterisk-lab", StringComparison.Ordinal));

    [Fact]
    public void Every_setting_that_is_named_is_one_of_the_nodes()
    {
        var named = (from file in Files() from Match match in Setting().Matches(File.ReadAllText(file)) select (file, section: match.Groups[1].Value, key: match.Groups[2].Value)).Distinct().ToList();
        Assert.True(named.Count > 15);
        Assert.All(named, n => Assert.True(Sections[n.section].GetProperty(n.key) is not null, $"{Path.GetFileName(n.file)} names {n.section}:{n.key}, which is no setting."));
        var service = named.Where(n => n.file.EndsWith("carillon.env", StringComparison.Ordinal)).Select(n => $"{n.section}:{n.key}").ToList();
        Assert.Empty(((string[])["Cluster:Id", "Cluster:Address", "Cluster:SiloPort", "Cluster:GatewayPort", "Cluster:Roles", "Storage:ConnectionString", "Storage:PasswordFile"]).Except(service));
    }

    [Fact]
    public void The_chart_uses_only_values_that_its_schema_knows_and_each_has_a_default()
    {
        var chart = Path.Combine(Deploy.Folder, "helm", "carillon");
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(chart, "values.schema.json")))!;
        var values = File.ReadAllText(Path.Combine(chart, "values.yaml"));
        foreach (Match match in Directory.GetFiles(Path.Combine(chart, "templates")).SelectMany(f => Value().Matches(File.ReadAllText(f))))
        {
            var (first, second) = (match.Groups[1].Value, match.Groups[2].Value);
            var property = schema["properties"]![first];
            Assert.True(property is not null, $"{match.Value} is not in the schema.");
            Assert.Matches(new Regex($"^{first}:", RegexOptions.Multiline), values);
            if (second.Length == 0) continue;
            Assert.True(property["properties"]?[second] is not null, $"{match.Value} is not in the schema.");
            Assert.Matches(new Regex($"^{first}:\n(?: .*\n)*?  {second}:", RegexOptions.Multiline), values);
        }
        foreach (Match key in TopLevel().Matches(values)) Assert.NotNull(schema["properties"]![key.Groups[1].Value]);
    }

    [GeneratedRegex(@"\b(Node|Api|Storage|Cluster)(?:__|:)([A-Z]\w+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\.Values\.(\w+)(?:\.(\w+))?")]
    private static partial Regex Value();

    [GeneratedRegex(@"^(\w+):", RegexOptions.Multiline)]
    private static partial Regex TopLevel();
}
