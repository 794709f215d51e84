using System.Diagnostics;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Network;
using Carillon.TestKit;
using Orleans;
using Xunit.Abstractions;

namespace Carillon.Cluster.Tests;

/// <summary>Nodes that are lost. The network's own log is the truth.</summary>
[Collection(PostgresCollection.Name)]
public class LossTests(Postgres postgres, ITestOutputHelper output)
{
    /// <summary>Short, and yet no node is to be taken for dead because the machine is busy.</summary>
    const string DeadAfter = "00:00:12";

    [Fact]
    public async Task The_calls_of_a_killed_node_live_on_and_its_servers_place_calls_again()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 4, agents: 20) with { Speed = 6 });
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => center.Add(OuterNode.Start(center, DeadAfter))));
        var visitor = await center.Add(InnerNode.Start(center, "--roles", "api"));
        foreach (var server in center.Servers) await visitor.UntilOnline(server);
        // On every server some who talk until they are hung up, so that whichever node dies holds a few; and then many who do not.
        await center.AddLeads("100200", 4);
        await visitor.Campaign("start");
        await visitor.UntilTalking(4);
        var living = await center.OpenCalls();
        while (living.Select(c => c.Intent.Server).Distinct().Count() < center.Servers.Count)
        {
            await center.AddLeads("100200", 1, from: living.Count);
            await visitor.UntilTalking(living.Count + 1);
            living = await center.OpenCalls();
        }
        await center.AddLeads("100203", 2000);
        await visitor.UntilTalking(living.Count + 2);

        var before = await center.Owners();
        var died = Stopwatch.GetTimestamp();
        await nodes[2].Die();
        var after = await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        var known = Stopwatch.GetElapsedTime(died);
        var orphans = before.Where(o => !after.ContainsValue(o.Value)).Select(o => o.Key.Value).ToHashSet();
        var placed = center.Network.Log.Calls.Count(c => orphans.Contains(c.Server));
        await center.Placed(calls => calls.Count(c => orphans.Contains(c.Server)) > placed);
        output.WriteLine($"Its servers were taken after {known.TotalSeconds:0.0} s and placed calls again after {Stopwatch.GetElapsedTime(died).TotalSeconds:0.0} s.");
        await visitor.Campaign("drain");
        await GrainNode.Until(async () =>
        {
            foreach (var call in living) await visitor.Get<IGrainFactory>().Server(call.Intent.Server).Hangup(call.Intent.Id);
            return await center.OpenCalls();
        }, open => open.Count == 0);
        await visitor.UntilStatus(CampaignStatus.Stopped);

        Assert.NotEmpty(orphans);
        var records = (await center.Audit()).ToDictionary(r => r.Intent.Id);
        Assert.All(living, c => Assert.Equal(Outcome.HumanAnswered, records[c.Intent.Id].Outcome));
    }

    [Fact]
    public async Task A_frozen_node_that_wakes_after_its_servers_were_taken_places_nothing()
    {
        // Faster than two calls a second are wanted, so that orders always wait in a server's hands.
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 2, agents: 20) with { Speed = 6 }, callsPerSecond: 2);
        var awake = await center.Add(OuterNode.Start(center, DeadAfter));
        await awake.UntilOnline(new("pbx1"));
        var frozen = await center.Add(OuterNode.Start(center, DeadAfter));
        var owners = await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        foreach (var server in center.Servers) await awake.UntilOnline(server);
        await center.AddLeads("100203", 2000);
        await awake.Campaign("start");
        await center.Placed(calls => calls.Select(c => c.Server).Distinct().Count() == 2 && calls.Length >= 10);

        frozen.Freeze();
        var frozenAt = DateTimeOffset.UtcNow;
        var taken = await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 1);
        await awake.UntilOnline(owners.Single(o => o.Value != taken.Values.First()).Key);
        var placed = center.Network.Log.Calls.Select(c => c.UniqueId).ToHashSet();
        frozen.Thaw();
        await frozen.WhenEnded();
        await awake.Campaign("drain");
        await awake.UntilStatus(CampaignStatus.Stopped);

        var late = (await center.Audit()).Where(r => r.Intent.At <= frozenAt && !placed.Contains(r.Intent.Id.Value)).Select(r => r.Intent.Id.Value).ToHashSet();
        Assert.DoesNotContain(center.Network.Log.Calls, c => late.Contains(c.UniqueId));
    }
}
