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
        await screen.Find(".groups input").ChangeAsync("North");
        await screen.Press("Add");
        await screen.Sees("supervisors. North");
        await screen.Find(".groups input").ChangeAsync("North");
        await screen.Press("Add");
        Assert.Contains("There is a group North already.", screen.Find(".refusal").Said(), StringComparison.Ordinal);
        Assert.Single(await Node.Service<ConfigStore<GroupConfig>>().ListAsync());
    }
}
