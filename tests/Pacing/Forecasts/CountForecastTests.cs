namespace Carillon.Pacing.Forecasts;

public class CountForecastTests
{
    [Fact]
    public void Means_and_variances_of_events_add_up()
    {
        var (one, other) = (new CountForecast(), new CountForecast());
        one.Add(2, 0.3);
        one.Add(2, 0.5);
        other.Add([.. Enumerable.Repeat(0.1, Horizon.Length)]);
        one.Add(other);
        Assert.Equal(0.9, one.Means[2], 12);
        Assert.Equal(0.21 + 0.25 + 0.09, one.Variances[2], 12);
        Assert.Equal(0.1, one.Means[3], 12);
    }

    [Fact]
    public void An_error_in_common_grows_with_the_square_of_the_mean()
    {
        var forecast = new CountForecast();
        for (var n = 0; n < 100; n++) forecast.Add(0, 0.5);
        forecast.Blur(0.2);
        Assert.Equal(50, forecast.Means[0], 9);
        Assert.Equal(25 + 100, forecast.Variances[0], 9);
    }

    [Fact]
    public void A_forecast_that_travelled_is_the_same()
    {
        var forecast = new CountForecast();
        forecast.Add(5, 0.25);
        var again = CountForecast.Of(forecast.Means, forecast.Variances);
        Assert.Equal(forecast.Means.ToArray(), again.Means.ToArray());
        Assert.Equal(forecast.Variances.ToArray(), again.Variances.ToArray());
        Assert.Throws<ArgumentException>(() => CountForecast.Of([1], [1]));
    }

    [Fact]
    public void Each_moment_stands_for_the_stretch_around_it()
    {
        for (var i = 0; i < Horizon.Length - 1; i++) Assert.Equal((Horizon.Seconds[i] + Horizon.Seconds[i + 1]) / 2, Horizon.EndOf(i));
        Assert.Equal(double.PositiveInfinity, Horizon.EndOf(Horizon.Length - 1));
    }
}
