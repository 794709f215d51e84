using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Carillon.Bench;

/// <summary>
/// What the core gives at this moment. A virtual core is a thread of a real one: while its neighbour is at work, a loop that keeps all units busy takes up to
/// twice as long, and memcpy hardly longer. No memory, no branches: the same work each time.
/// </summary>
static class CoreProbe
{
    const int Rounds = 30_000;

    /// <summary>More than this, in times of the shortest probe of the process, is a core that somebody else uses.</summary>
    const double Shared = 1.25;

    static long _shortest = long.MaxValue;
    static ulong _sum;

    /// <summary>Ticks of the stopwatch that one loop took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Take()
    {
        var started = Stopwatch.GetTimestamp();
        var (a, b, c, d, e, f) = (_sum, 2UL, 3UL, 4UL, 5UL, 6UL);
        for (ulong i = 0; i < Rounds; i++)
        {
            a += i ^ b;
            b ^= i + 3;
            c += i | 1;
            d ^= i + a;
            e += i;
            f ^= e + i;
        }
        _sum = a + b + c + d + e + f;
        var taken = Stopwatch.GetTimestamp() - started;
        _shortest = Math.Min(_shortest, taken);
        return taken;
    }

    /// <summary>Nanoseconds that a round of the shortest probe took: what a whole core gives, if it was ever whole.</summary>
    public static double Best => _shortest * 1e9 / Stopwatch.Frequency / Rounds;

    /// <summary>The core was ours while the probe was taken.</summary>
    public static bool IsWhole(long taken) => taken < _shortest * Shared;
}
