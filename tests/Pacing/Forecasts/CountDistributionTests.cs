using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing.Forecasts;

public class CountDistributionTests
{
    static double[] Mass(double mean, double variance)
    {
        var distribution = CountDistribution.Of(mean, variance, new double[CountDistribution.Room]);
        var mass = new double[distribution.First + distribution.Mass.Length];
        distribution.Mass.CopyTo(mass.AsSpan(distribution.First));
        return mass;
    }

    static double At(double[] mass, int k) => k < mass.Length ? mass[k] : 0;

    static double Mean(double[] mass) => mass.Select((p, k) => p * k).Sum();

    static double Variance(double[] mass) => mass.Select((p, k) => p * k * k).Sum() - Mean(mass) * Mean(mass);

    /// <summary>Exact, by adding one event after the other.</summary>
    static double[] SumOf(IEnumerable<double> chances)
    {
        double[] mass = [1];
        foreach (var chance in chances)
        {
            var next = new double[mass.Length + 1];
            for (var k = 0; k < mass.Length; k++)
            {
                next[k] += mass[k] * (1 - chance);
                next[k + 1] += mass[k] * chance;
            }
            mass = next;
        }
        return mass;
    }

    static double Distance(double[] a, double[] b) => Enumerable.Range(0, Math.Max(a.Length, b.Length)).Sum(k => Math.Abs(At(a, k) - At(b, k))) / 2;

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(7, 0.02)]
    [InlineData(40, 0.25)]
    [InlineData(300, 0.6)]
    [InlineData(12, 0.95)]
    public void Events_that_are_alike_are_exactly_binomial(int events, double chance) =>
        Assert.True(Distance(SumOf(Enumerable.Repeat(chance, events)), Mass(events * chance, events * chance * (1 - chance))) < 1e-9);

    [Theory]
    [InlineData(0.4)]
    [InlineData(5)]
    [InlineData(120)]
    public void With_a_variance_like_the_mean_it_is_Poisson(double mean)
    {
        var mass = Mass(mean, mean);
        for (var (k, p) = (0, Math.Exp(-mean)); k < mass.Length; k++, p *= mean / k) Assert.Equal(p, mass[k], 9);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(20, 50)]
    [InlineData(60, 75)]
    public void With_more_variance_than_that_it_is_negative_binomial(double mean, double variance)
    {
        var mass = Mass(mean, variance);
        var size = mean * mean / (variance - mean);
        for (var (k, p) = (0, Math.Pow(mean / variance, size)); k < mass.Length; k++, p *= (size + k - 1) / k * (1 - mean / variance)) Assert.Equal(p, mass[k], 5);
    }

    [Fact]
    public void A_certain_count_is_certain()
    {
        Assert.Equal([1], Mass(0, 0));
        Assert.Equal([0, 0, 0, 1], Mass(3, 0));
        Assert.Equal([0, 0, 0, 1], Mass(3, -1e-12));
    }

    [Fact]
    public void Between_two_counts_without_variance_it_is_one_or_the_other() => Assert.Equal(2.5, Mean(Mass(2.5, 0)), 9);

    [Fact]
    public void Unlike_events_are_met_in_the_mean_and_never_made_narrower() =>
        Prop.ForAll(Chances().ToArbitrary(), chances =>
        {
            var (exact, mass) = (SumOf(chances), Mass(chances.Sum(), chances.Sum(p => p * (1 - p))));
            return (Math.Abs(Mean(exact) - Mean(mass)) < 1e-6).Label("mean")
                .And((Variance(mass) > Variance(exact) - 1e-6).Label("variance"))
                .And((mass.Length <= exact.Length).Label("no more than there are events"));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(20, 0.05, 0.3)]
    [InlineData(20, 0.01, 0.6)]
    [InlineData(100, 0.2, 0.9)]
    public void Events_that_are_not_too_unlike_are_nearly_so(int events, double from, double to)
    {
        double[] chances = [.. Enumerable.Range(0, events).Select(n => from + (to - from) * n / events)];
        Assert.InRange(Distance(SumOf(chances), Mass(chances.Sum(), chances.Sum(p => p * (1 - p)))), 0, 0.02);
    }

    [Fact]
    public void The_masses_add_up_to_one() =>
        Prop.ForAll(Gen.Choose(0, 400_000).Zip(Gen.Choose(0, 3000)).ToArbitrary(), of =>
        {
            var mass = Mass(of.Item1 / 100.0, of.Item1 / 100.0 * of.Item2 / 1000);
            return Math.Abs(mass.Sum() - 1) < 1e-9 && mass.All(p => p is >= 0 and <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_distribution_wider_than_its_room_keeps_its_middle()
    {
        var mass = Mass(20_000, 60_000);
        Assert.Equal(1, mass.Sum(), 9);
        Assert.Equal(20_000, Mean(mass), 15.0);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(40)]
    public void At_most_compares_two_counts(int shift)
    {
        var (a, b) = (Mass(4, 3), Mass(6, 9));
        var exact = Enumerable.Range(0, a.Length).Sum(x => Enumerable.Range(0, b.Length).Where(y => x <= y + shift).Sum(y => a[x] * b[y]));
        var cumulated = CountDistribution.Of(4, 3, new double[CountDistribution.Room]).Cumulate();
        Assert.Equal(exact, CountDistribution.AtMost(cumulated, CountDistribution.Of(6, 9, new double[CountDistribution.Room]), shift), 9);
    }

    static Gen<double[]> Chances() => Gen.Choose(1, 999).Select(n => n / 1000.0).ArrayOf().Where(chances => chances.Length is > 0 and < 40);
}
