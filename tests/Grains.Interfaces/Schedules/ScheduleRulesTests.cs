using System.Globalization;

namespace Carillon.Schedules;

public class ScheduleRulesTests
{
    static readonly TimeZoneInfo Berlin = ScheduleRules.FindZone("Europe/Berlin")!;
    static readonly TimeZoneInfo Moscow = ScheduleRules.FindZone("Europe/Moscow")!;

    static DayPlan Column(params (DayOfWeek Day, string From, string To)[] hours) =>
        DayPlan.Of([.. hours.Select(h => new OpenHours(h.Day, TimeOnly.Parse(h.From, CultureInfo.InvariantCulture), TimeOnly.Parse(h.To, CultureInfo.InvariantCulture)))]);

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    // The example of VoxLink's manual: Monday to Friday, 10:00 to 19:00.
    static readonly DayPlan Office = Column(
        (DayOfWeek.Monday, "10:00", "19:00"), (DayOfWeek.Tuesday, "10:00", "19:00"), (DayOfWeek.Wednesday, "10:00", "19:00"),
        (DayOfWeek.Thursday, "10:00", "19:00"), (DayOfWeek.Friday, "10:00", "19:00"));

    [Theory]
    [InlineData("2026-03-02T09:59:59.999+03:00", false)]
    [InlineData("2026-03-02T10:00:00+03:00", true)]
    [InlineData("2026-03-02T18:59:59.999+03:00", true)]
    [InlineData("2026-03-02T19:00:00+03:00", false)]
    [InlineData("2026-03-01T12:00:00+03:00", false)]
    [InlineData("2026-03-02T07:00:00Z", true)]
    [InlineData("2026-03-01T23:00:00-08:00", true)]
    public void Is_open_by_the_clock_of_its_zone(string at, bool open) => Assert.Equal(open, ScheduleRules.IsOpen(Office, Moscow, At(at)));

    [Theory]
    [InlineData("2026-03-02T09:00:00+03:00", "2026-03-02T10:00:00+03:00")]
    [InlineData("2026-03-02T12:34:56+03:00", "2026-03-02T12:34:56+03:00")]
    [InlineData("2026-03-02T19:00:00+03:00", "2026-03-03T10:00:00+03:00")]
    [InlineData("2026-03-06T20:00:00+03:00", "2026-03-09T10:00:00+03:00")]
    public void The_next_opening_is_now_or_the_next_start(string at, string opens) =>
        Assert.Equal(At(opens), ScheduleRules.NextOpening(Office, Moscow, At(at)));

    [Fact]
    public void Two_ranges_a_day_leave_a_pause_between_them()
    {
        var column = Column((DayOfWeek.Monday, "09:00", "13:00"), (DayOfWeek.Monday, "14:00", "18:00"));

        Assert.Equal(At("2026-03-02T13:00:00+03:00"), ScheduleRules.NextClosing(column, Moscow, At("2026-03-02T10:00:00+03:00")));
        Assert.False(ScheduleRules.IsOpen(column, Moscow, At("2026-03-02T13:30:00+03:00")));
        Assert.Equal(At("2026-03-02T14:00:00+03:00"), ScheduleRules.NextOpening(column, Moscow, At("2026-03-02T13:30:00+03:00")));
    }

    [Fact]
    public void Overlapping_and_touching_ranges_close_once_at_their_common_end()
    {
        var column = Column((DayOfWeek.Monday, "09:00", "13:00"), (DayOfWeek.Monday, "12:00", "15:00"), (DayOfWeek.Monday, "15:00", "16:00"));

        Assert.Equal(At("2026-03-02T16:00:00+03:00"), ScheduleRules.NextClosing(column, Moscow, At("2026-03-02T09:00:00+03:00")));
    }

    [Fact]
    public void Two_ranges_over_midnight_are_one_opening()
    {
        var column = Column((DayOfWeek.Monday, "22:00", "00:00"), (DayOfWeek.Tuesday, "00:00", "02:00"));

        Assert.True(ScheduleRules.IsOpen(column, Moscow, At("2026-03-02T23:59:59.9999999+03:00")));
        Assert.True(ScheduleRules.IsOpen(column, Moscow, At("2026-03-03T00:00:00+03:00")));
        Assert.Equal(At("2026-03-03T02:00:00+03:00"), ScheduleRules.NextClosing(column, Moscow, At("2026-03-02T22:00:00+03:00")));
    }

    [Fact]
    public void A_range_to_midnight_closes_at_the_end_of_the_day()
    {
        var column = Column((DayOfWeek.Monday, "22:00", "00:00"));

        Assert.Equal(At("2026-03-03T00:00:00+03:00"), ScheduleRules.NextClosing(column, Moscow, At("2026-03-02T23:00:00+03:00")));
        Assert.False(ScheduleRules.IsOpen(column, Moscow, At("2026-03-03T00:00:00+03:00")));
    }

    [Fact]
    public void Open_all_week_never_closes()
    {
        var column = Column([.. Enum.GetValues<DayOfWeek>().Select(day => (day, "00:00", "00:00"))]);

        Assert.Null(ScheduleRules.NextClosing(column, Berlin, At("2026-03-28T12:00:00Z")));
        Assert.True(ScheduleRules.IsOpen(column, Berlin, At("2026-10-25T00:30:00Z")));
    }

    [Fact]
    public void Without_hours_it_never_opens()
    {
        Assert.Null(ScheduleRules.NextOpening(Column(), Moscow, At("2026-03-02T12:00:00Z")));
        Assert.Null(ScheduleRules.NextOpening(DayPlan.Of(default), Moscow, At("2026-03-02T12:00:00Z")));
        Assert.Equal(At("2026-03-02T12:00:00Z"), ScheduleRules.NextClosing(Column(), Moscow, At("2026-03-02T12:00:00Z")));
    }

    [Fact]
    public void A_range_that_begins_in_skipped_time_opens_when_the_clock_jumps()
    {
        var column = Column((DayOfWeek.Sunday, "02:30", "04:00"));

        Assert.Equal(At("2026-03-29T03:00:00+02:00"), ScheduleRules.NextOpening(column, Berlin, At("2026-03-29T00:00:00+01:00")));
        Assert.Equal(At("2026-03-29T04:00:00+02:00"), ScheduleRules.NextClosing(column, Berlin, At("2026-03-29T03:00:00+02:00")));
    }

    [Fact]
    public void A_range_that_ends_in_skipped_time_closes_when_the_clock_jumps()
    {
        var column = Column((DayOfWeek.Sunday, "01:00", "02:30"));

        Assert.Equal(At("2026-03-29T03:00:00+02:00"), ScheduleRules.NextClosing(column, Berlin, At("2026-03-29T01:30:00+01:00")));
    }

    [Fact]
    public void A_range_inside_skipped_time_opens_a_week_later()
    {
        var column = Column((DayOfWeek.Sunday, "02:00", "03:00"));

        Assert.Equal(At("2026-04-05T02:00:00+02:00"), ScheduleRules.NextOpening(column, Berlin, At("2026-03-29T00:00:00+01:00")));
    }

    [Fact]
    public void A_range_inside_repeated_time_opens_twice()
    {
        var column = Column((DayOfWeek.Sunday, "02:00", "02:30"));

        Assert.Equal(At("2026-10-25T02:00:00+02:00"), ScheduleRules.NextOpening(column, Berlin, At("2026-10-25T00:00:00+02:00")));
        Assert.Equal(At("2026-10-25T02:30:00+02:00"), ScheduleRules.NextClosing(column, Berlin, At("2026-10-25T02:00:00+02:00")));
        Assert.Equal(At("2026-10-25T02:00:00+01:00"), ScheduleRules.NextOpening(column, Berlin, At("2026-10-25T02:45:00+02:00")));
        Assert.Equal(At("2026-10-25T02:30:00+01:00"), ScheduleRules.NextClosing(column, Berlin, At("2026-10-25T02:00:00+01:00")));
    }

    [Fact]
    public void A_range_that_ended_in_repeated_time_opens_again_when_the_clock_goes_back()
    {
        var column = Column((DayOfWeek.Sunday, "01:00", "02:30"));

        Assert.Equal(At("2026-10-25T02:00:00+01:00"), ScheduleRules.NextOpening(column, Berlin, At("2026-10-25T02:40:00+02:00")));
    }

    [Fact]
    public void The_rest_of_a_day_to_which_the_clock_goes_back_over_midnight_is_not_lost()
    {
        var column = Column((DayOfWeek.Saturday, "23:15", "23:30"));

        // Newfoundland's clock went back at 00:01, to 23:01 of the day before.
        Assert.Equal(At("2010-11-06T23:15:00-03:30"), ScheduleRules.NextOpening(column, ScheduleRules.FindZone("America/St_Johns")!, At("2010-11-07T00:00:00-02:30")));
    }

    [Fact]
    public void A_day_that_its_country_left_out_is_skipped()
    {
        var column = Column((DayOfWeek.Friday, "10:00", "12:00"));

        Assert.Equal(At("2012-01-06T10:00:00+14:00"), ScheduleRules.NextOpening(column, ScheduleRules.FindZone("Pacific/Apia")!, At("2011-12-29T12:00:00-10:00")));
    }

    [Theory]
    [InlineData("Europe/Moscow", true)]
    [InlineData("UTC", true)]
    [InlineData("Moscow", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Zones_are_found_by_their_IANA_names(string? name, bool found) => Assert.Equal(found, ScheduleRules.FindZone(name) is not null);
}
