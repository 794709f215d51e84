using System.Diagnostics;
using Carillon.Chaos.Links;
using Carillon.Network;
using Carillon.TestKit;
using Xunit.Abstractions;

namespace Carillon.Cluster.Tests;

/// <summary>Nodes that do not reach PostgreSQL, and reach each other and their servers.</summary>
[Collection(PostgresCollection.Name)]
public class StoreLossTests(Postgres postgres, ITestOutputHelper output)
{
    /// <summary>Nobody is taken for dead because he does not answer: he does.</summary>
    const string DeadAfter = "00:10:00";

    const string LeaveAfter = "--Cluster:LeaveAfter=00:00:03";

    public static TheoryData<string> Ways => ["cut", "silent"];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_node_that_alone_is_cut_off_ends_and_its_servers_place_calls_from_others(string way)
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 4, agents: 20) with { Speed = 6 });
        var (link, storage) = center.NewWayToStorage();
        var lonely = await center.Add(OuterNode.Start(center, DeadAfter, "--storage", storage, LeaveAfter));
        var other = await center.Add(OuterNode.Start(center, DeadAfter, LeaveAfter));
        var before = await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        foreach (var server in center.Servers) await other.UntilOnline(server);
        await center.AddLeads("100203", 3000);
        await other.Campaign("start");
        await center.Placed(calls => calls.Select(c => c.Server).Distinct().Count() == 4 && calls.Length >= 12);

        Break(link, way);
        await lonely.WhenEnded().WaitAsync(Wait.Patience);
        var ended = Stopwatch.GetTimestamp();
        var after = await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 1);
        var taken = Stopwatch.GetElapsedTime(ended);
        var orphans = before.Where(o => o.Value != after[o.Key]).Select(o => o.Key.Value).ToHashSet();
        var placed = center.Network.Log.Calls.Count;
        await center.Placed(calls => orphans.IsSubsetOf(calls.Skip(placed).Select(c => c.Server)));
        output.WriteLine($"Its servers were taken {taken.TotalSeconds:0.0} s after it had ended, and each had a new call after {Stopwatch.GetElapsedTime(ended).TotalSeconds:0.0} s.");

        Assert.Equal(2, orphans.Count);
        Assert.Contains("to be started again", lonely.Said, StringComparison.Ordinal);
        Assert.False(other.HasEnded, other.Said);
        // As its service manager would, until it can.
        link.Mend();
        await center.Add(OuterNode.Start(center, DeadAfter, "--storage", storage, LeaveAfter));
        await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        await other.Campaign("drain");
        await other.UntilStatus(Campaigns.CampaignStatus.Stopped);
        await center.Audit();
    }

    [Fact]
    public async Task Nodes_none_of_which_reaches_it_wait_and_go_on_when_it_is_back()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 2, agents: 20) with { Speed = 6 });
        var (link, storage) = center.NewWayToStorage();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => center.Add(OuterNode.Start(center, DeadAfter, "--storage", storage, LeaveAfter))));
        var before = await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        foreach (var server in center.Servers) await nodes[0].UntilOnline(server);
        await center.AddLeads("100203", 2000);
        await nodes[0].Campaign("start");
        await center.Placed(calls => calls.Select(c => c.Server).Distinct().Count() == 2);

        link.Cut();
        await Wait.Until(() => Task.FromResult(nodes.All(n => n.Said.Contains("this one waits", StringComparison.Ordinal))));
        var placed = center.Network.Log.Calls.Count;
        link.Mend();
        await center.Placed(calls => calls.Skip(placed).Select(c => c.Server).Distinct().Count() == 2);

        Assert.All(nodes, n => Assert.False(n.HasEnded, n.Said));
        Assert.Equal(before, await center.Owners());
        await nodes[0].Campaign("drain");
        await nodes[0].UntilStatus(Campaigns.CampaignStatus.Stopped);
        await center.Audit();
    }

    static void Break(Link link, string way)
    {
        if (way == "cut") link.Cut();
        else
        {
            link.ToServer.Hold();
            link.ToNode.Hold();
        }
    }
}
