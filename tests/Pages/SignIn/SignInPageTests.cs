using System.Net;
using Carillon.Api.Pages.SignIn;
using Carillon.Api.Tests;

namespace Carillon.Pages.Tests.SignIn;

public sealed class SignInPageTests(OwnDoor node) : IClassFixture<OwnDoor>, ITests<SignInPage>
{
    [Fact]
    public async Task Who_signs_in_gets_to_where_they_wanted_and_never_to_another_site()
    {
        foreach (var (next, expected) in new[] { ("%2Fcalls%3Foutcome%3DBusy", "/calls?outcome=Busy"), ("https%3A%2F%2Fevil.example", "/"), ("%2F%2Fevil.example", "/") })
        {
            var browser = new Browser(node);
            await browser.Go("/sign-in?next=" + next);
            await browser.Send(("Login", "admin"), ("Password", TestNode.AdminPassword));
            Assert.Equal((HttpStatusCode.Found, expected), (browser.Status, browser.LedTo));
        }
    }

    [Theory]
    [InlineData("en", "The login or the password is wrong.")]
    [InlineData("ru", "Неверный логин или пароль.")]
    public async Task A_wrong_password_is_told_in_words_and_the_login_stays(string language, string expected)
    {
        var browser = new Browser(node, language);
        await browser.Go("/sign-in");
        await browser.Send(("Login", "somebody"), ("Password", "not the password"));
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
        Assert.Equal(expected, browser.Page.QuerySelector("[role=alert]")!.Said());
        Assert.Equal("somebody", browser.Page.QuerySelector("#login")!.GetAttribute("value"));
    }

    [Fact]
    public async Task After_too_many_failures_it_says_how_long_to_wait()
    {
        var browser = new Browser(node, "ru");
        await browser.Go("/sign-in");
        for (var i = 0; i < 20 && browser.Status != HttpStatusCode.TooManyRequests; i++) await browser.Send(("Login", "locked"), ("Password", "not the password"));
        Assert.Matches(@"^Слишком много неверных паролей\. Повторите через \d+ минут", browser.Page.QuerySelector("[role=alert]")!.Said());
    }

    [Fact]
    public async Task A_form_of_another_site_opens_no_session()
    {
        var browser = new Browser(node);
        await browser.Go("/sign-in");
        browser.Page.QuerySelector("input[name=form-token]")!.Remove();
        await browser.Send(("Login", "admin"), ("Password", TestNode.AdminPassword));
        Assert.Equal((HttpStatusCode.BadRequest, ""), (browser.Status, browser.LedTo));
    }
}
