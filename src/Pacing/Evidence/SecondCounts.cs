namespace Carillon.Pacing.Evidence;

/// <summary>How often something took how many seconds, up to two minutes; old ones fade.</summary>
/// <param name="halfLife">After so many later ones, one counts half.</param>
sealed class SecondCounts(double halfLife)
{
    const int Seconds = 120;

    readonly double _fade = Math.Pow(2, -1 / halfLife);
    readonly double[] _counts = new double[Seconds];

    /// <summary>False: it is no time.</summary>
    public bool Add(double seconds)
    {
        if (!(seconds >= 0)) return false;
        for (var s = 0; s < Seconds; s++) _counts[s] *= _fade;
        _counts[(int)Math.Min(seconds, Seconds - 1)] += 1;
        return true;
    }

    public void Put(int second, double weight) => _counts[second] = weight;

    public SecondCurve Cumulated()
    {
        var curve = new double[Seconds];
        var (sum, total, mean) = (0.0, _counts.Sum(), 0.0);
        for (var s = 0; s < Seconds; s++)
        {
            curve[s] = total == 0 ? 1 : (sum += _counts[s]) / total;
            mean += total == 0 ? 0 : (s + 0.5) * _counts[s] / total;
        }
        return new(curve, mean);
    }
}

/// <summary>The share that is over by each moment. Of nothing, all is over at once.</summary>
/// <param name="mean">In seconds.</param>
sealed class SecondCurve(double[] by, double mean)
{
    public double Mean => mean;

    public double At(double seconds)
    {
        if (seconds <= 0) return 0;
        if (seconds >= by.Length) return 1;
        var second = (int)seconds;
        var before = second == 0 ? 0 : by[second - 1];
        return before + (by[second] - before) * (seconds - second);
    }
}
