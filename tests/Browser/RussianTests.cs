using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>What grains and rules say, on pages in Russian.</summary>
[Collection(SiteCollection.Name)]
public sealed class RussianTests(Site site)
{
    [ChromiumFact]
    public async Task What_is_wrong_with_a_field_why_a_number_waits_and_an_alert_are_said_in_Russian()
    {
        var campaign = await new Work(site).Campaign("Not started", 1);
        var nowhere = await site.Api.Make("servers", new { name = "nowhere", host = "127.0.0.1", port = 1, username = "carillon", secret = "not asked for" });
        await using var visit = await Visit.Begin(site, language: "ru-RU");
        var page = visit.Page;
        await visit.SignIn();
        await Expect(page.Locator(".alert", new() { HasText = "nowhere" })).ToContainTextAsync("Asterisk не отвечает на 127.0.0.1:1");
        await site.Api.Delete($"servers/{nowhere}");

        await page.GotoAsync($"/campaigns/{campaign}/numbers");
        await page.Locator("#one").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Добавить", Exact = true }).ClickAsync();
        await Expect(page.Locator(".add-one .problem")).ToHaveTextAsync("Номер содержит 2 цифры; в номере страны US их 10 после 1 или +1.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Почему не набран?" }).ClickAsync();
        await Expect(page.Locator(".why-row li").First).ToHaveTextAsync("Кампания не идёт: остановлена.");
        visit.HasNothingToHide();
    }
}
