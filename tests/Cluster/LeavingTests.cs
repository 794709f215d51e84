using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>Nodes that come and go as they are asked to.</summary>
[Collection(PostgresCollection.Name)]
public class LeavingTests(Postgres postgres)
{
    [Fact]
    public async Task A_rolling_restart_under_load_loses_no_call_and_no_attempt()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 4, agents: 12) with { Speed = 8 });
        var nodes = new List<OuterNode>();
        for (var i = 0; i < 3; i++) nodes.Add(await center.Add(OuterNode.Start(center, "00:10:00")));
        var all = nodes.ToList();
        foreach (var server in center.Servers) await nodes[0].UntilOnline(server);
        await center.AddLeads("100210", 2000);
        await nodes[0].Campaign("start");
        await nodes[0].UntilTalking(4);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0, await nodes[0].Leave());
            nodes.RemoveAt(0);
            var placed = center.Network.Log.Placed;
            nodes.Add(await center.Add(OuterNode.Start(center, "00:10:00")));
            all.Add(nodes[^1]);
            foreach (var server in center.Servers) await nodes[0].UntilOnline(server);
            await center.Placed(_ => center.Network.Log.Placed > placed + 4);
        }
        await nodes[0].Campaign("drain");
        await nodes[0].UntilStatus(CampaignStatus.Stopped);

        var records = await center.Audit();
        Assert.All(records, r => Assert.True(r.Outcome == Outcome.HumanAnswered, $"{r.Intent.Id} {r.Intent.Server} {r.Outcome} {r.Reason.Text}\n{string.Join("\n", all.Select(n => n.Said))}"));
        Assert.Equal(records.Count, center.Network.Log.Calls.Count);
    }

    [Fact]
    public async Task The_last_node_ends_in_good_order_and_says_nothing_of_an_error()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 2, agents: 4) with { Speed = 8 });
        var node = await center.Add(OuterNode.Start(center, "00:10:00"));
        foreach (var server in center.Servers) await node.UntilOnline(server);
        await center.AddLeads("100210", 20);
        await node.Campaign("start");
        await node.UntilTalking(1);

        Assert.Equal(0, await node.Leave());

        Assert.DoesNotContain(node.Said.Split('\n'), line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_ends_while_its_server_has_no_owner_yet_is_recorded_as_it_ended()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 2, agents: 12) with { Speed = 4 });
        var leaving = await center.Add(InnerNode.Start(center));
        var staying = await center.Add(InnerNode.Start(center));
        await UntilHeld(center, 1, 1);
        foreach (var server in center.Servers) await staying.UntilOnline(server);
        // Busy after 20 s.
        await center.AddLeads("112000", 12);
        await staying.Campaign("start");
        await center.Placed(calls => calls.Count(c => c.Ringing is not null) == 12);
        await staying.Campaign("pause");

        foreach (var server in center.Network.Servers) server.TurnsAway = true;
        var left = leaving.Leave();
        await center.Placed(calls => calls.All(c => c.Ended is not null));
        foreach (var server in center.Network.Servers) server.TurnsAway = false;
        await left;

        await GrainNode.Until(center.OpenCalls, open => open.Count == 0);
        Assert.Equal(2, center.Network.Log.Calls.Select(c => c.Server).Distinct().Count());
        Assert.All(await center.Records(), r => Assert.True(r.Outcome == Outcome.Busy, $"{r.Intent.Id} {r.Intent.Server} {r.Outcome} {r.Reason.Text}"));
    }

    [Fact]
    public async Task Servers_spread_over_the_nodes_as_these_come_and_go_and_one_node_listens_to_each()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 6, agents: 1));
        var first = await center.Add(InnerNode.Start(center));
        foreach (var server in center.Servers) await first.UntilOnline(server);

        var second = await center.Add(InnerNode.Start(center));
        await UntilHeld(center, 3, 3);
        await UntilOneListens(center);
        await center.Add(InnerNode.Start(center));
        await UntilHeld(center, 2, 2, 2);
        await UntilOneListens(center);
        await second.Leave();
        await UntilHeld(center, 3, 3);

        foreach (var server in center.Servers) await first.UntilOnline(server);
        await UntilOneListens(center);
        // One connection for events, and those for actions, of one node: also of the servers that have just moved.
        await GrainNode.Until(() => Task.FromResult(center.Network.Servers.Select(s => s.SessionCount).Distinct()), counts => counts.Count() == 1);
    }

    /// <summary>A node that gave a server away listens on until the next one does.</summary>
    static async Task UntilOneListens(Center center)
    {
        await GrainNode.Until(() => Task.FromResult(center.Network.Servers.Select(s => s.ListenerCount)), counts => counts.All(c => c == 1));
    }

    static async Task UntilHeld(Center center, params int[] servers)
    {
        await GrainNode.Until(async () => (await center.Owners()).Values.GroupBy(n => n).Select(g => g.Count()).Order(), held => held.SequenceEqual(servers));
    }
}
