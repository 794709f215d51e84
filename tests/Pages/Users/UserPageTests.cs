using Carillon.Api.Pages.Users;
using Carillon.Api.Tests;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Users;

public sealed class UserPageTests : PageTest<UserPage>
{
    [Fact]
    public async Task One_who_is_made_has_to_change_the_password_that_was_given()
    {
        var screen = await Open("/users/new");
        await screen.Write("login", "anna");
        await screen.Write("role", nameof(Role.Administrator));
        await screen.Write("password", "given by somebody");
        await screen.Press("Save");

        Assert.Equal("/users", screen.Path);
        var made = (await Node.Service<UserStore>().ListAsync()).Single(u => u.Config.Login == "anna").Config;
        Assert.True(made is { Role: Role.Administrator, MustChangePassword: true });
    }

    [Fact]
    public async Task Who_has_chosen_a_password_is_given_another_together_with_all_else_that_was_changed()
    {
        var anna = await Make("users", new { config = new { login = "anna", role = "Operator" }, password = "given by somebody" });
        var users = Node.Service<UserStore>();
        await users.SetPasswordAsync(anna, "chosen", "chosen", mustChange: false);
        var screen = await Open("/users/" + anna);
        await screen.When(() => Assert.Equal("anna", screen.Heading));
        await screen.Write("name", "Anna Petrova");
        await screen.Write("password", "short");
        await screen.Press("Save");
        Assert.NotEmpty(screen.Problem("password"));
        Assert.True((await users.GetAsync(anna))! is { PasswordHash: "chosen", User.Config.Name: null });

        await screen.Write("password", "given by somebody else");
        await screen.Press("Save");
        Assert.Equal("/users", screen.Path);
        var now = (await users.GetAsync(anna))!;
        Assert.True(now.User.Config is { Name: "Anna Petrova", MustChangePassword: true });
        Assert.NotEqual("chosen", now.PasswordHash);
        Assert.NotEqual("chosen", now.SecurityStamp);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_in_both_languages()
    {
        foreach (var (language, save) in new[] { ("en", "Save"), ("ru", "Сохранить") })
        {
            var screen = await Open("/users/new", language: language);
            await screen.Write("login", "anna the first");
            await screen.Write("role", nameof(Role.Supervisor));
            await screen.Write("password", "short");
            await screen.Press(save);
            foreach (var field in new[] { "login", "password" })
                Assert.Matches(language == "ru" ? "[а-я]" : "[a-z]", screen.Problem(field));
            Assert.NotEmpty(screen.Find("[aria-labelledby=groups-label] + .problem").Said());
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task A_supervisor_makes_operators_of_their_own_groups_only()
    {
        var (mine, theirs) = (await Make("groups", new { name = "North" }), await Make("groups", new { name = "South" }));
        var screen = await Open("/users/new", Role.Supervisor, [mine]);
        await screen.When(() => Assert.NotNull(screen.Find("#login")));
        Assert.Equal("Operator", screen.Find("#role").Said());
        Assert.Equal("North", screen.Find("[aria-labelledby=groups-label]").Said());
        Assert.DoesNotContain(theirs, screen.Find("form").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_asks_by_login_and_is_done()
    {
        var anna = await Make("users", new { config = new { login = "anna", role = "Operator" } });
        var screen = await Open("/users/" + anna);
        await screen.When(() => Assert.Equal("anna", screen.Heading));
        await screen.PressAndAnswer("Delete", "Delete anna? This cannot be undone.", "Back");
        Assert.NotNull(await Node.Service<UserStore>().GetAsync(anna));
        await screen.PressAndAnswer("Delete", "Delete anna?", "Delete");
        Assert.Null(await Node.Service<UserStore>().GetAsync(anna));
        Assert.Equal("/users", screen.Path);
    }

    [Fact]
    public async Task One_of_other_groups_is_not_there()
    {
        var (mine, theirs) = (await Make("groups", new { name = "North" }), await Make("groups", new { name = "South" }));
        var foreign = await Make("users", new { config = new { login = "foreign", role = "Operator", groups = new[] { theirs } } });
        var screen = await Open("/users/" + foreign, Role.Supervisor, [mine]);
        await screen.When(() => Assert.NotEmpty(screen.All(".refusal")));
        Assert.DoesNotContain("foreign", screen.Text, StringComparison.Ordinal);
        Assert.False(screen.Offers("Save"));
    }
}
