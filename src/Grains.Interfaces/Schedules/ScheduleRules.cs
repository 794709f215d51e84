namespace Carillon.Schedules;

/// <summary>
/// When a plan is open. The wall clock of its zone decides: it is open whenever that clock shows a date and time within its hours. So hours that a clock
/// change skips are not open, and hours that it repeats are open twice.
/// </summary>
public static class ScheduleRules
{
    // A weekly range may fall into skipped time (a clock change, or the whole day that Samoa left out in 2011): look past the next week's too.
    const int DaysOfStretch = 22;

    public static bool IsOpen(DayPlan plan, TimeZoneInfo zone, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        foreach (var hours in plan.On(DateOnly.FromDateTime(local)))
            if (local.TimeOfDay >= hours.From && local.TimeOfDay < hours.To) return true;
        return false;
    }

    /// <summary>The first instant from <paramref name="at"/> on (that one included) at which the plan is open; null if it never opens.</summary>
    public static DateTimeOffset? NextOpening(DayPlan plan, TimeZoneInfo zone, DateTimeOffset at) => Next(plan, zone, at, open: true);

    /// <summary>The first instant from <paramref name="at"/> on (that one included) at which the plan is not open; null if it never closes.</summary>
    public static DateTimeOffset? NextClosing(DayPlan plan, TimeZoneInfo zone, DateTimeOffset at) => Next(plan, zone, at, open: false);

    /// <summary>The zone of an IANA name, or null.</summary>
    public static TimeZoneInfo? FindZone(string? name) =>
        !string.IsNullOrWhiteSpace(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>Goes by stretches of dates that differ by weekday only, and of each looks at its first days: years without a change are one step.</summary>
    static DateTimeOffset? Next(DayPlan plan, TimeZoneInfo zone, DateTimeOffset at, bool open)
    {
        at = at.ToUniversalTime();
        if (IsOpen(plan, zone, at) == open) return at;
        // From the day before on: a clock that goes back over midnight has shown a part of this date and still owes some of that one.
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).AddDays(-1);
        for (var last = plan.SearchEnd(date); date <= last;)
        {
            var end = plan.SameUntil(date);
            for (var day = date; day <= end && day < date.AddDays(DaysOfStretch); day = day.AddDays(1))
            {
                DateTimeOffset? first = null;
                foreach (var instant in Boundaries(plan, zone, day))
                    if (instant >= at && !(first <= instant) && IsOpen(plan, zone, instant) == open) first = instant;
                if (first is not null) return first;
            }
            if (end >= last) return null;
            date = end.AddDays(1);
        }
        return null;
    }

    /// <summary>Every instant of a local day at which the plan can open or close.</summary>
    static IEnumerable<DateTimeOffset> Boundaries(DayPlan plan, TimeZoneInfo zone, DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        var (before, after) = (OffsetAt(zone, date.AddDays(-1)), OffsetAt(zone, date.AddDays(2)));
        // Midnight is one: what the day before was open to its end may end there.
        foreach (var time in plan.On(day).SelectMany(hours => (TimeSpan[])[hours.From, hours.To]).Prepend(TimeSpan.Zero))
        {
            foreach (var offset in before == after ? [before] : (TimeSpan[])[before, after])
            {
                // Holds for no offset in skipped time, and for both in repeated time.
                var instant = new DateTimeOffset(date + time - offset, TimeSpan.Zero);
                if (zone.GetUtcOffset(instant) == offset) yield return instant;
            }
        }
        if (before == after) yield break;
        var change = ClockChange(zone, date);
        var shown = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(change, zone).DateTime);
        if (shown == day) yield return change;
        // A clock that goes back over midnight shows some of the next day before it shows the rest of this one.
        if (after < before) foreach (var instant in Boundaries(plan, zone, day.AddDays(1))) yield return instant;
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
}
