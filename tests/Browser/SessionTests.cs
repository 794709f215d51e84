using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed partial class SessionTests(Site site)
{
    [ChromiumFact]
    public async Task Who_is_not_signed_in_is_led_to_the_door_and_after_it_to_where_they_wanted()
    {
        await using var visit = await Visit.Begin(site);
        await visit.Page.GotoAsync("/?from=bookmark");
        await Expect(visit.Page).ToHaveURLAsync(SignIn());
        await visit.Page.Locator("#login").FillAsync("admin");
        await visit.Page.Locator("#password").FillAsync("not the password");
        visit.MayComplain = true;
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await visit.Photograph("sign-in-refused");
        await visit.Page.Locator("#password").FillAsync(Site.Password);
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/\?from=bookmark$"));
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Wallboard");
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task The_first_sign_in_with_a_given_password_asks_for_another_one()
    {
        var login = $"newcomer-{Guid.NewGuid():N}";
        await site.Api.Post("users", new { config = new { login, role = "Administrator" }, password = "given by somebody" });
        await using var visit = await Visit.Begin(site);
        await visit.SignIn(login, "given by somebody");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Change the password");
        visit.MayComplain = true;
        await Change("given by somebody", "short");
        await Expect(visit.Page.Locator("#new-problem")).ToContainTextAsync("at least 12");
        await Change("given by somebody", "chosen by oneself");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Wallboard");

        async Task Change(string current, string next)
        {
            await visit.Page.Locator("#current").FillAsync(current);
            await visit.Page.Locator("#new").FillAsync(next);
            await visit.Page.Locator("button[type=submit]").ClickAsync();
        }
    }

    [ChromiumFact]
    public async Task The_language_is_the_browsers_until_another_one_is_chosen()
    {
        await using var visit = await Visit.Begin(site, language: "ru-RU");
        await visit.SignIn();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Табло");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "English", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Wallboard");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task Who_signs_out_is_out()
    {
        await using var visit = await Visit.Begin(site);
        await visit.SignIn();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(SignIn());
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page).ToHaveURLAsync(SignIn());
        visit.HasNothingToHide();
    }

    [GeneratedRegex("/sign-in")]
    private static partial Regex SignIn();
}
