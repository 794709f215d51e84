using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class WallboardTests(Site site)
{
    [ChromiumFact]
    public async Task A_running_campaign_is_seen_live_with_its_agents_and_servers_and_comes_back_when_the_node_does()
    {
        var campaign = await new Work(site).Campaign("Spring offer", 300);
        await using var visit = await Visit.Begin(site);
        await visit.SignIn();
        await site.Api.Post($"campaigns/{campaign}/start");
        var row = visit.Page.Locator(".working li", new() { HasText = "Spring offer" });
        await Expect(row.Locator(".badge")).ToHaveTextAsync("Running");
        await Expect(row.Locator(".stage.talk")).Not.ToHaveTextAsync("0");
        await Expect(row.Locator(".why")).Not.ToBeEmptyAsync();
        await Expect(visit.Page.Locator(".servers b", new() { HasText = "pbx" })).ToHaveTextAsync(["pbx1", "pbx2"]);
        await Expect(visit.Page.Locator(".agent-grid li")).ToHaveCountAsync(8);
        await Expect(visit.Page.Locator(".agent-grid li.talk time").First).ToHaveTextAsync(new Regex(@"^\d+:\d\d$"));
        await visit.Photograph("wallboard");

        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(visit.Page.Locator(".count-bars")).ToHaveCountAsync(2);
        await visit.Photograph("campaign-dark");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Wallboard" }).ClickAsync();
        await Expect(row.Locator(".badge")).ToHaveTextAsync("Running");
        visit.HasNothingToHide();

        visit.MayComplain = true;
        await site.RestartNode(async () => await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync());
        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(row.Locator(".badge")).ToHaveTextAsync("Running");
    }

    [ChromiumFact]
    public async Task A_supervisor_sees_the_campaigns_of_their_groups_only()
    {
        var work = new Work(site);
        var (north, south) = (await work.Group("north"), await work.Group("south"));
        foreach (var (name, group) in new[] { ("Northern list", north), ("Southern list", south) })
            await site.Api.Post($"campaigns/{await work.Campaign(name, 50, group: group)}/start");
        await site.Api.Post("users", new { config = new { login = "northerner", role = "Supervisor", groups = new[] { north } }, password = "given by somebody" });

        await using var visit = await Visit.Begin(site);
        await visit.SignIn("northerner", "given by somebody");
        await visit.Page.Locator("#current").FillAsync("given by somebody");
        await visit.Page.Locator("#new").FillAsync("chosen by oneself");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Page.Locator(".working .name a")).ToHaveTextAsync(["Northern list"]);
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task The_wallboard_fits_a_phone()
    {
        await using var visit = await Visit.Begin(site, scheme: ColorScheme.Dark, width: 390, height: 844);
        await visit.SignIn();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Wallboard");
        await Expect(visit.Page.Locator("[data-node-time]")).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await visit.Photograph("wallboard-phone");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign out" })).ToBeVisibleAsync();
        visit.HasNothingToHide();
    }
}
