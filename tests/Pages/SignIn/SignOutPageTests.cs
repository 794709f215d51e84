using System.Net;
using Carillon.Api.Pages.SignIn;
using Carillon.Api.Tests;

namespace Carillon.Pages.Tests.SignIn;

public sealed class SignOutPageTests(OwnDoor node) : IClassFixture<OwnDoor>, ITests<SignOutPage>
{
    [Theory]
    [InlineData("en", "Sign out?", "Calls and campaigns go on without you.")]
    [InlineData("ru", "Выйти?", "Звонки и кампании продолжатся без вас.")]
    public async Task It_asks_first_and_whoever_says_yes_is_out(string language, string question, string comfort)
    {
        var browser = new Browser(node, language);
        await browser.Go("/sign-in");
        await browser.Send(("Login", "admin"), ("Password", TestNode.AdminPassword));
        await browser.Go("/sign-out");
        Assert.Contains($"{question} {comfort}", browser.Text, StringComparison.Ordinal);
        await browser.Go("/");
        Assert.Equal(HttpStatusCode.OK, browser.Status);

        await browser.Go("/sign-out");
        await browser.Send();

        Assert.Equal("/sign-in", browser.LedTo);
        await browser.Go("/");
        Assert.StartsWith("/sign-in", browser.LedTo, StringComparison.Ordinal);
    }
}
