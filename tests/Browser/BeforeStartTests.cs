using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>Beside the button that starts a campaign for the first time: whom it would dial, and whom not.</summary>
[Collection(SiteCollection.Name)]
public sealed class BeforeStartTests(Site site)
{
    [ChromiumFact]
    public async Task Before_its_first_start_a_campaign_tells_whom_it_would_dial_and_why_not_the_others()
    {
        // Numbers that no other test calls, and that may be called on another day only.
        var day = DateTime.UtcNow.AddDays(3).DayOfWeek.ToString();
        await site.Api.Make("contact-rules", new { name = "Another day", rule = new { prefixes = new[] { "+4930" }, hours = new[] { new { day, from = "09:00", to = "20:00" } } } });
        var campaign = await new Work(site).Campaign("Before its start", 0);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}");
        await Expect(page.Locator(".before-start .empty")).ToBeVisibleAsync();

        // It looks again by itself when the list has come.
        await site.Api.Import(campaign, "phone\n+12125557001\n+12125557002\n+493023125001\n+493023125002\n+493023125003\n");
        var rows = page.Locator(".before-start .who-now li");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Nth(0)).ToHaveTextAsync("2позвонили бы");
        await Expect(rows.Nth(1).Locator("b")).ToHaveTextAsync("3");
        await visit.Photograph("before-start-dark-ru");

        await page.GetByRole(AriaRole.Button, new() { Name = "Запустить" }).ClickAsync();
        await Expect(page.Locator(".before-start")).ToHaveCountAsync(0);
        visit.HasNothingToHide();
    }
}
