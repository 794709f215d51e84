using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>What holds for all campaigns: calendars, contact rules, dispositions.</summary>
[Collection(SiteCollection.Name)]
public sealed class RulesTests(Site site)
{
    [ChromiumFact]
    public async Task A_calendar_is_made_by_pressing_days_followed_by_a_contact_rule_and_not_deleted_while_it_is()
    {
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: "/calendars/new");
        await page.Locator("#name").FillAsync("Ours");
        await page.Locator("#extends").SelectOptionAsync("RU");
        var year = int.Parse(await page.Locator(".year-head b").InnerTextAsync(), CultureInfo.InvariantCulture);
        var monday = Enumerable.Range(1, 7).First(d => new DateOnly(year, 10, d).DayOfWeek == DayOfWeek.Monday);
        var day = page.Locator(".year section").Nth(9).Locator("button").Nth(monday - 1);
        await day.ClickAsync();
        await Expect(day).ToHaveClassAsync("off");
        await visit.Photograph("calendar");
        await Press("Save");
        await Expect(page.Locator("tr", new() { HasText = "Ours" })).ToContainTextAsync("adds to RU");

        await page.GotoAsync("/contact-rules/new");
        await page.Locator("#name").FillAsync("Gently");
        // Nobody whom other tests call.
        await page.Locator("#prefixes").FillAsync("+4420");
        await page.Locator("#calendar").SelectOptionAsync(new SelectOptionValue { Label = "Ours" });
        await page.Locator("#hours-Monday").FillAsync("09:00–20:00");
        await Press("Add a cap");
        await page.Locator("#cap-0-calls").FillAsync("0");
        await page.Locator("#cap-0-per").SelectOptionAsync("Week");
        await Press("Save");
        await Expect(page.Locator(".day-row .problem")).ToContainTextAsync("1 to 100");
        await page.Locator("#cap-0-calls").FillAsync("3");
        await page.Locator("#cap-0-rolling").SelectOptionAsync("true");
        await visit.Photograph("contact-rule");
        await Press("Save");
        var rule = page.Locator("tr", new() { HasText = "Gently" });
        await Expect(rule).ToContainTextAsync("Mon 09:00–20:00");
        await Expect(rule).ToContainTextAsync("3 in 7 days");

        await page.GotoAsync("/calendars");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ours" }).ClickAsync();
        await Press("Delete");
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.Locator(".refusal")).ToContainTextAsync("contact rule Gently");

        await page.GotoAsync("/dispositions/new");
        await page.Locator("#name").FillAsync("Call tomorrow");
        await page.Locator("#action").SelectOptionAsync("CallAgain");
        await page.GetByLabel("By the same agent").CheckAsync();
        await Press("Save");
        await Expect(page.Locator("tr", new() { HasText = "Call tomorrow" })).ToContainTextAsync("after 24.0 h, 3 times at most; by the same agent");
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    }
}
