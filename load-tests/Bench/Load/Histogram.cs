using System.Globalization;

namespace Carillon.Bench.Load;

/// <summary>A histogram as /metrics shows it: counts of values up to each bound.</summary>
sealed record Histogram(IReadOnlyList<(double Bound, double Count)> Buckets)
{
    public static Histogram Read(string metrics, string family)
    {
        var buckets = new List<(double, double)>();
        foreach (var line in metrics.Split('\n').Where(l => l.StartsWith(family + "_bucket", StringComparison.Ordinal)))
        {
            var bound = line.Split("le=\"")[1].Split('"')[0];
            buckets.Add((bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture), double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)));
        }
        return new(buckets);
    }

    public Histogram Since(Histogram earlier) =>
        earlier.Buckets.Count == 0 ? this : new([.. Buckets.Zip(earlier.Buckets, (now, then) => (now.Bound, now.Count - then.Count))]);

    public double Count => Buckets.Count == 0 ? 0 : Buckets[^1].Count;

    /// <summary>The upper bound of the bucket that the quantile lies in: never better than the truth.</summary>
    public double UpperBound(double quantile) => Buckets.FirstOrDefault(b => b.Count >= quantile * Count).Bound;
}
