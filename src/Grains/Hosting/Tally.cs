using System.Diagnostics.Metrics;

namespace Carillon.Hosting;

/// <summary>How many of something there are now in each of a few states; all states are told from the first scrape on, as zero.</summary>
sealed class Tally(string tag, string[] states)
{
    readonly long[] _counts = new long[states.Length];

    /// <summary>One of them is no longer in one state but in another; null: it is none that counts, not yet or no more.</summary>
    public void Move(string? before, string? after)
    {
        if (before == after) return;
        if (before is not null) Interlocked.Decrement(ref _counts[Array.IndexOf(states, before)]);
        if (after is not null) Interlocked.Increment(ref _counts[Array.IndexOf(states, after)]);
    }

    public IEnumerable<Measurement<long>> Read() => states.Select((state, i) => new Measurement<long>(Volatile.Read(ref _counts[i]), new KeyValuePair<string, object?>(tag, state)));
}
