namespace Carillon.Pacing.Evidence;

/// <summary>
/// What was seen of a kind of duration: ends and time at risk per bin (Kaplan and Meier 1958), so that what still lasts counts too and long durations are
/// not underrated at first. Old ones fade: a duration counts half after <see cref="HalfLife"/> later ones.
/// </summary>
public sealed class DurationEvidence
{
    /// <summary>In durations.</summary>
    public const double HalfLife = 2000;

    /// <summary>Fewer and the curve is <see cref="DurationCurve.Endless"/>: nothing is expected to end.</summary>
    public const int Fewest = 20;

    static readonly double Growth = Math.Pow(2, 1 / HalfLife);

    readonly double[] _ends = new double[DurationBins.Count];
    readonly double[] _lasting = new double[DurationBins.Count];
    // New durations weigh ever more instead of all old ones ever less; everything is scaled back before it overflows.
    double _weight = 1;
    double _seen;

    public double Seen => _seen / _weight;

    public void Add(double seconds)
    {
        if (!(seconds >= 0)) return;
        seconds = Math.Min(seconds, DurationBins.Longest - 0.001);
        var bin = DurationBins.Of(seconds);
        Last(_lasting, seconds, _weight);
        _ends[bin] += _weight;
        _seen += _weight;
        _weight *= Growth;
        if (_weight > 1e12) ScaleBack();
    }

    /// <param name="lastingNow">How long those that have not ended have lasted, in seconds.</param>
    public DurationCurve Curve(IEnumerable<double> lastingNow)
    {
        if (Seen < Fewest) return DurationCurve.Endless;
        var lasting = (double[])_lasting.Clone();
        foreach (var seconds in lastingNow) Last(lasting, Math.Min(seconds, DurationBins.Longest - 0.001), _weight);
        var hazard = new double[DurationBins.Count];
        var (sum, rate) = (0.0, 0.0);
        for (var bin = 0; bin < hazard.Length; bin++)
        {
            rate = Rate(bin, lasting);
            hazard[bin] = sum += rate * DurationBins.Width(bin);
        }
        return new(hazard, rate);
    }

    /// <summary>Ends per second in a bin; behind two minutes, where ends are rare, over its neighbours too.</summary>
    double Rate(int bin, double[] lasting)
    {
        var around = DurationBins.Start(bin) < 20 ? 0 : DurationBins.Start(bin) < 120 ? 2 : 6;
        var (ends, time) = (0.0, 0.0);
        for (var near = Math.Max(0, bin - around); near <= Math.Min(_ends.Length - 1, bin + around); near++)
            (ends, time) = (ends + _ends[near], time + lasting[near]);
        // So little was ever seen so late that it tells nothing: it goes on.
        return time < _weight * 0.5 ? 0 : ends / time;
    }

    static void Last(double[] lasting, double seconds, double weight)
    {
        var last = DurationBins.Of(seconds);
        for (var bin = 0; bin < last; bin++) lasting[bin] += weight * DurationBins.Width(bin);
        // Half a bin at most is missing where many end at the same tick.
        lasting[last] += weight * Math.Max(seconds - DurationBins.Start(last), 0.05);
    }

    void ScaleBack()
    {
        for (var bin = 0; bin < _ends.Length; bin++)
        {
            _ends[bin] /= _weight;
            _lasting[bin] /= _weight;
        }
        _seen /= _weight;
        _weight = 1;
    }
}
