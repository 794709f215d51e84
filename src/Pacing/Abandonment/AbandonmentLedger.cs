namespace Carillon.Pacing.Abandonment;

/// <summary>
/// Who answered and who was abandoned within a rolling window, and so how many more may be abandoned. Counts are kept in 96 slices of the window
/// (a quarter of an hour of a day): the oldest slice leaves as a whole, which errs towards remembering.
/// </summary>
public sealed class AbandonmentLedger
{
    const int Slices = 96;

    readonly long[] _answered = new long[Slices + 1];
    readonly long[] _abandoned = new long[Slices + 1];
    readonly double _slice;
    long _current = long.MinValue;

    /// <param name="window">In seconds, above zero.</param>
    public AbandonmentLedger(double window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        (Window, _slice) = (window, window / Slices);
    }

    public double Window { get; }

    /// <summary>Calls that people answered, abandoned ones included.</summary>
    public long Answered { get; private set; }

    public long Abandoned { get; private set; }

    public double Rate => Answered == 0 ? 0 : (double)Abandoned / Answered;

    /// <summary>How many more may be abandoned before the cap is reached; below zero it is exceeded.</summary>
    public double AbandonsLeft(double cap) => cap * Answered - Abandoned;

    /// <param name="now">In seconds from any fixed moment. An earlier one counts as the latest that was seen.</param>
    public void Add(double now, long answered, long abandoned)
    {
        Roll(now);
        var at = Place(_current);
        _answered[at] += answered;
        _abandoned[at] += abandoned;
        Answered += answered;
        Abandoned += abandoned;
    }

    public void Roll(double now)
    {
        var slice = (long)Math.Floor(now / _slice);
        if (_current == long.MinValue) _current = slice;
        for (var gone = 0; _current < slice && gone <= Slices; gone++) Forget(++_current);
        _current = Math.Max(_current, slice);
    }

    void Forget(long slice)
    {
        var at = Place(slice);
        Answered -= _answered[at];
        Abandoned -= _abandoned[at];
        (_answered[at], _abandoned[at]) = (0, 0);
    }

    static int Place(long slice) => (int)(((slice % (Slices + 1)) + Slices + 1) % (Slices + 1));
}
