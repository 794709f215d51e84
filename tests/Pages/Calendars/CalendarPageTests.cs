using Bunit;
using Carillon.Api.Pages.Calendars;
using Carillon.Api.Tests;
using Carillon.Calendars;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Calendars;

public sealed class CalendarPageTests : PageTest<CalendarPage>
{
    [Fact]
    public async Task A_day_that_is_pressed_is_off_and_stored_so()
    {
        var screen = await Open("/calendars/new");
        await screen.When(() => Assert.Equal("2026", screen.Find(".year-head b").Said()));
        await screen.Write("name", "Ours");
        // Monday, 5 October.
        var day = screen.All(".year section")[9].QuerySelectorAll("button")[4];
        await day.ClickAsync();

        Assert.Equal("5 day off", screen.All(".year section")[9].QuerySelectorAll("button.off")[0].Said());
        await screen.Press("Save");

        Assert.Equal("/calendars", screen.Path);
        var stored = Assert.Single(await Node.Service<ConfigStore<CalendarConfig>>().ListAsync()).Config;
        Assert.Equal((2026, "Ours"), (Assert.Single(stored.Years).Year, stored.Name));
    }

    [Fact]
    public async Task A_holiday_that_is_no_date_is_told_beside_its_field()
    {
        var screen = await Open("/calendars/new");
        await screen.Write("yearly", "13-40");
        await screen.Press("Save");
        Assert.Contains("month-day", screen.Problem("yearly"), StringComparison.Ordinal);
        Assert.NotEmpty(screen.Problem("name"));
        Assert.Empty(screen.All(".refusal li"));
    }

    [Fact]
    public async Task One_that_is_followed_is_not_deleted_and_says_by_what()
    {
        var calendar = await Make("calendars", new { name = "Ours" });
        await Make("contact-rules", new { name = "Gently", rule = new { calendar = new { follows = calendar }, hours = new[] { new { day = "Monday", from = "09:00", to = "18:00" } } } });
        var screen = await Open("/calendars/" + calendar);
        await screen.When(() => Assert.Equal("Ours", screen.Heading));

        await screen.PressAndAnswer("Delete", "Delete Ours? This cannot be undone.", "Delete");

        Assert.Contains("contact rule Gently", screen.Find(".refusal").Said(), StringComparison.Ordinal);
        Assert.NotNull(await Node.Service<ConfigStore<CalendarConfig>>().GetAsync(calendar));
    }

    [Fact]
    public async Task A_supervisor_reads_it_and_can_change_nothing()
    {
        var calendar = await Make("calendars", new { name = "Ours", source = "The board" });
        var screen = await Open("/calendars/" + calendar, Role.Supervisor);
        await screen.Sees("The board");
        Assert.Empty(screen.All("main input, main .year button"));
        Assert.False(screen.Offers("Save"));
    }
}
