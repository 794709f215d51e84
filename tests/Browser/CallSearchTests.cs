using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class CallSearchTests(Site site)
{
    [ChromiumFact]
    public async Task A_search_for_calls_is_an_address_that_whoever_gets_it_sees_the_same_by()
    {
        var work = new Work(site);
        var campaign = await work.Campaign("Searched for", 4);
        await work.Calls(campaign, 2);
        var call = (await site.Api.Get($"calls?campaign={campaign}&limit=1"))["items"]![0]!["intent"]!;
        var (number, trunk) = (call["number"]!.GetValue<string>(), call["trunk"]!.GetValue<string>());
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: $"/calls?campaign={campaign}");
        await Expect(page.Locator(".calls tbody tr").Nth(1)).ToBeVisibleAsync();

        await page.Locator("input[name=number]").FillAsync(number);
        await page.Locator("select[name=trunk]").SelectOptionAsync(trunk);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"campaign={campaign}&number={Regex.Escape(Uri.EscapeDataString(number))}&trunk={trunk}$"));
        await Expect(page.Locator(".calls tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Begun" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "All of them as CSV" })).ToHaveAttributeAsync("href", new Regex("^/api/v1/calls.csv\\?.*number=.*&trunk=.*&order=oldest$"));
        await visit.Photograph("calls-searched");

        await page.ReloadAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToBeVisibleAsync();
        await Expect(page.Locator("input[name=number]")).ToHaveValueAsync(number);
        await page.GoBackAsync();
        await Expect(page.Locator("th[aria-sort=descending]")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Locator(".calls tbody tr").Nth(1)).ToBeVisibleAsync();
        visit.HasNothingToHide();
    }
}
