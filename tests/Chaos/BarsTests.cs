using Carillon.Chaos.Audit;
using Carillon.Chaos.Faults;
using Carillon.RealNode;

namespace Carillon.Chaos.Tests;

/// <summary>What a run is judged by besides the network's log.</summary>
public class BarsTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    static readonly ChaosOptions Cluster = new() { Silos = 3, Storage = "postgres" };

    [Theory]
    [InlineData(nameof(FaultKind.KillNode), 9.9, 0)]
    [InlineData(nameof(FaultKind.KillNode), 10.1, 1)]
    [InlineData(nameof(FaultKind.KillNode), null, 1)]
    [InlineData(nameof(FaultKind.FreezeNode), 10.1, 0)]
    public void Servers_of_a_killed_silo_must_place_calls_again_within_10_seconds(string kind, double? seconds, int missed)
    {
        var bars = Bars.Check(Cluster, [new(StepOf(Enum.Parse<FaultKind>(kind)), seconds is { } s ? TimeSpan.FromSeconds(s) : null)], []);

        Assert.Equal(missed, Assert.Single(bars).Broken.Count);
    }

    [Fact]
    public void A_standby_must_listen_within_5_seconds()
    {
        var bars = Bars.Check(new() { Pair = true, Storage = "postgres" }, [], [TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5.1)]);

        Assert.Equal(["5.1 s"], Assert.Single(bars).Broken);
    }

    [Fact]
    public void The_loss_of_one_silo_does_not_excuse_an_attempt_that_is_Unknown_for_long_and_the_loss_of_its_server_does()
    {
        var outages = new Outages();
        outages.Begin(new(null, Noon) { IsOfNode = true }).End(Noon.AddSeconds(20));
        outages.Begin(new("pbx1", Noon) { IsExcuse = true }).End(Noon.AddSeconds(10));

        var account = new Account([], [Unknown("a", "pbx1"), Unknown("b", "pbx2")], [], outages, new Dictionary<string, string> { ["pbx1"] = "pbx1", ["pbx2"] = "pbx2" }, Cluster);

        Assert.Equal([(25.0, 35.0), (35.0, 35.0)], Promises.UnknownFor(account).Select(u => (u.Knowable.TotalSeconds, u.For.TotalSeconds)));
        Assert.Contains("by the clock 35.0 s", Assert.Single(Promises.Check(account, 0).Single(p => p.Name.StartsWith("Unknown for longer", StringComparison.Ordinal)).Broken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_strikes_the_links_of_nodes_to_the_database_and_is_the_same_again()
    {
        IReadOnlyList<FaultKind> kinds = [FaultKind.CutStore, FaultKind.HoldToStore, FaultKind.HoldFromStore, FaultKind.SlowStore];
        var plan = FaultPlan.Draw(3, kinds, nodes: 3, servers: 4, TimeSpan.FromHours(1));

        Assert.Equal(plan.Select(s => s.ToString()), FaultPlan.Draw(3, kinds, nodes: 3, servers: 4, TimeSpan.FromHours(1)).Select(s => s.ToString()));
        Assert.Equal(kinds, plan.SelectMany(s => s.Faults).Select(f => f.Kind).Distinct().Order());
        Assert.Equal([0, 1, 2], plan.SelectMany(s => s.Faults).Select(f => f.Target).Distinct().Order());
    }

    [Fact]
    public void A_rolling_upgrade_asks_each_node_in_turn_to_leave()
    {
        var plan = FaultPlan.Upgrades(3, count: 2, nodes: 3);

        Assert.Equal([0, 1, 2, 0, 1, 2], plan.Select(s => Assert.Single(s.Faults).Target));
        Assert.All(plan, s => Assert.Equal(FaultKind.LeaveNode, s.Faults[0].Kind));
    }

    static Step StepOf(FaultKind kind) => new(TimeSpan.Zero, [new(kind, 0, TimeSpan.FromSeconds(1), false, default)]);

    static Recorded Unknown(string id, string server) => new()
    {
        Id = id,
        Campaign = "c",
        Number = "+7",
        Server = server,
        Outcome = "Unknown",
        StartedAt = Noon,
        EndedAt = Noon.AddSeconds(35),
        Answered = false,
        Talked = false,
    };
}
