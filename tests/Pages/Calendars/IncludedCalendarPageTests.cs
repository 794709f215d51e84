using Carillon.Api.Pages.Calendars;
using Carillon.Users;

namespace Carillon.Pages.Tests.Calendars;

public sealed class IncludedCalendarPageTests : PageTest<IncludedCalendarPage>
{
    [Fact]
    public async Task A_year_is_shown_with_its_days_off_and_where_they_are_from()
    {
        var (english, russian) = (await Open("/calendars/included/RU", Role.Supervisor), await Open("/calendars/included/RU", Role.Supervisor, language: "ru"));

        Assert.Equal("2026", english.Find(".year-head b").Said());
        Assert.Equal("1 day off", english.All(".year section")[0].QuerySelectorAll(".month span")[0].Said());
        Assert.Equal("Январь", russian.All(".year section h3")[0].Said(), ignoreCase: true);
        Assert.Equal("1 выходной", russian.All(".year section")[0].QuerySelectorAll(".month span")[0].Said());
        Assert.Empty(english.All("main .month button"));
    }

    [Fact]
    public async Task A_year_for_which_nothing_was_decided_says_so()
    {
        var screen = await Open("/calendars/included/RU");
        for (var i = 0; i < 20; i++) await screen.Press("The year after");
        Assert.Contains("Nothing is decided for this year", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_come_with_Carillon_says_so() =>
        Assert.Contains("No calendar of this name comes with Carillon.", (await Open("/calendars/included/XX")).Text, StringComparison.Ordinal);
}
