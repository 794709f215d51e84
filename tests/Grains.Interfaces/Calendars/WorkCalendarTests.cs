using System.Collections.Immutable;

namespace Carillon.Calendars;

public class WorkCalendarTests
{
    static readonly WorkCalendar Russia = IncludedCalendars.Find("ru")!;

    static IEnumerable<DateOnly> DaysOf(int year) => Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays).Where(d => d.Year == year);

    static bool IsWorked(WorkCalendar calendar, DateOnly date) =>
        calendar.Find(date) is { } special && (special.IsOff || special.WorksLike is not null)
            ? !special.IsOff
            : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    // The yearly norms of working time for a 40-hour week as the Ministry of Labour's calendars give them: any day that is wrong would change a sum.
    [Theory]
    [InlineData(2022, 247, 1973)]
    [InlineData(2023, 247, 1973)]
    [InlineData(2024, 248, 1979)]
    [InlineData(2025, 247, 1972)]
    [InlineData(2026, 247, 1972)]
    public void The_Russian_years_have_the_official_number_of_working_days_and_hours(int year, int days, int hours)
    {
        var worked = DaysOf(year).Where(d => IsWorked(Russia, d)).ToList();

        Assert.Equal(days, worked.Count);
        Assert.Equal(hours, worked.Sum(d => Russia.Find(d)?.IsShortened == true ? 7 : 8));
    }

    [Fact]
    public void Every_included_year_names_its_source() =>
        Assert.All(IncludedCalendars.All, c => Assert.All(c.Years, y => Assert.Contains(y.Year is 2022 ? "2021" : (y.Year - 1).ToString(System.Globalization.CultureInfo.InvariantCulture), y.Source!, StringComparison.Ordinal)));

    [Fact]
    public void Included_calendars_would_pass_as_those_of_users() =>
        Assert.All(IncludedCalendars.All, c => Assert.Empty(CalendarValidation.Validate(c with { Name = "mine" })));

    [Fact]
    public void A_year_that_nobody_has_decided_has_its_yearly_holidays_and_no_more()
    {
        Assert.Equal(14, DaysOf(2031).Count(d => Russia.Find(d) is not null));
        Assert.True(Russia.Find(new(2031, 1, 7))!.Value.IsOff);
    }

    [Fact]
    public void A_calendar_that_extends_another_replaces_its_years_and_keeps_the_others()
    {
        var mine = WorkCalendar.Of(new() { Name = "mine", Extends = "RU", Holidays = ["12-24"], Years = [new() { Year = 2026, DaysOff = [new(2026, 3, 9)] }] });

        Assert.True(mine.Find(new(2026, 12, 24))!.Value.IsOff);
        Assert.True(mine.Find(new(2026, 3, 9))!.Value.IsOff);
        Assert.Null(mine.Find(new(2026, 5, 11)));
        Assert.True(mine.Find(new(2025, 5, 8))!.Value.IsOff);
        Assert.True(mine.Find(new(2026, 1, 7))!.Value.IsOff);
    }

    [Fact]
    public void The_next_special_day_is_the_first_that_differs()
    {
        foreach (var date in DaysOf(2026).Concat(DaysOf(2027)))
        {
            var next = date.AddDays(1);
            while (Russia.Find(next) is null) next = next.AddDays(1);
            Assert.Equal(next, Russia.NextAfter(date));
        }
    }

    [Fact]
    public void A_leap_day_is_a_holiday_in_leap_years_only()
    {
        var calendar = WorkCalendar.Of(new() { Name = "leap", Holidays = ["02-29"] });

        Assert.Equal(new DateOnly(2028, 2, 29), calendar.NextAfter(new(2026, 1, 1)));
        Assert.Null(calendar.Find(new(2026, 2, 28)));
    }

    [Fact]
    public void Everything_wrong_with_a_calendar_is_told_at_once_and_by_its_field()
    {
        var problems = CalendarValidation.Validate(new()
        {
            Name = "ru",
            Extends = "XX",
            Holidays = ["13-01", "02-29"],
            Years =
            [
                new() { Year = 2026, DaysOff = [new(2026, 3, 9), new(2025, 3, 9), new(2026, 3, 9)], Shortened = [new(2026, 3, 9)] },
                new() { Year = 2026, Worked = [new(new(2026, 11, 17)), new(new(2026, 11, 14), new(2026, 11, 15))] },
                new() { Year = 1800 },
            ],
        });

        Assert.Equal(
            ["name", "extends", "holidays[0]", "years[0].daysOff[1]", "years[0].daysOff[2]", "years[0].shortened[0]", "years[1].year", "years[1].worked[0]",
             "years[1].worked[1].insteadOf", "years[2].year"],
            problems.Select(p => p.Field));
    }
}
