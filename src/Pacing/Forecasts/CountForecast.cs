namespace Carillon.Pacing.Forecasts;

/// <summary>
/// How many of something will have happened by each moment of the <see cref="Horizon"/>: mean and variance of a sum of independent yes-or-no events, so
/// that forecasts of different agents, calls and campaigns add up.
/// </summary>
public sealed class CountForecast
{
    readonly double[] _means = new double[Horizon.Length];
    readonly double[] _variances = new double[Horizon.Length];

    public ReadOnlySpan<double> Means => _means;

    public ReadOnlySpan<double> Variances => _variances;

    public static CountForecast Of(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        if (means.Length != Horizon.Length || variances.Length != Horizon.Length)
            throw new ArgumentException($"A forecast has {Horizon.Length} moments, not {means.Length} and {variances.Length}.", nameof(means));
        var forecast = new CountForecast();
        means.CopyTo(forecast._means);
        variances.CopyTo(forecast._variances);
        return forecast;
    }

    /// <summary>One more event, which will have happened by moment <paramref name="i"/> with this probability.</summary>
    public void Add(int i, double probability)
    {
        _means[i] += probability;
        _variances[i] += probability * (1 - probability);
    }

    /// <summary>So many alike.</summary>
    public void Add(int i, double probability, int events)
    {
        _means[i] += probability * events;
        _variances[i] += probability * (1 - probability) * events;
    }

    public void Add(ReadOnlySpan<double> probabilities)
    {
        for (var i = 0; i < _means.Length; i++) Add(i, probabilities[i]);
    }

    public void Add(CountForecast other)
    {
        for (var i = 0; i < _means.Length; i++)
        {
            _means[i] += other._means[i];
            _variances[i] += other._variances[i];
        }
    }

    /// <summary>All events rest on one estimate whose relative error (coefficient of variation) is given: they err together.</summary>
    public void Blur(double relativeError)
    {
        for (var i = 0; i < _means.Length; i++) _variances[i] += Square(_means[i] * relativeError);
    }

    static double Square(double x) => x * x;
}
