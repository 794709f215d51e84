namespace Carillon.Pacing.Evidence;

public class DayProfileTests
{
    readonly DayProfile _profile = new();

    static TimeOfDay At(int day, double hour) => new(day, hour * 3600);

    void Hour(int day, int hour, int calls, int answers)
    {
        for (var n = 0; n < calls; n++) _profile.Ended(n < answers, At(day, hour + 0.5));
    }

    [Fact]
    public void Before_a_day_is_over_every_hour_is_alike()
    {
        Hour(0, 9, 1000, 400);
        Hour(0, 10, 1000, 100);
        Assert.Equal(1, _profile.Of(At(0, 9.5)));
        Assert.Equal((0, 10), _profile.SeenUntil);
    }

    [Fact]
    public void An_hour_is_held_against_its_own_day_and_believed_by_how_many_answers_were_expected_of_it()
    {
        Hour(0, 9, 1000, 400);
        Hour(0, 10, 1000, 100);
        Hour(1, 9, 1, 0);
        Assert.Equal((400 + 20) / (250 + 20.0), _profile.Of(At(1, 9.5)), 9);
        Assert.Equal((100 + 20) / (250 + 20.0), _profile.Of(At(1, 10.5)), 9);
    }

    [Fact]
    public void A_better_day_says_nothing_of_its_hours()
    {
        foreach (var (day, answers) in new[] { (0, 100), (1, 400), (2, 50) })
        {
            Hour(day, 9, 1000, answers);
            Hour(day, 10, 1000, answers);
        }
        Hour(3, 9, 1, 0);
        Assert.Equal(1, _profile.Of(At(3, 9.5)), 9);
        Assert.Equal(1, _profile.Of(At(3, 10.5)), 9);
    }

    [Fact]
    public void From_the_middle_of_one_hour_to_that_of_the_next_it_goes_evenly()
    {
        Hour(0, 9, 1000, 400);
        Hour(0, 10, 1000, 100);
        Hour(1, 9, 1, 0);
        var (nine, ten) = (_profile.Of(At(1, 9.5)), _profile.Of(At(1, 10.5)));
        Assert.Equal((nine + ten) / 2, _profile.Of(At(1, 10)), 9);
        Assert.Equal(0.75 * nine + 0.25 * ten, _profile.Of(At(1, 9.75)), 9);
        // Hours of which nothing is known are taken as those beside them, and further ones as the day.
        Assert.Equal(nine, _profile.Of(At(1, 9)), 9);
        Assert.Equal(ten, _profile.Of(At(1, 11.2)), 9);
        Assert.Equal(1, _profile.Of(At(1, 12)), 9);
        Assert.Equal(1, _profile.Of(At(1, 0.1)), 9);
        Assert.Equal(1, _profile.Of(At(1, 23.9)), 9);
    }

    [Fact]
    public void Half_of_a_day_is_gone_after_four()
    {
        Hour(0, 9, 1000, 400);
        Hour(0, 10, 1000, 100);
        for (var day = 1; day < 5; day++) Hour(day, 15, 100, 50);
        Hour(5, 15, 1, 0);
        var weight = Math.Pow(0.84, 4);
        Assert.InRange(weight, 0.49, 0.51);
        Assert.Equal((400 * weight + 20) / (250 * weight + 20), _profile.Of(At(5, 9.5)), 9);
    }

    [Fact]
    public void A_day_on_which_nobody_answered_and_calls_of_a_day_that_is_over_tell_nothing()
    {
        Hour(0, 9, 1000, 400);
        Hour(0, 10, 1000, 100);
        Hour(1, 9, 500, 0);
        Hour(2, 9, 1, 0);
        var nine = _profile.Of(At(2, 9.5));
        Assert.Equal((400 + 20) / (250 + 20.0), nine, 9);
        Hour(1, 10, 500, 500);
        Hour(3, 9, 1, 0);
        Assert.Equal(nine, _profile.Of(At(3, 9.5)), 9);
    }

    [Fact]
    public void What_was_kept_goes_on_as_if_nothing_had_been()
    {
        Hour(0, 9, 1000, 400);
        Hour(0, 10, 1000, 100);
        Hour(1, 9, 300, 100);
        var other = new DayProfile();
        other.Recall(_profile.Memory);
        Assert.Equal(_profile.SeenUntil, other.SeenUntil);
        foreach (var profile in new[] { _profile, other })
        {
            for (var n = 0; n < 300; n++) profile.Ended(n < 10, At(1, 10.5));
            profile.Ended(false, At(2, 9));
        }
        Assert.Equal(_profile.Of(At(2, 9.5)), other.Of(At(2, 9.5)), 12);
        Assert.NotEqual((400 + 20) / (250 + 20.0), other.Of(At(2, 9.5)), 3);
    }

    [Fact]
    public void What_was_kept_and_makes_no_sense_is_nothing()
    {
        _profile.Recall(new(3, 7, [double.NaN, -1], [double.PositiveInfinity], [], [1]));
        Assert.Equal((3, 7), _profile.SeenUntil);
        for (var hour = 0; hour < 24; hour++) Assert.Equal(1, _profile.Of(At(3, hour)));
    }

    [Fact]
    public void A_moment_is_taken_by_the_clock_of_its_zone()
    {
        var moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        var late = TimeOfDay.At(new(2026, 11, 22, 22, 30, 0, TimeSpan.Zero), moscow);
        Assert.Equal((1, 1.5 * 3600), (late.Hour, late.Seconds));
        Assert.Equal(new DateOnly(2026, 11, 23).DayNumber, late.Day);
        Assert.Equal(new TimeOfDay(2, 100), TimeOfDay.At(2 * 86_400 + 100));
    }
}
