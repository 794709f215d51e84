using System.Net;
using Carillon.Api.Pages.SignIn;
using Carillon.Api.Tests;

namespace Carillon.Pages.Tests.SignIn;

public sealed class PasswordPageTests(OwnDoor node) : IClassFixture<OwnDoor>, ITests<PasswordPage>
{
    const string Given = "given by somebody", Chosen = "chosen by oneself";

    async Task<Browser> Newcomer(string login, string language = "en")
    {
        await (await node.Administrator()).Post("/users", new { config = new { login, role = "Administrator" }, password = Given }).Json(HttpStatusCode.Created);
        var browser = new Browser(node, language);
        await browser.Go("/sign-in");
        await browser.Send(("Login", login), ("Password", Given));
        Assert.Equal("/password", browser.LedTo);
        await browser.Go("/password");
        return browser;
    }

    [Fact]
    public async Task Who_was_given_a_password_gets_nowhere_else_until_they_have_chosen_one()
    {
        var browser = await Newcomer("anna");
        Assert.Contains("Somebody else gave you this password.", browser.Text, StringComparison.Ordinal);
        await browser.Go("/campaigns");
        Assert.Equal("/password", browser.LedTo);

        await browser.Go("/password");
        await browser.Send(("Current", Given), ("New", Chosen));

        Assert.Equal("/", browser.LedTo);
        await browser.Go("/campaigns");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory]
    [InlineData("en", "A password has at least 12 characters.", "The current password is wrong.")]
    [InlineData("ru", "12", "Текущий пароль неверен.")]
    public async Task What_is_wrong_stands_beside_its_field(string language, string tooShort, string wrong)
    {
        var browser = await Newcomer("boris-" + language, language);
        await browser.Send(("Current", Given), ("New", "short"));
        Assert.Contains(tooShort, browser.Page.QuerySelector("#new-problem")!.Said(), StringComparison.Ordinal);
        Assert.Equal("", browser.Page.QuerySelector("#current-problem")!.Said());
        await browser.Send(("Current", "not the password"), ("New", Chosen));
        Assert.Equal(wrong, browser.Page.QuerySelector("#current-problem")!.Said());
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_door_and_back()
    {
        var browser = new Browser(node);
        await browser.Go("/password");
        Assert.Equal("/sign-in?next=%2Fpassword", browser.LedTo);
    }
}
