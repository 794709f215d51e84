namespace Carillon.Schedules;

/// <summary>A stretch of a local day, the end exclusive.</summary>
readonly record struct HourRange(TimeSpan From, TimeSpan To)
{
    public static readonly TimeSpan EndOfDay = TimeSpan.FromDays(1);

    public static HourRange Of(TimeOnly from, TimeOnly to) => new(from.ToTimeSpan(), to == TimeOnly.MinValue ? EndOfDay : to.ToTimeSpan());

    /// <summary>In order; what overlaps or touches is one.</summary>
    public static HourRange[] Merge(IEnumerable<HourRange> ranges)
    {
        var merged = new List<HourRange>();
        foreach (var range in ranges.OrderBy(r => r.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To) merged[^1] = merged[^1] with { To = range.To > merged[^1].To ? range.To : merged[^1].To };
            else merged.Add(range);
        }
        return [.. merged];
    }

    public static HourRange[] Cut(HourRange[] ranges, HourRange closed)
    {
        if (!ranges.Any(r => r.From < closed.To && closed.From < r.To)) return ranges;
        return [.. ranges.SelectMany(r => (HourRange[])[new(r.From, Min(r.To, closed.From)), new(Max(r.From, closed.To), r.To)]).Where(r => r.From < r.To)];
    }

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
