using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Evidence;

public class HandlingCurveTests
{
    const double Grace = 2, MeanTalk = 60, MeanWrapUp = 10;

    readonly HandlingEvidence _evidence = new();
    readonly Random _random = new(7);

    public HandlingCurveTests()
    {
        for (var n = 0; n < 20_000; n++)
        {
            _evidence.Talked(Exponential(MeanTalk));
            _evidence.WrappedUp(Exponential(MeanWrapUp));
        }
    }

    double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20, 5)]
    [InlineData(150, 9)]
    [InlineData(250, 13)]
    [InlineData(99_999, 15)]
    public void Who_talks_is_free_when_talk_and_wrap_up_are_over(double elapsed, int moment)
    {
        var free = new CountForecast();
        _evidence.Curve([], [], Grace).AddTalking(free, elapsed);
        const int Trials = 100_000;
        var ended = 0;
        for (var n = 0; n < Trials; n++)
            if (Exponential(MeanTalk) + Exponential(MeanWrapUp) <= Horizon.Seconds[moment] + Grace) ended++;
        // So late nobody was seen: nothing is expected to end.
        Assert.Equal(elapsed < 3600 ? (double)ended / Trials : 0, free.Means[moment], 0.06);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(12, 7)]
    public void Who_wraps_up_is_free_when_that_is_over(double elapsed, int moment)
    {
        var free = new CountForecast();
        _evidence.Curve([], [], Grace).AddWrappingUp(free, elapsed);
        Assert.Equal(1 - Math.Exp(-(Horizon.Seconds[moment] + Grace) / MeanWrapUp), free.Means[moment], 0.05);
    }

    [Fact]
    public void A_longer_grace_finds_more_of_them_free()
    {
        var (impatient, patient) = (new CountForecast(), new CountForecast());
        _evidence.Curve([], [], 0.5).AddTalking(impatient, 10);
        _evidence.Curve([], [], 8).AddTalking(patient, 10);
        for (var i = 0; i < Horizon.Length; i++) Assert.True(patient.Means[i] > impatient.Means[i]);
    }

    [Fact]
    public void Nothing_known_frees_nobody()
    {
        var free = new CountForecast();
        var curve = new HandlingEvidence().Curve([], [], Grace);
        curve.AddTalking(free, 30);
        curve.AddWrappingUp(free, 30);
        Assert.All(free.Means.ToArray(), mean => Assert.Equal(0, mean));
    }
}
