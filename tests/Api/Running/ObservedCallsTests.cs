using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Carillon.Network;

namespace Carillon.Api.Tests.Running;

/// <summary>What traces and logs tell of a campaign at work.</summary>
public sealed partial class ObservedCallsTests
{
    [Fact]
    public async Task Each_attempt_is_one_tree_of_spans_and_neither_they_nor_the_logs_hold_a_whole_number()
    {
        var (spans, lines) = (new ConcurrentQueue<Activity>(), new LogLines());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Carillon.Calls",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 },
            builder => lines.Watch(builder, "Carillon"));
        var campaign = await node.Campaign();
        await node.Import(campaign, string.Concat(Enumerable.Range(1_000_000, 400).Select(n => $"+7495{n}\n")));
        await node.StartCampaign(campaign);
        await RunningNode.Until(() => Task.FromResult(spans.Count(s => s.OperationName == "bridge") >= 3));

        foreach (var attempt in spans.Where(s => s.OperationName == "attempt" && Equals(s.GetTagItem("carillon.campaign"), campaign)))
        {
            // In the order in which they were told, where one lasted no time at all.
            var phases = spans.Where(s => s.TraceId == attempt.TraceId && s != attempt).OrderBy(s => s.StartTimeUtc).ToList();
            Assert.All(phases, p => Assert.Equal(attempt.SpanId, p.ParentSpanId));
            Assert.Equal("originate", phases[0].OperationName);
            Assert.Equal(phases.Select(p => p.OperationName), ((string[])["originate", "ring", "answer", "bridge"]).Intersect(phases.Select(p => p.OperationName)));
            Assert.NotNull(attempt.GetTagItem("carillon.outcome"));
            Assert.DoesNotMatch(WholeNumber(), string.Join(' ', attempt.TagObjects));
        }
        Assert.NotEmpty(lines.All);
        Assert.All(lines.All, line => Assert.DoesNotMatch(WholeNumber(), line));
    }

    [GeneratedRegex(@"74951\d{6}")]
    private static partial Regex WholeNumber();
}
