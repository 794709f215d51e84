using System.Collections.Immutable;
using System.Globalization;
using Carillon.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Schedules;

/// <summary>Openings and closings against a second, naive reading of the schedule that walks minute by minute.</summary>
public class ScheduleOracleTests
{
    static readonly string[] Zones =
        ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "America/St_Johns", "Europe/Moscow", "UTC"];

    // Around days on which many of the zones change their clocks, and days of which Russia's calendar says something.
    static readonly string[] Moments =
        ["2026-03-28T00:00Z", "2026-10-24T00:00Z", "2018-11-03T00:00Z", "2026-03-07T00:00Z", "2024-04-26T00:00Z", "2024-10-31T00:00Z", "2026-04-29T00:00Z", "2027-01-06T00:00Z", "2010-11-06T00:00Z"];

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static Gen<(TimeOnly From, TimeOnly To)> Times =>
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 96)
        let end = Math.Min(96, start + length)
        select (new TimeOnly(0).AddMinutes(start * 15), new TimeOnly(0).AddMinutes(end % 96 * 15));

    static Gen<T?> Maybe<T>(Gen<T> some) where T : class => Gen.Frequency((2, Gen.Constant<T?>(null)), (1, some.Select(v => (T?)v)));

    static Gen<DateOnly> DateNear(DateOnly date, int days) => Gen.Choose(-days, days).Select(date.AddDays);

    static Gen<ImmutableArray<T>> Few<T>(Gen<T> some, int most) => Gen.Choose(0, most).SelectMany(n => some.ArrayOf(n)).Select(a => a.ToImmutableArray());

    static Gen<ScheduleConfig> Schedules(DateOnly near) =>
        from hours in Gen.OneOf(
            Few(from day in Gen.Choose(0, 6) from t in Times select new OpenHours((DayOfWeek)day, t.From, t.To), 8),
            Gen.Constant(Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, default)).ToImmutableArray()))
        from bounds in Gen.Elements(0, 0, 0, 1, 2, 3)
        from first in DateNear(near, 10)
        from length in Gen.Choose(0, 15)
        from cycle in Maybe(from anchor in DateNear(near, 40) from work in Gen.Choose(1, 4) from rest in Gen.Choose(1, 4) select new DayCycle(anchor, work, rest))
        from rule in Maybe(
            from holidays in Gen.Elements(Enum.GetValues<HolidayHours>())
            from shortened in Gen.Elements(0, 15, 60, 600)
            from weekends in Gen.Elements(Enum.GetValues<WorkedWeekendHours>())
            select new CalendarRule { Follows = "RU", Holidays = holidays, ShortenedBy = TimeSpan.FromMinutes(shortened), WorkedWeekends = weekends })
        from dates in Few(from start in DateNear(near, 8)
                          from days in Gen.Elements(0, 0, 1, 5)
                          from t in Few(Times, 2)
                          select new DatedHours { From = start, To = days == 0 ? null : start.AddDays(days), Hours = [.. t.Select(x => new TimeRange(x.From, x.To))] }, 2)
        from breaks in Few(from t in Times
                           from days in Few(Gen.Choose(0, 6).Select(d => (DayOfWeek)d), 3)
                           from start in DateNear(near, 8)
                           from kind in Gen.Choose(0, 2)
                           select new ClosedHours { From = t.From, To = t.To, Days = days, Dates = kind == 0 ? null : kind == 1 ? new(start, null) : new(start, start.AddDays(3)) }, 2)
        select new ScheduleConfig
        {
            Name = "any",
            TimeZone = "any",
            Unanswered = new() { Hours = hours },
            Valid = bounds switch { 1 => new(first), 2 => new(null, first.AddDays(length)), 3 => new(first, first.AddDays(length)), _ => null },
            Cycle = cycle,
            Calendar = rule,
            Dates = dates,
            Breaks = breaks,
        };

    /// <summary>The words of the documentation, read literally for one moment of a local clock.</summary>
    static bool Says(ScheduleConfig schedule, DateTime local)
    {
        var (date, time) = (DateOnly.FromDateTime(local), local.TimeOfDay);
        if (schedule.Valid is { } valid && (date < valid.From || date > valid.To)) return false;
        if (schedule.Breaks.Any(b => (b.Days.IsEmpty || b.Days.Contains(date.DayOfWeek)) && (b.Dates is not { } d || !(date < d.From || date > d.To)) && Within(b.From, b.To, time))) return false;
        if (schedule.Dates.FirstOrDefault(d => date >= d.From && date <= (d.To ?? d.From)) is { } dated) return dated.Hours.Any(h => Within(h.From, h.To, time));
        if (schedule.Cycle is { } cycle)
        {
            var day = cycle.From;
            while (day > date) day = day.AddDays(-(cycle.On + cycle.Off));
            while (day.AddDays(cycle.On + cycle.Off) <= date) day = day.AddDays(cycle.On + cycle.Off);
            if (date >= day.AddDays(cycle.On)) return false;
        }
        var weekday = date.DayOfWeek;
        var shortened = TimeSpan.Zero;
        if (schedule.Calendar is { } rule && Ru.Find(date) is { } special)
        {
            if (special.IsOff && rule.Holidays == HolidayHours.Closed) return false;
            if (special.IsOff && rule.Holidays == HolidayHours.LikeSunday) weekday = DayOfWeek.Sunday;
            if (special.WorksLike is { } like && rule.WorkedWeekends == WorkedWeekendHours.LikeWeekday) weekday = like;
            if (special.IsShortened) shortened = rule.ShortenedBy;
        }
        var hours = schedule.Unanswered.Hours.Where(h => h.Day == weekday).ToList();
        if (hours.Count == 0) return false;
        var closes = hours.Max(h => End(h.To)) - shortened;
        return time < closes && hours.Any(h => Within(h.From, h.To, time));
    }

    static readonly WorkCalendar Ru = IncludedCalendars.Find("RU")!;

    static bool Within(TimeOnly from, TimeOnly to, TimeSpan time) => time >= from.ToTimeSpan() && time < End(to);

    static TimeSpan End(TimeOnly to) => to == TimeOnly.MinValue ? TimeSpan.FromDays(1) : to.ToTimeSpan();

    [Fact]
    public void Openings_and_closings_agree_with_a_walk_minute_by_minute()
    {
        var cases = from moment in Gen.Elements(Moments)
                    from schedule in Schedules(DateOnly.FromDateTime(At(moment).Date))
                    from zone in Gen.Elements(Zones)
                    from minute in Gen.Choose(0, 3 * 24 * 60)
                    select (schedule, zone, at: At(moment).AddMinutes(minute));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var zone = ScheduleRules.FindZone(c.zone)!;
            var plan = DayPlan.Of(c.schedule, hasAnswered: false, Ru);
            var open = Says(c.schedule, TimeZoneInfo.ConvertTime(c.at, zone).DateTime);
            if (ScheduleRules.IsOpen(plan, zone, c.at) != open) return false;
            var next = open ? ScheduleRules.NextClosing(plan, zone, c.at) : ScheduleRules.NextOpening(plan, zone, c.at);
            var walked = c.at;
            var end = c.at.AddDays(35);
            while (walked < end && Says(c.schedule, TimeZoneInfo.ConvertTime(walked, zone).DateTime) == open) walked = walked.AddMinutes(1);
            return walked < end ? next == walked : next is null || next >= end;
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(400));
    }
}
