namespace Carillon.Pacing.WhatIf;

/// <summary>What runs came to: their mean, and where nine in ten of further runs as long would lie (the prediction interval of a normal distribution).</summary>
public readonly record struct Spread(double Expected, double Low, double High)
{
    /// <summary>Quantiles 0.95 of Student's t, by degrees of freedom from 1; beyond them the normal distribution's will do.</summary>
    static readonly double[] Student = [6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895];

    const double Normal = 1.645;

    /// <param name="most">Values beyond it, and below zero, cannot be.</param>
    public static Spread Of(IReadOnlyCollection<double> runs, double most = double.PositiveInfinity)
    {
        var mean = runs.Average();
        var half = runs.Count < 2 ? 0 : Factor(runs.Count) * Math.Sqrt(runs.Sum(r => (r - mean) * (r - mean)) / (runs.Count - 1));
        return new(mean, Math.Max(0, mean - half), Math.Min(most, mean + half));
    }

    static double Factor(int runs) => (runs - 2 < Student.Length ? Student[runs - 2] : Normal) * Math.Sqrt(1 + 1.0 / runs);
}
