namespace Carillon.Network.Tests;

public sealed class FateTests
{
    static readonly FateConfig Config = new();

    static IEnumerable<Fate> Sample(int count, long seed = 7) => Enumerable.Range(0, count).Select(i => Fate.Of(seed, $"7916{i:0000000}", 1, Config));

    [Fact]
    public void The_same_seed_number_and_attempt_have_the_same_fate() => Assert.Equal(Sample(500), Sample(500));

    [Fact]
    public void Another_seed_or_attempt_has_another_fate()
    {
        Assert.NotEqual(Sample(500, seed: 7), Sample(500, seed: 8));
        Assert.NotEqual(Fate.Of(7, "79160000001", 1, Config), Fate.Of(7, "79160000001", 2, Config));
    }

    [Fact]
    public void Odds_and_durations_are_those_of_the_configuration()
    {
        var fates = Sample(40_000).ToList();
        var humans = fates.Where(f => f.Kind == FateKind.Human).ToList();
        Assert.InRange(humans.Count / 40_000.0, 0.24, 0.26);
        // 40 % around 25 s and 60 % around 183 s.
        Assert.InRange(humans.Average(f => f.Talk.TotalSeconds), 112, 128);
        // 3 s and a gamma of mean 10.5 s, a little cut at 30 s.
        Assert.InRange(humans.Average(f => f.DecidedAfter.TotalSeconds), 12.8, 13.6);
        Assert.All(humans, f => Assert.InRange(f.DecidedAfter.TotalSeconds, 3, 30));
        Assert.All(fates.Where(f => f.Kind == FateKind.NoAnswer), f => Assert.Equal(Timeout.InfiniteTimeSpan, f.DecidedAfter));
    }

    [Theory]
    [InlineData("1001030001", FateKind.Human, 1, 3)]
    [InlineData("1102000001", FateKind.Busy, 2, 0)]
    [InlineData("1500000001", FateKind.InvalidNumber, 0, 0)]
    [InlineData("2207000001", FateKind.Rejected, 7, 0)]
    public void A_planned_number_tells_its_fate(string number, FateKind kind, int seconds, int talk)
    {
        var fate = Fate.Of(1, number, 1, Config);
        Assert.Equal((kind, seconds, talk), (fate.Kind, (int)fate.DecidedAfter.TotalSeconds, (int)fate.Talk.TotalSeconds));
    }

    [Fact]
    public void The_plan_can_be_switched_off() => Assert.Contains(Enumerable.Range(1, 50),
        attempt => Fate.Of(1, "1102000001", attempt, Config with { ByPrefix = false }).Kind != FateKind.Busy);
}
