using System.Text.RegularExpressions;
using Carillon.Network;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>Orleans names grains by their keys, in its lines and in exceptions; a subscriber's key is a telephone number.</summary>
[Collection(PostgresCollection.Name)]
public sealed partial class LogTests(Postgres postgres)
{
    [Theory]
    [InlineData("Simple", "subscriber/+1*******")]
    [InlineData("Json", @"subscriber/\u002B1*******")]
    public async Task No_line_of_a_node_holds_the_number_that_is_a_grains_key(string format, string grain)
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 1, agents: 4));
        var node = await center.Add(OuterNode.Start(center, "00:10:00", $"--Node:LogFormat={format}", "--Logging:LogLevel:Default=Trace"));
        await node.UntilOnline(new("pbx1"));
        await center.AddLeads("100005", 4);
        await center.Get<Database>().WriteAsync(s => s.ExecuteAsync("ALTER TABLE do_not_call RENAME TO gone"));

        await node.Campaign("start");

        var said = await GrainNode.Until(() => Task.FromResult(node.Said), said => Failure().IsMatch(said));
        Assert.Contains(grain, said, StringComparison.Ordinal);
        Assert.DoesNotMatch(WholeNumber(), said);
        Assert.Contains("127.0.0.1:", said, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Exception.*do_not_call")]
    private static partial Regex Failure();

    [GeneratedRegex(@"100005\d{4}")]
    private static partial Regex WholeNumber();
}
