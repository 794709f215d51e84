using Carillon.Calls;
using Carillon.Network;
using Carillon.Storage;
using Microsoft.Extensions.DependencyInjection;

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
        var attempts = node.App.Services.GetRequiredService<AttemptStore>();
        await RunningNode.Until(async () => (await attempts.ListAsync(new())).Any(a => a.Outcome == Outcome.HumanAnswered && a.EndedAt is not null));
        var answered = (await attempts.ListAsync(new())).First(a => a.Outcome == Outcome.HumanAnswered);
        // What is told waits for company; a node that ends sends it.
        await node.App.StopAsync();

        var root = Assert.Single(collector.Spans, s => s.Parent.Length == 0 && s.Tags.GetValueOrDefault("carillon.attempt") == answered.Intent.Id.Value);
        Assert.Equal(("attempt", campaign, "HumanAnswered"), (root.Name, root.Tags["carillon.campaign"], root.Tags["carillon.outcome"]));
        Assert.DoesNotContain(answered.Intent.Number.ToString().TrimStart('+'), string.Join(' ', root.Tags.Values), StringComparison.Ordinal);
        var phases = collector.Spans.Where(s => s.Trace == root.Trace && s != root).OrderBy(s => s.Start).ThenBy(s => s.End).ToList();
        Assert.Equal(["originate", "ring", "answer", "bridge"], phases.Select(p => p.Name));
        Assert.All(phases, p => Assert.Equal(root.Id, p.Parent));
        Assert.All(phases, p => Assert.InRange(p.Start, root.Start, p.End));
        Assert.Equal(root.End, phases[^1].End);
    }
}
