namespace Carillon.Network;

/// <summary>A small seeded generator (splitmix64): the same seed and salts give the same draws on every machine and in any order of calls.</summary>
public struct Dice
{
    ulong _state;

    public Dice(long seed, string salt, int number = 0)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in salt) hash = (hash ^ c) * 1099511628211UL;
        _state = hash ^ Mix((ulong)seed) ^ Mix((ulong)number + 0x5851F42D4C957F2DUL);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Uniform() < probability;

    public int Below(int bound) => (int)(Uniform() * bound);

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Sum of <paramref name="shape"/> exponentials.</summary>
    public double Gamma(int shape, double scale)
    {
        var sum = 0.0;
        for (var i = 0; i < shape; i++) sum += Exponential(scale);
        return sum;
    }

    /// <summary>Log-normal with the given mean and coefficient of variation (standard deviation over mean).</summary>
    public double LogNormal(double mean, double variation)
    {
        if (mean <= 0) return 0;
        var variance = Math.Log(1 + variation * variation);
        return Math.Exp(Math.Log(mean) - variance / 2 + Math.Sqrt(variance) * Normal());
    }

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15UL);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
