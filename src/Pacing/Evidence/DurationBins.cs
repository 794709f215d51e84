namespace Carillon.Pacing.Evidence;

/// <summary>Bins of durations: a second wide for the first two minutes, then 5 s up to ten minutes, then 30 s up to an hour.</summary>
static class DurationBins
{
    const int Fine = 120, Middle = 96, Coarse = 100;

    public const int Count = Fine + Middle + Coarse;

    public const double Longest = Fine + Middle * 5 + Coarse * 30;

    /// <summary>A duration below <see cref="Longest"/>.</summary>
    public static int Of(double seconds) => seconds < Fine ? (int)seconds
        : seconds < Fine + Middle * 5 ? Fine + (int)((seconds - Fine) / 5)
        : Fine + Middle + (int)((seconds - Fine - Middle * 5) / 30);

    public static double Start(int bin) => bin < Fine ? bin : bin < Fine + Middle ? Fine + (bin - Fine) * 5 : Fine + Middle * 5 + (bin - Fine - Middle) * 30;

    public static double Width(int bin) => bin < Fine ? 1 : bin < Fine + Middle ? 5 : 30;
}
