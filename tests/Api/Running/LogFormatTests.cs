using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Carillon.Api.Tests.Monitoring;
using Carillon.Network;
using Microsoft.Extensions.Logging;

namespace Carillon.Api.Tests.Running;

/// <summary>The console is the process's: no other node may write to it meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed partial class LogFormatTests
{
    [Fact]
    public async Task As_JSON_every_line_of_the_log_is_one_object_and_none_holds_a_whole_number()
    {
        var lines = await Log("--Node:LogFormat=json");
        var entries = lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.All(entries, e => Assert.True(DateTimeOffset.TryParse(e["Timestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture, out _)));
        var connected = entries.First(e => e["Message"]!.GetValue<string>().Contains("is connected", StringComparison.Ordinal));
        Assert.Equal("Information", connected["LogLevel"]!.GetValue<string>());
        Assert.StartsWith("Carillon.", connected["Category"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(connected["State"]!.AsObject().Count > 1);
        Assert.Contains(lines, line => line.Contains("/do-not-call/7********01", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("number=%2B7********02", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotMatch(WholeNumber(), line));
    }

    static async Task<List<string>> Log(params string[] args)
    {
        var (before, log) = (Console.Out, new StringWriter());
        Console.SetOut(TextWriter.Synchronized(log));
        try
        {
            await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 },
                b => b.Logging.AddFilter("Carillon", LogLevel.Trace).AddFilter("Microsoft.AspNetCore", LogLevel.Trace), args);
            await node.Client.Delete("/do-not-call/74951000001").Expect(HttpStatusCode.NotFound);
            await node.Client.Get("/calls?number=%2B74951000002").Expect(HttpStatusCode.OK);
            var campaign = await node.Campaign();
            await node.Import(campaign, string.Concat(Enumerable.Range(1_000_000, 100).Select(n => $"+7495{n}\n")));
            await node.StartCampaign(campaign);
            await RunningNode.Until(() => Task.FromResult(node.Network.Log.Ended >= 5));
        }
        finally
        {
            Console.SetOut(before);
        }
        return [.. log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    [GeneratedRegex(@"74951\d{6}")]
    private static partial Regex WholeNumber();
}
