using Carillon.Api.Pages.Schedules;
using Carillon.Api.Tests;
using Carillon.Users;

namespace Carillon.Pages.Tests.Schedules;

public sealed class SchedulesPageTests : PageTest<SchedulesPage>
{
    [Fact]
    public async Task Hours_are_told_in_one_line_of_the_viewers_language()
    {
        var floor = await Floor.Make(Admin);
        await (await Open("/schedules")).Sees($"{floor.NameOfSchedule} Europe/Moscow 3 3 Mon 09:00–18:00");
        await (await Open("/schedules", language: "ru")).Sees("Europe/Moscow 3 3 пн 09:00–18:00");
    }

    [Fact]
    public async Task A_supervisor_sees_those_of_their_groups()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open("/schedules", Role.Supervisor, [mine.Group!]);
        await screen.Sees(mine.NameOfSchedule);
        Assert.DoesNotContain(theirs.NameOfSchedule, screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_it_says_what_a_schedule_is_for() =>
        await (await Open("/schedules")).Sees("There is no schedule yet. It says when to dial, and how often each lead.");
}
