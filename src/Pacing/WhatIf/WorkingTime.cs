namespace Carillon.Pacing.WhatIf;

/// <summary>When dialing is allowed, in seconds from now. What was asked is remembered: schedules are slow to ask.</summary>
/// <param name="opens">When it opens next from a moment on, that one included; null: never again.</param>
/// <param name="closes">When it closes next; null: never.</param>
public sealed class WorkingTime(Func<double, double?> opens, Func<double, double?> closes)
{
    readonly List<(double From, double To)> _open = [];
    bool _over;

    public static WorkingTime Always() => new(at => at, _ => null);

    /// <summary>The moment itself if it is open, or the next opening; null: never again.</summary>
    public double? Next(double at) => Stretch(at) is var (from, _) ? Math.Max(at, from) : null;

    /// <summary>The moment when so many seconds of open time have gone by; null: there is not so much left before <paramref name="horizon"/>.</summary>
    public double? After(double at, double seconds, double horizon)
    {
        while (Stretch(at) is var (from, to))
        {
            at = Math.Max(at, from);
            if (at > horizon) return null;
            if (at + seconds <= to) return at + seconds <= horizon ? at + seconds : null;
            seconds -= to - at;
            at = to;
        }
        return null;
    }

    /// <summary>Seconds of open time between two moments.</summary>
    public double Between(double from, double to)
    {
        var sum = 0.0;
        for (var at = from; at < to && Stretch(at) is var (opening, closing) && opening < to; at = closing) sum += Math.Min(to, closing) - Math.Max(at, opening);
        return sum;
    }

    /// <summary>The stretch of open time that ends after a moment, and holds it or is the next one.</summary>
    (double From, double To)? Stretch(double at)
    {
        while (!_over && (_open.Count == 0 || _open[^1].To <= at)) Learn(_open.Count == 0 ? 0 : _open[^1].To);
        var (low, high) = (0, _open.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_open[middle].To <= at) low = middle + 1;
            else high = middle;
        }
        return low < _open.Count ? _open[low] : null;
    }

    void Learn(double from)
    {
        if (double.IsPositiveInfinity(from) || opens(from) is not { } opening)
        {
            _over = true;
            return;
        }
        var closing = closes(opening) ?? double.PositiveInfinity;
        // Asked again and again, such hours would never get anywhere.
        if (closing <= Math.Max(from, opening)) throw new InvalidOperationException($"Hours that open at {opening:R} s cannot close at {closing:R} s, asked from {from:R} s on.");
        _open.Add((opening, closing));
    }
}
