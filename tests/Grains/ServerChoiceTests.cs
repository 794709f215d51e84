using Carillon.Campaigns;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Grains.Tests;

public class ServerChoiceTests
{
    [Fact]
    public void Calls_go_where_most_channels_are_free()
    {
        var chosen = ServerChoice.Choose([new(new("pbx1"), 100, 95), new(new("pbx2"), 100, 20), new(new("pbx3"), 20, 2)], 80, turn: 0);

        Assert.Equal([("pbx1", 0), ("pbx2", 65), ("pbx3", 15)], new[] { "pbx1", "pbx2", "pbx3" }.Select(s => (s, chosen.Count(c => c.Value == s))));
    }

    [Fact]
    public void Servers_that_are_equally_empty_take_turns()
    {
        ServerRoom[] servers = [new(new("pbx1"), 10, 0), new(new("pbx2"), 10, 0), new(new("pbx3"), 10, 0)];

        Assert.Equal(3, Enumerable.Range(7, 3).Select(turn => ServerChoice.Choose(servers, 1, turn).Single()).Distinct().Count());
        Assert.Equal(3, ServerChoice.Choose(servers, 3, int.MaxValue).Distinct().Count());
    }

    [Fact]
    public void No_server_is_overfull_while_another_has_a_channel_left() => Prop.ForAll<(byte Channels, byte Calls)[], byte>((servers, calls) =>
    {
        ServerRoom[] rooms = [.. servers.Select((s, i) => new ServerRoom(new($"pbx{i}"), s.Channels, s.Calls))];

        var chosen = ServerChoice.Choose(rooms, calls, turn: 1).CountBy(s => s).ToDictionary();

        Assert.Equal(rooms.Length == 0 ? 0 : calls, chosen.Values.Sum());
        if (rooms.Any(r => r.Calls + chosen.GetValueOrDefault(r.Server) < r.Channels))
            Assert.DoesNotContain(rooms, r => chosen.TryGetValue(r.Server, out var more) && r.Calls + more > Math.Max(1, r.Channels));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_server_nothing_is_placed() => Assert.Empty(ServerChoice.Choose([], 3, turn: 0));
}
