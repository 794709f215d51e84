using Carillon.Api.Pages.Dispositions;
using Carillon.Api.Tests;
using Carillon.Dispositions;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Dispositions;

public sealed class DispositionPageTests : PageTest<DispositionPage>
{
    [Fact]
    public async Task Only_what_fits_the_action_is_asked_and_stored()
    {
        var screen = await Open("/dispositions/new");
        await screen.Write("name", "Later");
        Assert.Empty(screen.All("#hours, #everywhere"));
        await screen.Write("action", nameof(DispositionAction.CallAgain));
        await screen.Write("hours", "6");
        await screen.Write("times", "2");
        await screen.Write("choose", true);
        await screen.Press("Save");

        var stored = Assert.Single(await Node.Service<ConfigStore<DispositionConfig>>().ListAsync()).Config;
        Assert.Equal((TimeSpan.FromHours(6), 2, true, false), (stored.Retry!.Interval, stored.Retry.Attempts, stored.AgentChoosesTime, stored.Everywhere));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_in_both_languages()
    {
        foreach (var (language, save, expected) in new[] { ("en", "Save", "from 1 to"), ("ru", "Сохранить", "от 1 до") })
        {
            var screen = await Open("/dispositions/new", language: language);
            await screen.Write("action", nameof(DispositionAction.CallAgain));
            await screen.Write("times", "0");
            await screen.Press(save);
            Assert.NotEmpty(screen.Problem("name"));
            Assert.Contains(expected, screen.Problem("times"), StringComparison.Ordinal);
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task A_supervisor_makes_them_for_their_own_groups_only()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open("/dispositions/new", Role.Supervisor, [mine.Group!]);
        await screen.When(() => Assert.NotNull(screen.Find("#name")));
        Assert.Equal(["", mine.Group!], screen.All("#group option").Select(o => o.GetAttribute("value")));
        Assert.DoesNotContain(theirs.Group!, screen.Find("#group").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_asks_by_name()
    {
        var sold = await Make("dispositions", new { name = "Sold", action = "Completed" });
        var screen = await Open("/dispositions/" + sold, language: "ru");
        await screen.When(() => Assert.Equal("Sold", screen.Heading));
        await screen.PressAndAnswer("Удалить", "Удалить Sold? Вернуть будет нельзя.", "Удалить");
        Assert.Empty(await Node.Service<ConfigStore<DispositionConfig>>().ListAsync());
    }
}
