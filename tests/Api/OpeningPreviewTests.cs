using System.Globalization;
using Carillon.Api.Schedules;
using Carillon.Calendars;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Api.Tests;

/// <summary>The days that the schedule's page shows before anything is saved.</summary>
public sealed class OpeningPreviewTests(TestNode node) : IClassFixture<TestNode>
{
    static readonly ScheduleConfig Daily = new()
    {
        Name = "daily",
        TimeZone = "Europe/Moscow",
        Unanswered = new() { Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, new(9, 0), new(18, 0)))] },
    };

    [Fact]
    public async Task Validity_shifts_holidays_dates_and_breaks_are_all_in_it()
    {
        var schedule = Daily with
        {
            Valid = new(To: new(2026, 11, 11)),
            Cycle = new(new(2026, 11, 1), 3, 1),
            Calendar = new() { Follows = "RU" },
            Dates = [new() { From = new(2026, 11, 9), Hours = [new(new(12, 0), new(0, 0))] }, new() { From = new(2026, 11, 10) }],
            Breaks = [new() { From = new(13, 0), To = new(13, 15), Days = [DayOfWeek.Monday, DayOfWeek.Tuesday] }],
        };
        Assert.Equal(
            [
                "01: 09:00-18:00",
                "02: 09:00-13:00 13:15-18:00",
                "03: 09:00-13:00 13:15-17:00", // the day before a holiday
                "04:", // the holiday, and off by the shifts
                "05: 09:00-18:00",
                "06: 09:00-18:00",
                "07: 09:00-18:00",
                "08:", // off
                "09: 12:00-13:00 13:15-24:00",
                "10:", // closed by its date
                "11: 09:00-18:00",
                "12:", // no longer valid
            ],
            await Days(schedule, "2026-10-31T22:00:00Z", 12));
    }

    [Fact]
    public async Task The_day_of_a_clock_change_is_shown_by_the_clock()
    {
        var night = Daily with { TimeZone = "Europe/Berlin", Unanswered = new() { Hours = [new(DayOfWeek.Sunday, new(2, 30), new(4, 0)), new(DayOfWeek.Monday, new(0, 0), new(0, 0))] } };
        Assert.Equal(["28:", "29: 03:00-04:00", "30: 00:00-24:00", "31:"], await Days(night, "2026-03-28T12:00:00Z", 4));
        Assert.Equal(["24:", "25: 02:30-03:00 02:30-04:00", "26: 00:00-24:00", "27:"], await Days(night, "2026-10-24T12:00:00Z", 4));
    }

    [Fact]
    public async Task What_cannot_be_looked_at_yet_shows_no_days()
    {
        Assert.Empty(await Days(Daily with { TimeZone = "Europe/Mosc" }, "2026-11-01T00:00:00Z", 3));
        Assert.Empty(await Days(Daily with { Cycle = new(new(2026, 11, 1), 0, 0) }, "2026-11-01T00:00:00Z", 3));
        Assert.Empty(await Days(Daily with { Cycle = new(new(2026, 11, 1), int.MaxValue, int.MaxValue) }, "2026-11-01T00:00:00Z", 3));
    }

    async Task<string[]> Days(ScheduleConfig schedule, string now, int days)
    {
        var preview = new OpeningPreview(node.Service<ConfigStore<CalendarConfig>>(), new FakeTime(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
        return [.. (await preview.Next(schedule, hasAnswered: false, days, CancellationToken.None)).Select(d => $"{d.Date:dd}: {string.Join(' ', d.Open.Select(Text))}".TrimEnd())];
    }

    static string Text(OpenTime time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.From.TotalHours:00}:{time.From.Minutes:00}-{(int)time.To.TotalHours:00}:{time.To.Minutes:00}");
}
