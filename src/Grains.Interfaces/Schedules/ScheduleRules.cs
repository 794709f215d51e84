namespace Carillon.Schedules;

/// <summary>
/// When a column is open. The wall clock of the schedule's zone decides: a column is open whenever that clock shows a time within one of its
/// ranges. So hours that a clock change skips are not open, and hours that it repeats are open twice.
/// </summary>
public static class ScheduleRules
{
    // A weekly range may fall into skipped time (a clock change, or the whole day that Samoa left out in 2011): look past the next week's too.
    const int DaysToSearch = 22;

    public static bool IsOpen(ScheduleColumn column, TimeZoneInfo zone, DateTimeOffset at)
    {
        if (column.Hours.IsDefaultOrEmpty) return false;
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        foreach (var hours in column.Hours)
            if (hours.Day == local.DayOfWeek && local.TimeOfDay >= hours.From.ToTimeSpan() && local.TimeOfDay < EndOf(hours)) return true;
        return false;
    }

    /// <summary>The first instant from <paramref name="at"/> on (that one included) at which the column is open; null if it never opens.</summary>
    public static DateTimeOffset? NextOpening(ScheduleColumn column, TimeZoneInfo zone, DateTimeOffset at) => Next(column, zone, at, open: true);

    /// <summary>The first instant from <paramref name="at"/> on (that one included) at which the column is not open; null if it never closes.</summary>
    public static DateTimeOffset? NextClosing(ScheduleColumn column, TimeZoneInfo zone, DateTimeOffset at) => Next(column, zone, at, open: false);

    /// <summary>The zone of an IANA name, or null.</summary>
    public static TimeZoneInfo? FindZone(string? name) =>
        !string.IsNullOrWhiteSpace(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    static DateTimeOffset? Next(ScheduleColumn column, TimeZoneInfo zone, DateTimeOffset at, bool open)
    {
        at = at.ToUniversalTime();
        if (IsOpen(column, zone, at) == open) return at;
        if (column.Hours.IsDefaultOrEmpty) return null;
        var today = TimeZoneInfo.ConvertTime(at, zone).Date;
        for (var day = 0; day < DaysToSearch; day++)
        {
            DateTimeOffset? first = null;
            foreach (var instant in Boundaries(column, zone, today.AddDays(day)))
                if (instant >= at && !(first <= instant) && IsOpen(column, zone, instant) == open) first = instant;
            if (first is not null) return first;
        }
        return null;
    }

    /// <summary>Every instant of a local day at which the column can open or close.</summary>
    static IEnumerable<DateTimeOffset> Boundaries(ScheduleColumn column, TimeZoneInfo zone, DateTime date)
    {
        var (before, after) = (OffsetAt(zone, date.AddDays(-1)), OffsetAt(zone, date.AddDays(2)));
        foreach (var hours in column.Hours)
        {
            if (hours.Day != date.DayOfWeek) continue;
            foreach (var local in (DateTime[])[date + hours.From.ToTimeSpan(), date + EndOf(hours)])
            {
                foreach (var offset in before == after ? [before] : (TimeSpan[])[before, after])
                {
                    // Holds for no offset in skipped time, and for both in repeated time.
                    var instant = new DateTimeOffset(local - offset, TimeSpan.Zero);
                    if (zone.GetUtcOffset(instant) == offset) yield return instant;
                }
            }
        }
        if (before != after) yield return ClockChange(zone, date);
    }

    /// <summary>The instant of the one clock change near a date, to the tick.</summary>
    static DateTimeOffset ClockChange(TimeZoneInfo zone, DateTime date)
    {
        var (low, high) = (Utc(date.AddDays(-1)), Utc(date.AddDays(2)));
        var offset = zone.GetUtcOffset(low);
        while ((high - low).Ticks > 1)
        {
            var middle = low + (high - low) / 2;
            if (zone.GetUtcOffset(middle) == offset) low = middle; else high = middle;
        }
        return high;
    }

    static TimeSpan OffsetAt(TimeZoneInfo zone, DateTime utc) => zone.GetUtcOffset(Utc(utc));

    static DateTimeOffset Utc(DateTime time) => new(time.Ticks, TimeSpan.Zero);

    static TimeSpan EndOf(OpenHours hours) => hours.To == TimeOnly.MinValue ? TimeSpan.FromDays(1) : hours.To.ToTimeSpan();
}
