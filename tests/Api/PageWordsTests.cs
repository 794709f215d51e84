using Carillon.Api.Pages;
using Carillon.Api.Pages.Charts;
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
    public void Painted_hours_are_written_and_written_ones_painted()
    {
        var week = new WeekHours([new OpenHours(DayOfWeek.Monday, new(10, 0), new(12, 0)), new OpenHours(DayOfWeek.Sunday, new(22, 0), new(0, 0))]);
        Assert.Equal("10:00–12:00", week[DayOfWeek.Monday]);
        Assert.Equal("22:00–24:00", week[DayOfWeek.Sunday]);
        Assert.True(week.IsOpen(DayOfWeek.Monday, 23));
        Assert.False(week.IsOpen(DayOfWeek.Monday, 24));
        week.Paint(DayOfWeek.Monday, 21, open: false);
        week.Paint(DayOfWeek.Monday, 24, open: true);
        Assert.Equal("10:00–10:30, 11:00–12:30", week[DayOfWeek.Monday]);
        week[DayOfWeek.Tuesday] = "9-17:30";
        Assert.Contains(new OpenHours(DayOfWeek.Tuesday, new(9, 0), new(17, 30)), week.Hours);
        week[DayOfWeek.Friday] = "from nine";
        Assert.Equal([DayOfWeek.Friday], week.Unread);
    }

    [Fact]
    public void A_line_breaks_where_nothing_is_known() => Assert.Equal("M0,10L25,0M75,5L100,10", new Series("", "", [0, 2, null, 1, 0]).Path(100, 10, 2));
}
