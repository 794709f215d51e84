using Carillon.Calendars;
using Carillon.Config;

namespace Carillon.Schedules;

public class ScheduleValidationTests
{
    static readonly ScheduleColumn Open = new() { Hours = [new(DayOfWeek.Monday, new(10, 0), new(19, 0))] };
    static readonly ScheduleConfig Good = new() { Name = "office", TimeZone = "Europe/Moscow", Unanswered = Open };

    static ConfigProblem Only(ScheduleConfig config) => Assert.Single(ScheduleValidation.Validate(config));

    [Fact]
    public void A_good_schedule_has_no_problems() => Assert.Empty(ScheduleValidation.Validate(Good with { Answered = Open with { Attempts = 3 } }));

    [Theory]
    [InlineData("Europe/Mosow", "Europe/Moscow")]
    [InlineData("moscow", "Europe/Moscow")]
    [InlineData("europe/berln", "Europe/Berlin")]
    [InlineData("New York", "America/New_York")]
    public void An_unknown_zone_names_the_nearest(string zone, string nearest)
    {
        var problem = Only(Good with { TimeZone = zone });

        Assert.Equal(new ConfigProblem("timeZone", $"\"{zone}\" is not a time zone; did you mean {nearest}?"), problem);
    }

    [Theory]
    [InlineData("Mars/Olympus_Mons_Base")]
    [InlineData("!")]
    public void A_zone_near_to_none_gets_an_example(string zone) =>
        Assert.Equal($"\"{zone}\" is not a time zone; use an IANA name such as Europe/Moscow.", Only(Good with { TimeZone = zone }).Text);

    [Fact]
    public void A_very_long_zone_name_is_cut() => Assert.True(Only(Good with { TimeZone = new string('x', 100_000) }).Text.Length < 200);

    [Fact]
    public void A_schedule_that_never_opens_says_so()
    {
        var problem = Only(Good with { Unanswered = Open with { Hours = [] } });

        Assert.Equal("unanswered.hours", problem.Field);
        Assert.StartsWith("The schedule never opens", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answered_column_may_be_closed_when_nobody_is_called_again()
    {
        Assert.Empty(ScheduleValidation.Validate(Good with { Answered = Open with { Hours = [], Attempts = 1 } }));
        Assert.Equal("answered.hours", Only(Good with { Answered = Open with { Hours = [], Attempts = 2 } }).Field);
    }

    [Fact]
    public void Attempts_start_at_one() => Assert.Equal("unanswered.attempts", Only(Good with { Unanswered = Open with { Attempts = 0 } }).Field);

    [Fact]
    public void An_interval_is_neither_negative_nor_endless()
    {
        Assert.Equal("unanswered.interval", Only(Good with { Unanswered = Open with { Interval = TimeSpan.FromSeconds(-1) } }).Field);
        Assert.Equal("answered.interval", Only(Good with { Answered = Open with { Interval = TimeSpan.MaxValue } }).Field);
        Assert.Empty(ScheduleValidation.Validate(Good with { Unanswered = Open with { Interval = TimeSpan.Zero } }));
    }

    [Theory]
    [InlineData(19, 10, true)]
    [InlineData(10, 10, true)]
    [InlineData(10, 0, false)]
    [InlineData(0, 0, false)]
    public void Hours_end_after_they_begin_or_at_midnight(int from, int to, bool wrong)
    {
        var config = Good with { Unanswered = Open with { Hours = [Open.Hours[0], new(DayOfWeek.Friday, new(from, 0), new(to, 0))] } };

        if (wrong) Assert.Equal("unanswered.hours[1].to", Only(config).Field);
        else Assert.Empty(ScheduleValidation.Validate(config));
    }

    [Fact]
    public void A_day_out_of_the_week_is_named() =>
        Assert.Equal("unanswered.hours[0].day", Only(Good with { Unanswered = Open with { Hours = [new((DayOfWeek)7, new(1, 0), new(2, 0))] } }).Field);

    public static TheoryData<ScheduleConfig> NeverOpening => new(
        Good with { Valid = new(new(2026, 11, 17), new(2026, 11, 22)) },
        Good with { Cycle = new(new(2026, 11, 17), 1, 6) },
        Good with { Dates = [new() { From = new(1990, 1, 1), To = new(2900, 1, 1) }], Valid = new(new(2026, 1, 1), new(2800, 1, 1)) },
        Good with { Breaks = [new() { From = new(9, 0), To = new(20, 0) }] },
        Good with { Valid = new(new(2026, 5, 11), new(2026, 5, 11)), Calendar = new() { Follows = "RU" } },
        Good with { Unanswered = Open with { Hours = [] }, Dates = [new() { From = new(2026, 1, 1) }] });

    [Theory, MemberData(nameof(NeverOpening))]
    public void A_schedule_whose_days_leave_nothing_of_its_hours_never_opens(ScheduleConfig schedule)
    {
        var problem = Assert.Single(ScheduleValidation.Validate(schedule, IncludedCalendars.Find("RU")));

        Assert.Equal("unanswered.hours", problem.Field);
        Assert.StartsWith("The schedule never opens", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_of_dates_are_enough() =>
        Assert.Empty(ScheduleValidation.Validate(Good with { Unanswered = Open with { Hours = [] }, Dates = [new() { From = new(2026, 1, 1), Hours = [new(new(9, 0), new(10, 0))] }] }));

    [Fact]
    public void Days_that_cannot_be_are_named()
    {
        var problems = ScheduleValidation.Validate(Good with
        {
            Valid = new(new(2026, 2, 1), new(2026, 1, 1)),
            Cycle = new(new(2026, 1, 1), 0, 0),
            Calendar = new() { Follows = "mars", ShortenedBy = TimeSpan.FromDays(1) },
            Dates = [new() { From = new(2026, 2, 1), To = new(2026, 1, 1), Hours = [new(new(10, 0), new(9, 0))] }],
            Breaks = [new() { From = new(14, 0), To = new(13, 0), Days = [(DayOfWeek)9], Dates = new(new(2026, 2, 1), new(2026, 1, 1)) }],
        });

        Assert.Equal(
            ["valid.to", "cycle.on", "cycle.off", "calendar.follows", "calendar.shortenedBy", "dates[0].to", "dates[0].hours[0].to", "breaks[0].to", "breaks[0].days", "breaks[0].dates.to"],
            problems.Select(p => p.Field));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var problems = ScheduleValidation.Validate(new()
        {
            Name = " ",
            TimeZone = "",
            Unanswered = new() { Hours = [], Attempts = 0, Interval = TimeSpan.FromTicks(-1) },
        });

        Assert.Equal(["name", "timeZone", "unanswered.attempts", "unanswered.interval", "unanswered.hours"], problems.Select(p => p.Field));
    }
}
