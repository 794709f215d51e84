namespace Carillon.Pacing.Forecasts;

/// <summary>
/// The distribution of a count of which mean and variance are known: the binomial that has them (a sum of unlike yes-or-no events is never wider than
/// Poisson; Le Cam 1960 and Ehm 1991 bound what the binomial misses), or, if the estimate of the mean itself is uncertain, the negative binomial. Held from
/// <see cref="First"/> on; what lies further out than seven standard deviations is left out.
/// </summary>
readonly ref struct CountDistribution
{
    /// <summary>Room that a distribution needs at most; a wider one is cut at its ends.</summary>
    public const int Room = 1024;

    const double Certain = 1e-9;

    readonly Span<double> _mass;

    CountDistribution(int first, Span<double> mass)
    {
        First = first;
        _mass = mass;
    }

    public int First { get; }

    public ReadOnlySpan<double> Mass => _mass;

    public static CountDistribution Of(double mean, double variance, Span<double> room)
    {
        if (mean < Certain) return At(0, room);
        variance = Math.Max(variance, 0);
        if (variance < Certain && Math.Abs(mean - Math.Round(mean)) < Certain) return At((int)Math.Round(mean), room);
        var reach = 7 * Math.Sqrt(Math.Max(variance, mean - Math.Floor(mean))) + 4;
        var first = Math.Max(0, (int)(mean - reach));
        var last = (int)Math.Ceiling(mean + reach);
        var mode = Math.Max(first, (int)mean);

        // The ratio of neighbours P(k+1)/P(k) = (a + b·k)/(k + 1) says which of the three it is (Panjer's class).
        double a, b;
        var excess = variance / mean - 1;
        if (excess < -1e-6)
        {
            var trials = Math.Ceiling(mean / Math.Min(1, -excess) - 1e-9);
            var odds = mean / trials >= 1 ? double.PositiveInfinity : mean / trials / (1 - mean / trials);
            if (double.IsInfinity(odds)) return At((int)trials, room);
            (a, b) = (trials * odds, -odds);
            last = (int)Math.Min(last, trials);
            mode = Math.Min(mode, last);
        }
        else if (excess > 1e-6) (a, b) = (mean / (1 + excess), excess / (1 + excess));
        else (a, b) = (mean, 0);

        if (last - first + 1 > room.Length)
        {
            first = Math.Max(first, mode - room.Length / 2);
            last = first + room.Length - 1;
        }
        var mass = room[..(last - first + 1)];
        mass[mode - first] = 1;
        var sum = 1.0;
        for (var k = mode; k < last; k++) sum += mass[k + 1 - first] = mass[k - first] * (a + b * k) / (k + 1);
        for (var k = mode; k > first; k--) sum += mass[k - 1 - first] = mass[k - first] * k / (a + b * (k - 1));
        var scale = 1 / sum;
        for (var i = 0; i < mass.Length; i++) mass[i] *= scale;
        return new(first, mass);
    }

    /// <summary>P(this ≤ x) for every x of this distribution instead of P(x): the same room is used.</summary>
    public CountDistribution Cumulate()
    {
        for (var i = 1; i < _mass.Length; i++) _mass[i] += _mass[i - 1];
        return this;
    }

    /// <summary>P(cumulated ≤ other + shift), both independent.</summary>
    public static double AtMost(CountDistribution cumulated, CountDistribution other, int shift)
    {
        var probability = 0.0;
        for (var i = 0; i < other._mass.Length; i++)
        {
            var at = other.First + i + shift - cumulated.First;
            if (at < 0) continue;
            probability += other._mass[i] * (at >= cumulated._mass.Length ? 1 : cumulated._mass[at]);
        }
        return Math.Min(1, probability);
    }

    /// <summary>One that was made before and kept.</summary>
    public static CountDistribution At(int first, double[] mass) => new(first, mass);

    static CountDistribution At(int count, Span<double> room)
    {
        room[0] = 1;
        return new(count, room[..1]);
    }
}
