using Bunit;
using Carillon.Api.Pages.Users;
using Carillon.Api.Tests;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Users;

public sealed class UsersPageTests : PageTest<UsersPage>
{
    [Fact]
    public async Task Users_stand_with_role_groups_and_what_hinders_them()
    {
        var group = await Make("groups", new { name = "North" });
        await Make("users", new { config = new { login = "anna", name = "Anna", role = "Supervisor", groups = new[] { group } }, password = "given by somebody" });
        await Make("users", new { config = new { login = "boris", role = "Operator", agent = "PJSIP/9002", disabled = true } });

        var (english, russian) = (await Open("/users"), await Open("/users", language: "ru"));

        await english.Sees("anna Anna Supervisor North Given password");
        await english.Sees("boris Operator PJSIP/9002 Locked out");
        await russian.Sees("anna Anna Супервизор North Пароль выдан");
    }

    [Fact]
    public async Task A_supervisor_sees_users_of_their_groups_and_makes_no_group()
    {
        var (mine, theirs) = (await Make("groups", new { name = "North" }), await Make("groups", new { name = "South" }));
        await Make("users", new { config = new { login = "ours", role = "Operator", groups = new[] { mine } } });
        await Make("users", new { config = new { login = "foreign", role = "Operator", groups = new[] { theirs } } });
        var screen = await Open("/users", Role.Supervisor, [mine]);
        await screen.Sees("ours");
        Assert.DoesNotContain("foreign", screen.Text, StringComparison.Ordinal);
        Assert.Empty(screen.All(".groups"));
    }

    [Fact]
    public async Task A_group_is_added_and_one_of_that_name_refused_in_words()
    {
        var screen = await Open("/users");
        await screen.Sees("Groups");
        await screen.Write("new-group", "North");
        await screen.Press("Add");
        await screen.Sees("supervisors. North");
        await screen.Write("new-group", "North");
        await screen.Press("Add");
        Assert.Equal("There is a group North already.", screen.Problem("new-group"));
        Assert.Single(await Node.Service<ConfigStore<GroupConfig>>().ListAsync());
    }

    [Fact]
    public async Task A_group_gets_another_name_also_where_its_users_stand_but_not_that_of_another()
    {
        var (north, _) = (await Make("groups", new { name = "North" }), await Make("groups", new { name = "South" }));
        await Make("users", new { config = new { login = "anna", name = "Anna", role = "Supervisor", groups = new[] { north } } });
        var screen = await Open("/users");
        await screen.Sees("anna Anna Supervisor North");
        await screen.Press("Rename North");
        await screen.Write("group-name", "South");
        await screen.Press("Save");
        Assert.Equal("There is a group South already.", screen.Problem("group-name"));
        Assert.Empty(screen.Problem("new-group"));

        await screen.Write("group-name", "Far North");
        await screen.Press("Save");

        await screen.Sees("anna Anna Supervisor Far North");
        Assert.Equal("Far North", (await Node.Service<ConfigStore<GroupConfig>>().GetAsync(north))!.Config.Name);
    }

    [Theory]
    [InlineData("en", "Delete North", "Delete", "The group North is used by user anna.")]
    [InlineData("ru", "Удалить North", "Удалить", "пользователь anna")]
    public async Task A_group_is_deleted_unless_something_is_of_it_which_is_named(string language, string press, string delete, string refusal)
    {
        var north = await Make("groups", new { name = "North" });
        var anna = await Make("users", new { config = new { login = "anna", role = "Supervisor", groups = new[] { north } } });
        var screen = await Open("/users", language: language);
        await screen.Sees("North");
        await screen.PressAndAnswer(press, "North", delete);
        Assert.Contains(refusal, screen.Find(".groups .refusal").Said(), StringComparison.Ordinal);

        await Admin.Delete("/users/" + anna).Expect(System.Net.HttpStatusCode.NoContent);
        await screen.PressAndAnswer(press, "North", delete);

        await screen.When(() => Assert.False(screen.Offers(press)));
        Assert.Empty(await Node.Service<ConfigStore<GroupConfig>>().ListAsync());
    }
}
