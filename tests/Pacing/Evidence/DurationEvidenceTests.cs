namespace Carillon.Pacing.Evidence;

public class DurationEvidenceTests
{
    static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    static DurationEvidence Of(int count, Func<int, double> seconds)
    {
        var evidence = new DurationEvidence();
        for (var n = 0; n < count; n++) evidence.Add(seconds(n));
        return evidence;
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(50, 30)]
    [InlineData(130, 60)]
    [InlineData(300, 5)]
    public void What_does_not_age_ends_as_likely_however_long_it_has_lasted(double elapsed, double within)
    {
        var random = new Random(1);
        var curve = Of(20_000, _ => Exponential(random, 100)).Curve([]);
        Assert.Equal(1 - Math.Exp(-within / 100), curve.EndsWithin(elapsed, within), 0.04);
    }

    [Theory]
    [InlineData(5.5)]
    [InlineData(119.5)]
    [InlineData(122.5)]
    [InlineData(615)]
    public void What_always_takes_as_long_ends_then_and_not_before(double seconds)
    {
        var curve = Of(2000, _ => seconds).Curve([]);
        var near = seconds < 20 ? 1 : seconds < 120 ? 4 : seconds < 600 ? 35 : 220;
        Assert.Equal(0, curve.EndsWithin(0, seconds - near), 9);
        Assert.InRange(curve.EndsWithin(0, seconds + near), 0.6, 1);
    }

    [Fact]
    public void What_still_lasts_counts_as_not_ended()
    {
        var evidence = Of(50, _ => 10.5);
        Assert.InRange(evidence.Curve([]).EndsWithin(0, 50), 0.8, 1);
        Assert.InRange(evidence.Curve(Enumerable.Repeat(100.0, 50)).EndsWithin(0, 50), 0.45, 0.55);
        Assert.InRange(evidence.Curve(Enumerable.Repeat(1e9, 50)).EndsWithin(0, 50), 0.45, 0.55);
    }

    [Fact]
    public void Nothing_ends_until_enough_were_seen()
    {
        Assert.Equal(0, Of(DurationEvidence.Fewest - 1, n => n).Curve([]).EndsWithin(0, 3600));
        Assert.InRange(Of(DurationEvidence.Fewest + 1, n => n).Curve([]).EndsWithin(0, 3600), 0.5, 1);
    }

    [Fact]
    public void Old_durations_fade()
    {
        var evidence = Of(6000, _ => 20.5);
        for (var n = 0; n < 20_000; n++) evidence.Add(200.5);
        var curve = evidence.Curve([]);
        Assert.InRange(curve.EndsWithin(0, 100), 0, 0.01);
        Assert.Equal(DurationEvidence.HalfLife / Math.Log(2), evidence.Seen, 5.0);
    }

    [Fact]
    public void Weights_stay_finite_however_many_come()
    {
        var evidence = Of(200_000, n => n % 60);
        Assert.InRange(evidence.Seen, 2800, 2900);
        Assert.Equal(0.5, evidence.Curve([]).EndsWithin(0, 30), 0.05);
    }

    [Fact]
    public void Nonsense_is_no_duration()
    {
        Assert.Equal(0, Of(100, _ => double.NaN).Seen);
        Assert.Equal(0, Of(100, _ => -1).Seen);
        Assert.Equal(100, Of(100, _ => double.PositiveInfinity).Seen, 3.0);
    }

    [Fact]
    public void Bins_follow_each_other_without_a_gap()
    {
        for (var bin = 0; bin < DurationBins.Count; bin++)
        {
            Assert.Equal(bin, DurationBins.Of(DurationBins.Start(bin)));
            Assert.Equal(bin, DurationBins.Of(DurationBins.Start(bin) + DurationBins.Width(bin) - 0.001));
            Assert.Equal(DurationBins.Start(bin) + DurationBins.Width(bin), bin == DurationBins.Count - 1 ? DurationBins.Longest : DurationBins.Start(bin + 1));
        }
    }
}
