using Carillon.Api.Pages.Calendars;
using Carillon.Users;

namespace Carillon.Pages.Tests.Calendars;

public sealed class CalendarsPageTests : PageTest<CalendarsPage>
{
    [Fact]
    public async Task Those_that_come_with_Carillon_and_ones_own_are_listed_with_their_years()
    {
        await Make("calendars", new { name = "Ours", title = "The shop", extends = "RU", years = new[] { new { year = 2027, daysOff = new[] { "2027-10-05" } } } });

        var (english, russian) = (await Open("/calendars"), await Open("/calendars", language: "ru"));

        await english.Sees("Ours");
        Assert.Contains("The shop adds to RU 2027", english.Row("Ours").Said(), StringComparison.Ordinal);
        Assert.Contains("comes with Carillon", english.Row("RU").Said(), StringComparison.Ordinal);
        Assert.Contains("2026", english.Row("RU").Said(), StringComparison.Ordinal);
        await russian.Sees("Ours");
        Assert.Contains("дополняет RU", russian.Row("Ours").Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_is_offered_a_new_one()
    {
        var (administrators, supervisors) = (await Open("/calendars"), await Open("/calendars", Role.Supervisor));
        await supervisors.Sees("comes with Carillon");
        Assert.True(administrators.Offers("New calendar"));
        Assert.False(supervisors.Offers("New calendar"));
    }
}
