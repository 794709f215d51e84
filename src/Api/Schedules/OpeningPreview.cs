using System.Collections.Immutable;
using Carillon.Calendars;
using Carillon.Schedules;
using Carillon.Storage;

namespace Carillon.Api.Schedules;

/// <summary>One day of a schedule's zone, and when it is open by that zone's clock.</summary>
public sealed record OpenDay(DateOnly Date, ImmutableArray<OpenTime> Open);

/// <param name="To">Exclusive; 24 hours at the end of the day.</param>
public readonly record struct OpenTime(TimeSpan From, TimeSpan To);

/// <summary>When a schedule that is being written would be open: asked of the rules that the dialer asks.</summary>
sealed class OpeningPreview(ConfigStore<CalendarConfig> calendars, TimeProvider time)
{
    /// <returns>From today on; empty while its zone is not known, or its cycle is none.</returns>
    public async Task<IReadOnlyList<OpenDay>> Next(ScheduleConfig schedule, bool hasAnswered, int days, CancellationToken cancel)
    {
        if (ScheduleRules.FindZone(schedule.TimeZone) is not { } zone || schedule.Cycle?.IsPossible() == false) return [];
        var times = OpeningTimes.Of(schedule, zone, await calendars.FollowedByAsync(schedule.Calendar, cancel));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        var open = Open(times, hasAnswered, zone, today, today.AddDays(days)).ToLookup(o => o.Date, o => o.Time);
        return [.. Enumerable.Range(0, days).Select(today.AddDays).Select(date => new OpenDay(date, [.. open[date]]))];
    }

    static IEnumerable<(DateOnly Date, OpenTime Time)> Open(OpeningTimes times, bool hasAnswered, TimeZoneInfo zone, DateOnly first, DateOnly end)
    {
        var (at, last) = (Midnight(first, zone), Midnight(end, zone));
        while (times.NextOpening(hasAnswered, at) is { } opening && opening < last)
        {
            at = times.NextClosing(hasAnswered, opening) is { } closing && closing < last ? closing : last;
            // Up to the last tick that is open: at the end itself the clock may show another date, or may have been put back.
            var (from, to) = (TimeZoneInfo.ConvertTime(opening, zone), TimeZoneInfo.ConvertTime(at.AddTicks(-1), zone));
            for (var date = from.Date; date <= to.Date; date = date.AddDays(1))
            {
                var part = new OpenTime(date == from.Date ? from.TimeOfDay : TimeSpan.Zero, date == to.Date ? to.TimeOfDay + TimeSpan.FromTicks(1) : TimeSpan.FromDays(1));
                // A stretch over a clock that goes back may end earlier than it begins: what it repeats is open without it.
                if (part.From < part.To) yield return (DateOnly.FromDateTime(date), part);
            }
        }
    }

    static DateTimeOffset Midnight(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new(local, zone.GetUtcOffset(local));
    }
}
