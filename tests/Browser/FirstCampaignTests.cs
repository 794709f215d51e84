using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>From an empty node to a finished campaign by nothing but its pages, and by the steps that these name.</summary>
public sealed class FirstCampaignTests(OwnSite site) : IClassFixture<OwnSite>
{
    [ChromiumFact]
    public async Task An_administrator_connects_a_server_makes_a_campaign_imports_a_list_and_sees_it_through()
    {
        var server = site.Network.Servers[0];
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn();
        await Expect(page.Locator(".first li.done")).ToHaveCountAsync(0);
        await visit.Photograph("first-steps");
        await FirstStep("Connect an Asterisk server");
        await page.GetByLabel("Name").FillAsync("first server");
        await page.GetByLabel("Address").FillAsync("127.0.0.1");
        await page.GetByLabel("AMI port").FillAsync(server.AmiEndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("Manager user").FillAsync(server.Config.Users[0].Name);
        await page.GetByLabel("Secret").FillAsync("not the secret");
        await Press("Save and connect");
        await Expect(page.Locator(".connection .trouble")).ToBeVisibleAsync();
        await page.GetByLabel("Secret").FillAsync(server.Config.Users[0].Secret);
        await Press("Save");
        await Expect(page.Locator(".connection .badge")).ToHaveTextAsync("Online");
        await Expect(page.Locator(".connection")).ToContainTextAsync("sales");
        await visit.Photograph("server");

        await Done(1);
        await FirstStep("Add a trunk");
        await Expect(page.Locator("h1")).ToHaveTextAsync("New trunk");
        await page.GetByLabel("Name").FillAsync("first trunk");
        await page.GetByLabel("Dial string").FillAsync("no dial string");
        await Press("Save");
        await Expect(page.Locator("#dial-problem")).ToBeVisibleAsync();
        await page.GetByLabel("Dial string").FillAsync("PJSIP/{number}@carrier");
        await Press("Save");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Servers");

        await Done(2);
        await FirstStep("Choose the queue");
        await page.Locator("#name").FillAsync("first queue");
        await page.Locator("#asteriskName").FillAsync("sales");
        await Choose("first server");
        await Press("Save");
        await Expect(page.Locator("td", new() { HasText = "first queue" })).ToBeVisibleAsync();

        // Its agents are logged in already.
        await Done(4);
        await visit.Photograph("first-steps-half");
        await FirstStep("Say when to dial");
        await page.Locator("#name").FillAsync("all day");
        await page.Locator("#attempts").FillAsync("1");
        foreach (var day in Enum.GetNames<DayOfWeek>()) await page.Locator($"#hours-{day}").FillAsync("00:00–24:00");
        await Expect(page.Locator(".open-days li")).ToHaveCountAsync(14);
        await visit.Photograph("schedule");
        await Press("Save");
        await Expect(page.Locator("td", new() { HasText = "all day" })).ToBeVisibleAsync();

        await Done(5);
        await FirstStep("Make a campaign");
        await page.GetByLabel("Name").FillAsync("First campaign");
        await page.GetByLabel("Country").FillAsync("US");
        await Press("Next");
        await page.Locator("#queue").SelectOptionAsync(new SelectOptionValue { Label = "first queue" });
        await Choose("first trunk");
        await Step("When");
        await page.Locator("#schedule").SelectOptionAsync(new SelectOptionValue { Label = await page.Locator("#schedule option", new() { HasText = "all day" }).InnerTextAsync() });
        await Press("Make the campaign");

        await Expect(page).ToHaveURLAsync(new Regex("/numbers$"));
        await Done(6);
        await FirstStep("Import its numbers");
        await visit.ChooseList(File("list.csv", "phone;name\n+12125559001;Ann\n+12125559002;Bob\n+12125559003;Eve\n"));
        await Expect(page.Locator(".preview td.number").First).ToHaveTextAsync("+12125559001");
        await Press("Import");
        await Expect(page.Locator(".report")).ToContainTextAsync("3 numbers were imported");
        await page.GetByRole(AriaRole.Button, new() { Name = "Why not dialed?" }).First.ClickAsync();
        await Expect(page.Locator(".why-row")).ToContainTextAsync("not running");

        await Done(7);
        await FirstStep("Start it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator(".page-head .badge")).ToHaveTextAsync("Finished");
        await Expect(page.Locator(".figures .panel").First).ToContainTextAsync("3 of 3");
        await Expect(page.Locator(".count-bars").First).ToContainTextAsync(new Regex("answer|Busy|Human", RegexOptions.IgnoreCase));
        await visit.Photograph("campaign");
        await Wallboard();
        await Expect(page.Locator(".figures")).ToBeVisibleAsync();
        await Expect(page.Locator(".first")).ToHaveCountAsync(0);
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        Task Wallboard() => page.GetByRole(AriaRole.Link, new() { Name = "Wallboard" }).ClickAsync();
        Task FirstStep(string name) => page.Locator(".first").GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        Task Step(string name) => page.Locator(".steps button", new() { HasText = name }).ClickAsync();

        async Task Done(int steps)
        {
            await Wallboard();
            await Expect(page.Locator(".first li.done")).ToHaveCountAsync(steps);
        }

        async Task Choose(string name)
        {
            foreach (var box in await page.Locator(".choices-list label").AllAsync())
                await box.Locator("input").SetCheckedAsync((await box.InnerTextAsync()).StartsWith(name, StringComparison.Ordinal));
        }
    }

    static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
