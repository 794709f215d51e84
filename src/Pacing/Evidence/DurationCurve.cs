namespace Carillon.Pacing.Evidence;

/// <summary>
/// How long something takes, as a cumulative hazard: the chance that it ends within the next seconds given how long it has lasted is
/// 1 − exp(−(H(elapsed + within) − H(elapsed))).
/// </summary>
public sealed class DurationCurve
{
    readonly double[] _hazard;
    readonly double _tailRate;

    /// <param name="hazard">H at the ends of the <see cref="DurationBins"/>.</param>
    internal DurationCurve(double[] hazard, double tailRate) => (_hazard, _tailRate) = (hazard, tailRate);

    /// <summary>Nothing is known of it, so nothing ends.</summary>
    public static DurationCurve Endless { get; } = new(new double[DurationBins.Count], 0);

    public double EndsWithin(double elapsed, double seconds) => seconds <= 0 ? 0 : 1 - Math.Exp(Hazard(elapsed) - Hazard(elapsed + seconds));

    /// <summary>The share that lasts from each of these seconds to the next, given that it has lasted until then.</summary>
    internal double[] Lasting(double from, int seconds)
    {
        var lasting = new double[seconds];
        var before = Hazard(from);
        for (var s = 0; s < seconds; s++)
        {
            var after = Hazard(from + s + 1);
            (lasting[s], before) = (Math.Exp(before - after), after);
        }
        return lasting;
    }

    double Hazard(double at)
    {
        if (at <= 0) return 0;
        if (at >= DurationBins.Longest) return _hazard[^1] + (at - DurationBins.Longest) * _tailRate;
        var bin = DurationBins.Of(at);
        var before = bin == 0 ? 0 : _hazard[bin - 1];
        return before + (_hazard[bin] - before) * (at - DurationBins.Start(bin)) / DurationBins.Width(bin);
    }
}
