using System.Globalization;
using System.Reflection;
using Carillon.Campaigns;
using Carillon.Hosting;
using Carillon.Servers;
using Carillon.Silo;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Api.Tests;

public class OptionsTests
{
    static readonly (string Section, object Defaults)[] Sections =
    [
        ("Node", new NodeOptions()), ("Storage", new StorageOptions()), ("Cluster", new ClusterOptions()), ("Api", new ApiOptions()), ("Servers", new ServerOptions()),
        ("Campaigns", new CampaignOptions()),
    ];

    [Fact]
    public void Every_setting_is_in_the_documents_table_with_its_default_and_nothing_else_is()
    {
        var documented = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "options.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|')).ToDictionary(c => c[1].Trim(' ', '`'), c => c[2].Trim(' ', '`'));
        var actual = Sections.SelectMany(s => s.Defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .Select(p => (Key: $"{s.Section}:{p.Name}", Default: Text(p.GetValue(s.Defaults))))).ToDictionary(o => o.Key, o => o.Default);

        Assert.Equal(actual.OrderBy(o => o.Key, StringComparer.Ordinal), documented.OrderBy(o => o.Key, StringComparer.Ordinal));
    }

    static string Text(object? value) => value switch
    {
        null => "none",
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
