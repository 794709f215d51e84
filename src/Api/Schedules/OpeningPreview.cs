using System.Collections.Immutable;
using Carillon.Calendars;
using Carillon.Schedules;
using Carillon.Storage;

namespace Carillon.Api.Schedules;

/// <summary>One day of a schedule's zone: whether it is open in each of its half hours, for leads that have not answered yet.</summary>
public sealed record OpenDay(DateOnly Date, ImmutableArray<bool> HalfHours)
{
    public const int Halves = 48;
}

/// <summary>When a schedule that is being written would be open.</summary>
sealed class OpeningPreview(ConfigStore<CalendarConfig> calendars, TimeProvider time)
{
    /// <returns>From today on; empty while its zone is not known.</returns>
    public async Task<IReadOnlyList<OpenDay>> Next(ScheduleConfig schedule, int days, CancellationToken cancel)
    {
        if (ScheduleRules.FindZone(schedule.TimeZone) is not { } zone) return [];
        var times = OpeningTimes.Of(schedule, zone, await calendars.FollowedByAsync(schedule.Calendar, cancel));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        return [.. Enumerable.Range(0, days).Select(d => Day(times, zone, today.AddDays(d)))];
    }

    static OpenDay Day(OpeningTimes times, TimeZoneInfo zone, DateOnly date) =>
        new(date, [.. Enumerable.Range(0, OpenDay.Halves).Select(i => date.ToDateTime(TimeOnly.MinValue).AddMinutes(30 * i)).Select(local => !zone.IsInvalidTime(local) && times.IsOpen(hasAnswered: false, new(local, zone.GetUtcOffset(local))))]);
}
