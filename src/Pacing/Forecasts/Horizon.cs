namespace Carillon.Pacing.Forecasts;

/// <summary>
/// The moments ahead, in seconds, at which forecasts are made: as far as a call rings. Fine where most calls are answered, coarse behind.
/// </summary>
public static class Horizon
{
    static readonly double[] Moments = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 22, 26, 30, 37, 45, 60];

    public static ReadOnlySpan<double> Seconds => Moments;

    public static int Length => Moments.Length;

    /// <summary>Where the stretch of time ends that moment <paramref name="i"/> stands for; it begins where the one before ends, the first at zero.</summary>
    public static double EndOf(int i) => i == Moments.Length - 1 ? double.PositiveInfinity : (Moments[i] + Moments[i + 1]) / 2;
}
