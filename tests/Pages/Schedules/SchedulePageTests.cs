using Bunit;
using Carillon.Api.Pages.Schedules;
using Carillon.Api.Tests;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Schedules;

public sealed class SchedulePageTests : PageTest<SchedulePage>
{
    [Fact]
    public async Task The_next_days_follow_what_is_written_and_it_is_stored_so()
    {
        var screen = await Open("/schedules/new");
        await screen.When(() => Assert.Equal(14, screen.All(".strip .open-days li").Count));
        await screen.Write("name", "Mondays");
        foreach (var day in new[] { "Tuesday", "Wednesday", "Thursday", "Friday" }) await screen.Write("hours-" + day, "");
        await screen.Write("hours-Monday", "10:00–14:00, 15–20");

        // Today is Monday, 2 March.
        await screen.When(() => Assert.Equal(["open 10:00–14:00, 15:00–20:00", "closed"], screen.All(".strip .open-days li").Take(2).Select(d => d.GetAttribute("title"))));
        Assert.Equal("Mon 2 Mar", screen.All(".strip .open-days li")[0].Said());
        await screen.Press("Save");

        var stored = Assert.Single(await Node.Service<ConfigStore<ScheduleConfig>>().ListAsync()).Config;
        Assert.Equal([(DayOfWeek.Monday, new TimeOnly(10, 0), new TimeOnly(14, 0)), (DayOfWeek.Monday, new(15, 0), new(20, 0))], stored.Unanswered.Hours.Select(h => (h.Day, h.From, h.To)));
        Assert.Equal(("Mondays", "Europe/Moscow"), (stored.Name, stored.TimeZone));
    }

    [Fact]
    public async Task A_drag_of_the_mouse_paints_hours()
    {
        var screen = await Open("/schedules/new");
        await screen.When(() => Assert.Equal("10:00–20:00", screen.Value("hours-Monday")));
        IReadOnlyList<AngleSharp.Dom.IElement> Halves(int day) => [.. screen.All(".week-day")[day].QuerySelectorAll(".halves span")];
        await Halves(5)[20].MouseDownAsync(new());
        await Halves(6)[23].MouseEnterAsync(new());
        await screen.Find(".week").MouseUpAsync(new());
        Assert.Equal(("10:00–12:00", "10:00–12:00"), (screen.Value("hours-Saturday"), screen.Value("hours-Sunday")));
    }

    [Fact]
    public async Task What_is_wrong_stands_where_it_was_written_in_both_languages_and_is_not_sent()
    {
        foreach (var (language, save, hours, date) in new[] { ("en", "Save", "15:00–20:00: Wednesday", "Choose the date."), ("ru", "Сохранить", "Исправьте: среда", "Выберите дату.") })
        {
            var screen = await Open("/schedules/new", language: language);
            await screen.Write("hours-Wednesday", "all day");
            await screen.Press(language == "en" ? "Add dates" : "Добавить даты");
            await screen.Press(save);
            await screen.Sees(hours);
            await screen.Sees(date);
            Assert.Empty(screen.All(".refusal"));
        }
    }

    [Fact]
    public async Task An_unknown_zone_and_no_name_are_told_beside_their_fields()
    {
        var screen = await Open("/schedules/new");
        await screen.Write("zone", "Moscow");
        await screen.Press("Save");
        Assert.NotEmpty(screen.Problem("name"));
        Assert.Contains("Moscow", screen.Problem("zone"), StringComparison.Ordinal);
        Assert.Empty(screen.All(".refusal li"));
    }

    [Fact]
    public async Task One_that_is_used_is_not_deleted_and_says_by_what()
    {
        var floor = await Floor.Make(Admin);
        await Make("campaigns", floor.NewCampaign("Spring"));
        var screen = await Open("/schedules/" + floor.Schedule, language: "ru");
        await screen.When(() => Assert.Equal(floor.NameOfSchedule, screen.Heading));
        await screen.PressAndAnswer("Удалить", $"Удалить {floor.NameOfSchedule}? Вернуть будет нельзя.", "Удалить");
        Assert.Contains("кампания Spring", screen.Find(".refusal").Said(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_of_other_groups_is_not_found()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open("/schedules/" + theirs.Schedule, Role.Supervisor, [mine.Group!]);
        await screen.When(() => Assert.NotEmpty(screen.All(".refusal")));
        Assert.DoesNotContain(theirs.NameOfSchedule, screen.Text, StringComparison.Ordinal);
    }
}
