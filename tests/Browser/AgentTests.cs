using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class AgentTests(Site site)
{
    [ChromiumFact]
    public async Task An_agent_whom_queues_know_is_given_a_name_and_taken_back()
    {
        await new Work(site).Campaign("Of somebody", 0);
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: "/agents");
        await page.Locator("tr", new() { HasText = "PJSIP/9008" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("#interfaces")).ToHaveValueAsync("PJSIP/9008");
        await page.Locator("#name").FillAsync("Olga");
        await page.Locator("#interfaces").FillAsync("9008");
        await Press("Save");
        await Expect(page.Locator("#interfaces-problem")).ToContainTextAsync("technology/resource");
        await page.Locator("#interfaces").FillAsync("PJSIP/9008");
        await visit.Photograph("agent");
        await Press("Save");

        var row = page.Locator(".agents-table tr", new() { HasText = "Olga" });
        await Expect(row).ToContainTextAsync("sales");
        await visit.Photograph("agents");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Olga");
        await Press("Delete");
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Agents");
        await Expect(page.Locator(".agents-table tr", new() { HasText = "PJSIP/9008" })).ToContainTextAsync("Agent 8");
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    }
}
