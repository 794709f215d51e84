using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class DoNotCallTests(Site site)
{
    [ChromiumFact]
    public async Task Numbers_are_put_on_a_list_one_by_one_by_file_and_from_a_campaign_and_found_and_taken_off_again()
    {
        var campaign = await new Work(site).Campaign("Some wish not to be called", 1);
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/numbers");
        await Press("Do not call");
        await Confirm("Do not call");
        await Expect(page.Locator("td", new() { HasText = "Excluded" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Do not call" }).ClickAsync();
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await page.Locator("#list").SelectOptionAsync(campaign);
        await Expect(page.Locator("tbody td:first-child")).ToHaveTextAsync(["+12125550000"]);
        await page.Locator("#one").FillAsync("12");
        await Press("Add");
        await Expect(page.Locator("#one-problem")).Not.ToBeEmptyAsync();
        await page.Locator("#one").FillAsync("+442079460001");
        await page.Locator("#reason").FillAsync("asked by letter");
        await Press("Add");
        await Expect(page.Locator("tbody tr", new() { HasText = "+442079460001" })).ToContainTextAsync("asked by letter");
        await visit.ChooseList(new FilePayload { Name = "law.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("phone\n+12125550901\n+12125550902\nno number\n") });
        await Press("Import");
        await Expect(page.Locator(".report")).ToContainTextAsync("2 numbers were imported · 1 line was refused");
        await visit.Photograph("do-not-call");

        await page.Locator("[data-search]").FillAsync("+44");
        await Press("Show");
        await Expect(page.Locator("tbody td:first-child")).ToHaveTextAsync(["+442079460001"]);
        await Press("Remove +442079460001");
        await Confirm("Remove");
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        Task Confirm(string name) => page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
    }
}
