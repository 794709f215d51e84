using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class ArchiveTests(Site site)
{
    [ChromiumFact]
    public async Task A_campaign_goes_into_the_archive_and_comes_back()
    {
        var campaign = await new Work(site).Campaign("Done with", 3);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}");
        await page.GetByRole(AriaRole.Button, new() { Name = "В архив: Done with" }).ClickAsync();
        await Expect(page.Locator(".page-head .badge")).ToHaveTextAsync("В архиве");
        await visit.Photograph("archived-ru");

        await page.GotoAsync("/campaigns");
        await Expect(page.Locator(".campaigns-table, .empty").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Done with" })).ToHaveCountAsync(0);
        await page.Locator(".filter select").SelectOptionAsync("archive");
        await visit.Photograph("archive-ru");
        await page.GetByRole(AriaRole.Link, new() { Name = "Done with" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Вернуть из архива" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Запустить: Done with" })).ToBeVisibleAsync();
        visit.HasNothingToHide();
    }
}
