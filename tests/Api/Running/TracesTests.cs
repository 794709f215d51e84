using Carillon.Network;

namespace Carillon.Api.Tests.Running;

/// <summary>What a collector is sent.</summary>
public sealed class TracesTests
{
    [Fact]
    public async Task The_tree_of_spans_of_an_attempt_reaches_the_collector_that_is_configured()
    {
        await using var collector = await TraceCollector.Start();
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 }, null, $"--Api:TracesTo={collector.Address}");
        var campaign = await node.Campaign();
        await node.Import(campaign, string.Concat(Enumerable.Range(1_000_000, 100).Select(n => $"+7495{n}\n")));
        await node.StartCampaign(campaign);
        SentSpan? root = null;
        // The root of a tree is told after its phases.
        await RunningNode.Until(() =>
        {
            var bridged = collector.Spans.Where(s => s.Name == "bridge").Select(s => s.Trace).ToHashSet();
            root = collector.Spans.FirstOrDefault(s => s.Parent.Length == 0 && bridged.Contains(s.Trace) && s.Tags.GetValueOrDefault("carillon.campaign") == campaign);
            return Task.FromResult(root is not null);
        });

        Assert.Equal(("attempt", "HumanAnswered"), (root!.Name, root.Tags["carillon.outcome"]));
        Assert.Matches(@"^\+7\*{7,}\d\d$", root.Tags["carillon.number"]);
        Assert.DoesNotMatch(@"74951\d{6}", string.Join(' ', root.Tags.Values));
        var phases = collector.Spans.Where(s => s.Trace == root.Trace && s != root).OrderBy(s => s.Start).ThenBy(s => s.End).ToList();
        Assert.Equal(["originate", "ring", "answer", "bridge"], phases.Select(p => p.Name));
        Assert.All(phases, p => Assert.Equal(root.Id, p.Parent));
        Assert.All(phases, p => Assert.InRange(p.Start, root.Start, p.End));
        Assert.Equal(root.End, phases[^1].End);
    }
}
