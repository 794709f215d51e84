using System.Collections.Immutable;
using System.Globalization;
using Carillon.Calendars;

namespace Carillon.Schedules;

public class DayPlanTests
{
    static readonly TimeZoneInfo Moscow = ScheduleRules.FindZone("Europe/Moscow")!;

    static readonly ImmutableArray<OpenHours> Office =
        [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.Select(d => new OpenHours(d, new(9, 0), new(18, 0)))];

    static readonly ImmutableArray<OpenHours> AllDays = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, new(8, 0), new(20, 0)))];

    static readonly ScheduleConfig Schedule = new() { Name = "s", TimeZone = "Europe/Moscow", Unanswered = new() { Hours = Office } };

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text + "+03:00", CultureInfo.InvariantCulture);

    static string Openings(ScheduleConfig schedule, string from, int count)
    {
        var plan = DayPlan.Of(schedule, false, IncludedCalendars.Find("RU"));
        var (at, texts) = (At(from), new List<string>());
        for (var i = 0; i < count && ScheduleRules.NextOpening(plan, Moscow, at) is { } open && ScheduleRules.NextClosing(plan, Moscow, open) is { } close; i++)
        {
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{open.ToOffset(At(from).Offset):MM-dd HH:mm}-{close.ToOffset(At(from).Offset):HH:mm}"));
            at = close;
        }
        return string.Join(", ", texts);
    }

    [Fact]
    public void Two_days_of_work_and_two_of_rest_are_counted_from_the_anchor_in_both_directions()
    {
        var twoTwo = Schedule with { Unanswered = new() { Hours = AllDays }, Cycle = new(new(2026, 11, 10), 2, 2) };

        Assert.Equal("11-10 08:00-20:00, 11-11 08:00-20:00, 11-14 08:00-20:00", Openings(twoTwo, "2026-11-09T00:00", 3));
        Assert.Equal("11-03 08:00-20:00, 11-06 08:00-20:00", Openings(twoTwo, "2026-11-03T00:00", 2));
    }

    [Fact]
    public void Lunch_is_cut_out_of_the_day() =>
        Assert.Equal("11-16 09:00-13:00, 11-16 14:00-18:00", Openings(Schedule with { Breaks = [new() { From = new(13, 0), To = new(14, 0) }] }, "2026-11-16T00:00", 2));

    [Fact]
    public void A_meeting_on_Mondays_is_cut_out_of_Mondays_only() =>
        Assert.Equal("11-16 10:00-18:00, 11-17 09:00-18:00",
            Openings(Schedule with { Breaks = [new() { From = new(9, 0), To = new(10, 0), Days = [DayOfWeek.Monday] }] }, "2026-11-16T00:00", 2));

    [Fact]
    public void A_date_with_its_own_hours_opens_on_a_Sunday_and_one_without_stays_closed()
    {
        var schedule = Schedule with
        {
            Dates = [new() { From = new(2026, 11, 15), Hours = [new(new(10, 0), new(12, 0))] }, new() { From = new(2026, 11, 16), To = new(2026, 11, 18) }],
        };

        Assert.Equal("11-15 10:00-12:00, 11-19 09:00-18:00", Openings(schedule, "2026-11-14T00:00", 2));
    }

    [Fact]
    public void Validity_bounds_it_on_both_sides()
    {
        var schedule = Schedule with { Valid = new(new(2026, 11, 17), new(2026, 11, 18)) };

        Assert.Equal("11-17 09:00-18:00, 11-18 09:00-18:00", Openings(schedule, "2026-01-01T00:00", 9));
    }

    [Fact]
    public void The_Russian_calendar_closes_holidays_shortens_the_day_before_and_opens_a_worked_Saturday()
    {
        var schedule = Schedule with { Calendar = new() { Follows = "RU" } };

        // Saturday 2 November 2024 was worked instead of 30 April, an hour less; Monday the 4th is a holiday.
        Assert.Equal("11-01 09:00-18:00, 11-02 09:00-17:00, 11-05 09:00-18:00", Openings(schedule, "2024-11-01T00:00", 3));
        Assert.Equal("12-30 09:00-18:00", Openings(schedule, "2026-12-30T00:00", 1));
        Assert.Equal("01-12 09:00-18:00", Openings(schedule, "2025-12-31T00:00", 1));
    }

    [Fact]
    public void Holidays_may_have_Sundays_hours_or_be_a_day_like_others()
    {
        var withSunday = Schedule with { Unanswered = new() { Hours = [.. Office, new(DayOfWeek.Sunday, new(11, 0), new(15, 0))] } };

        Assert.Equal("11-04 11:00-15:00", Openings(withSunday with { Calendar = new() { Follows = "RU", Holidays = HolidayHours.LikeSunday } }, "2026-11-04T00:00", 1));
        Assert.Equal("11-04 09:00-18:00", Openings(withSunday with { Calendar = new() { Follows = "RU", Holidays = HolidayHours.AsUsual } }, "2026-11-04T00:00", 1));
        Assert.Equal("11-03 09:00-18:00", Openings(withSunday with { Calendar = new() { Follows = "RU", ShortenedBy = TimeSpan.Zero } }, "2026-11-03T00:00", 1));
    }

    [Fact]
    public void Years_without_a_change_are_one_step()
    {
        var always = Schedule with { Unanswered = new() { Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, default))] } };
        var plan = DayPlan.Of(always with { Valid = new(new(2030, 1, 1), new(2900, 12, 31)) }, false, null);

        Assert.Equal(At("2030-01-01T00:00"), ScheduleRules.NextOpening(plan, Moscow, At("1990-01-01T00:00")));
        Assert.Equal(At("2901-01-01T00:00"), ScheduleRules.NextClosing(plan, Moscow, At("2030-06-01T00:00")));
        Assert.Equal(new DateOnly(2029, 12, 31), plan.SameUntil(new(1990, 1, 1)));
        Assert.Equal(new DateOnly(2900, 12, 31), plan.SameUntil(new(2030, 1, 1)));
    }

    [Fact]
    public void A_weekday_that_meets_the_cycle_only_every_seventh_time_is_found()
    {
        var schedule = Schedule with { Unanswered = new() { Hours = [new(DayOfWeek.Monday, new(9, 0), new(10, 0))] }, Cycle = new(new(2026, 11, 17), 1, 9) };

        Assert.Equal("12-07 09:00-10:00, 02-15 09:00-10:00", Openings(schedule, "2026-11-17T00:00", 2));
    }

    [Fact]
    public void A_weekday_that_never_meets_the_cycle_is_given_up() =>
        Assert.Null(ScheduleRules.NextOpening(
            DayPlan.Of(Schedule with { Unanswered = new() { Hours = [new(DayOfWeek.Monday, new(9, 0), new(10, 0))] }, Cycle = new(new(2026, 11, 17), 1, 6) }, false, null),
            Moscow, At("2026-11-17T00:00")));
}
