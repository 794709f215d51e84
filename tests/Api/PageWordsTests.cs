using Carillon.Api.Pages;
using Carillon.Api.Pages.Calls;
using Carillon.Api.Pages.Charts;
using Carillon.Api.Pages.Forms;
using Carillon.Api.Pages.Language;
using Carillon.Api.Pages.Schedules;
using Carillon.Calls;
using Carillon.Schedules;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Tests;

/// <summary>How the pages say things, and read what is written into them.</summary>
public sealed class PageWordsTests
{
    static Words Russian => new() { Viewer = new() { Language = "ru", TimeZone = "Asia/Omsk" } };

    [Theory]
    [InlineData("All 3 agents are busy: place none.", "Все операторы заняты (3): не звонить.")]
    [InlineData("5 of 8 agents are free, 6 calls are on their way to them: place 2.", "Свободны 5 из 8 операторов, к ним идут звонки (6): набрать 2.")]
    [InlineData("The login or the password is wrong.", "Неверный логин или пароль.")]
    [InlineData("Something that nobody has translated.", "Something that nobody has translated.")]
    public void A_sentence_of_a_grain_is_said_in_Russian_as_far_as_it_is_known(string sentence, string said) => Assert.Equal(said, Russian.Said(sentence));

    [Fact]
    public void English_stays_as_it_was_said() => Assert.Equal("All 3 agents are busy: place none.", new Words().Said("All 3 agents are busy: place none."));

    [Theory]
    [InlineData(1, "1 звонок")]
    [InlineData(3, "3 звонка")]
    [InlineData(11, "11 звонков")]
    [InlineData(21, "21 звонок")]
    [InlineData(112, "112 звонков")]
    public void Numbers_have_their_forms(long number, string said) => Assert.Equal(said, Russian.Count(number, "call|calls"));

    [Fact]
    public void Words_of_enums_are_spaced_or_translated()
    {
        Assert.Equal("Human answered", new Words().Of(Outcome.HumanAnswered));
        Assert.Equal("Ответил человек", Russian.Of(Outcome.HumanAnswered));
    }

    [Fact]
    public void Times_are_those_of_the_viewers_zone()
    {
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal("18:00", Russian.Time(noon));
        Assert.Equal(noon, Russian.At(new DateTime(2026, 11, 22, 18, 0, 0)).ToUniversalTime());
    }

    [Fact]
    public void The_ends_of_the_calendar_are_the_first_and_last_instant()
    {
        Assert.Equal(DateTimeOffset.MinValue, Russian.At(new DateTime(1, 1, 1, 0, 0, 0)));
        Assert.Equal(DateTimeOffset.MaxValue, new Words { Viewer = new() { TimeZone = "America/New_York" } }.At(DateTime.MaxValue));
    }

    [Theory]
    [InlineData(FieldUnit.Seconds, "The value must be from 00:00:15 to 00:02:00; it is 00:00:05.2500000.", "The value must be from 15 s to 120 s; it is 5.25 s.")]
    [InlineData(FieldUnit.Minutes, "The interval must be from 0 to 30 days, but is 31.00:00:00.", "The interval must be from 0 to 30 days, but is 44,640 min.")]
    [InlineData(FieldUnit.Hours, "The interval must be from 0 to 30 days, but is -01:00:00.", "The interval must be from 0 to 30 days, but is -1 h.")]
    [InlineData(FieldUnit.Percent, "The cap must be 0 to 0.2 of the answered calls, not 0.255.", "The cap must be 0 % to 20 % of the answered calls, not 25.5 %.")]
    [InlineData(FieldUnit.None, "The value must be from 1 to 100; it is 0.", "The value must be from 1 to 100; it is 0.")]
    public void What_is_wrong_with_a_field_is_said_in_its_units(FieldUnit unit, string problem, string said) => Assert.Equal(said, FieldWords.Of(problem, unit, new Words()));

    [Fact]
    public void Units_are_said_in_the_viewers_manner() =>
        Assert.Equal("Нужно значение от 15 с до 120 с, а не 5,25 с.", FieldWords.Of(Russian.Said("The value must be from 00:00:15 to 00:02:00; it is 00:00:05.2500000."), FieldUnit.Seconds, Russian));

    [Theory]
    [InlineData("ru-RU,ru;q=0.9,en;q=0.8", null, "ru")]
    [InlineData("de-DE,en;q=0.5", null, "en")]
    [InlineData("de-DE", null, "en")]
    [InlineData("en-US", "ru", "ru")]
    [InlineData("ru", "<script>", "ru")]
    public void The_language_is_the_browsers_unless_one_was_chosen(string accepted, string? chosen, string language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = accepted;
        if (chosen is not null) http.Request.Headers.Cookie = $"{Viewer.LanguageCookie}={Uri.EscapeDataString(chosen)}";
        Assert.Equal(language, Viewer.Of(http).Language);
    }

    [Theory]
    [InlineData("/campaigns?a=b", "/campaigns?a=b")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("/a\r\nb", "/")]
    [InlineData(null, "/")]
    public void Nobody_is_led_away_from_the_node(string? path, string where) => Assert.Equal(where, OwnPath.Or(path, "/"));

    [Fact]
    public void Every_cause_that_Asterisk_gives_has_words_in_both_languages()
    {
        int[] known = [1, 2, 3, 5, 6, 7, 8, 14, 16, 17, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30, 31, 34, 38, 41, 42, 43, 44, 45, 50, 52, 54, 57, 58, 65, 66, 69, 81, 88, 95, 96, 97, 98, 99, 100, 101, 102, 103, 111, 127];
        foreach (var cause in known)
        {
            var (english, russian) = (CauseWords.Of(new() { Cause = cause }, new Words()), CauseWords.Of(new() { Cause = cause }, Russian));
            Assert.DoesNotContain("cause", english, StringComparison.Ordinal);
            Assert.NotEqual((cause, english), (cause, russian));
        }
        Assert.Equal("cause 126 · SIP 500", CauseWords.Of(new() { Cause = 126, SipCode = 500 }, new Words()));
        Assert.Equal("The agent did not answer.", CauseWords.Of(new() { Cause = 0, Text = "The agent did not answer." }, new Words()));
    }

    [Fact]
    public void Painted_hours_are_written_and_written_ones_painted()
    {
        var week = new WeekHours([new OpenHours(DayOfWeek.Monday, new(10, 0), new(12, 0)), new OpenHours(DayOfWeek.Sunday, new(22, 0), new(0, 0))]);
        Assert.Equal("10:00–12:00", week[DayOfWeek.Monday]);
        Assert.Equal("22:00–24:00", week[DayOfWeek.Sunday]);
        Assert.True(week.Halves(DayOfWeek.Monday)[23]);
        Assert.False(week.Halves(DayOfWeek.Monday)[24]);
        week.Paint(DayOfWeek.Monday, 21, 21, open: false);
        week.Paint(DayOfWeek.Monday, 24, 24, open: true);
        Assert.Equal("10:00–10:30, 11:00–12:30", week[DayOfWeek.Monday]);
        week[DayOfWeek.Tuesday] = "9-17:30";
        Assert.Contains(new OpenHours(DayOfWeek.Tuesday, new(9, 0), new(17, 30)), week.Hours);
        week[DayOfWeek.Friday] = "from nine";
        Assert.Equal([DayOfWeek.Friday], week.Unread);
    }

    [Theory]
    [InlineData(30, false, "10:15–15:00, 15:30–20:15")]
    [InlineData(20, true, "10:00–20:15")]
    [InlineData(40, false, "10:15–20:00")]
    [InlineData(40, true, "10:15–20:30")]
    [InlineData(44, true, "10:15–20:15, 22:00–22:30")]
    [InlineData(47, true, "10:15–20:15, 23:30–24:00")]
    public void Painting_changes_the_half_hour_that_is_painted_and_nothing_else(int half, bool open, string hours)
    {
        var week = new WeekHours([new OpenHours(DayOfWeek.Monday, new(10, 15), new(20, 15))]);
        week.Paint(DayOfWeek.Monday, half, half, open);
        Assert.Equal(hours, week[DayOfWeek.Monday]);
    }

    [Fact]
    public void A_drag_paints_all_from_where_it_began_to_where_it_is_and_nothing_that_it_left()
    {
        var week = new WeekHours([new OpenHours(DayOfWeek.Tuesday, new(9, 10), new(12, 0))]);
        var drag = new WeekDrag(week, DayOfWeek.Monday, 20);
        drag.To(DayOfWeek.Wednesday, 30);
        Assert.Equal(("10:00–15:30", "09:10–15:30", "10:00–15:30"), (week[DayOfWeek.Monday], week[DayOfWeek.Tuesday], week[DayOfWeek.Wednesday]));
        drag.To(DayOfWeek.Monday, 18);
        Assert.Equal(("09:00–10:30", "09:10–12:00", ""), (week[DayOfWeek.Monday], week[DayOfWeek.Tuesday], week[DayOfWeek.Wednesday]));

        // Begun where it is open it closes.
        new WeekDrag(week, DayOfWeek.Monday, 19).To(DayOfWeek.Monday, 20);
        Assert.Equal("09:00–09:30", week[DayOfWeek.Monday]);
    }

    [Fact]
    public void A_line_breaks_where_nothing_is_known() => Assert.Equal("M0,10L25,0M75,5L100,10", new Series("", "", [0, 2, null, 1, 0]).Path(100, 10, 2));
}
