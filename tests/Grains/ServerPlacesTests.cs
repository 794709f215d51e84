using System.Collections.Immutable;
using Carillon.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Grains.Tests;

public class ServerPlacesTests
{
    static ServerId[] Servers(int count) => [.. Enumerable.Range(0, count).Select(i => new ServerId($"pbx{i}"))];

    static ImmutableArray<string> Nodes(int count, int seed = 0) => [.. Enumerable.Range(0, count).Select(i => $"10.0.{seed}.{i}:11111")];

    static Dictionary<ServerId, string> Places(ServerId[] servers, ImmutableArray<string> nodes)
    {
        var places = ServerPlaces.Of(servers, nodes);
        return servers.ToDictionary(s => s, s => places.NodeOf(s)!);
    }

    [Fact]
    public void Every_node_holds_as_many_servers_as_any_other_give_or_take_one() => Prop.ForAll(
        Gen.Choose(0, 60).Zip(Gen.Choose(1, 12)).ToArbitrary(),
        size =>
        {
            var nodes = Nodes(size.Item2);
            var places = Places(Servers(size.Item1), nodes);
            var held = nodes.Select(n => places.Values.Count(p => p == n)).ToList();
            return held.Max() - held.Min() <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_in_which_servers_and_nodes_are_seen_makes_no_difference()
    {
        var (servers, nodes) = (Servers(17), Nodes(5));
        Assert.Equal(Places(servers, nodes).OrderBy(p => p.Key.Value), Places([.. servers.Reverse()], [.. nodes.Reverse()]).OrderBy(p => p.Key.Value));
    }

    [Fact]
    public void Few_servers_move_when_a_node_leaves()
    {
        var moved = 0;
        const int Runs = 200, Count = 24, Of = 4;
        for (var run = 0; run < Runs; run++)
        {
            var nodes = Nodes(Of, run);
            var (before, after) = (Places(Servers(Count), nodes), Places(Servers(Count), nodes.RemoveAt(run % Of)));
            moved += before.Count(p => p.Value != nodes[run % Of] && after[p.Key] != p.Value);
        }
        // Beside those of the node that left, which must move; were places dealt anew, two thirds of the others would.
        Assert.InRange(moved / (double)(Runs * Count * (Of - 1) / Of), 0, 0.25);
    }

    [Fact]
    public void A_server_that_is_configured_no_more_has_a_place_too_and_without_nodes_there_is_none()
    {
        Assert.Contains(ServerPlaces.Of(Servers(3), Nodes(2)).NodeOf(new("gone"))!, Nodes(2));
        Assert.Null(ServerPlaces.Of(Servers(3), []).NodeOf(new("pbx0")));
    }
}
