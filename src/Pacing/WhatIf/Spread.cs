namespace Carillon.Pacing.WhatIf;

/// <summary>What runs came to: their mean, and where nine in ten of such runs would lie.</summary>
public readonly record struct Spread(double Expected, double Low, double High)
{
    /// <summary>Of a normal distribution, nine tenths lie within so many standard deviations.</summary>
    const double NineInTen = 1.645;

    /// <param name="most">Values beyond it, and below zero, cannot be.</param>
    public static Spread Of(IReadOnlyCollection<double> runs, double most = double.PositiveInfinity)
    {
        var mean = runs.Average();
        var half = runs.Count < 2 ? 0 : NineInTen * Math.Sqrt(runs.Sum(r => (r - mean) * (r - mean)) / (runs.Count - 1));
        return new(mean, Math.Max(0, mean - half), Math.Min(most, mean + half));
    }
}
