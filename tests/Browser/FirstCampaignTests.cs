using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>From a server to a finished campaign by nothing but the pages.</summary>
[Collection(SiteCollection.Name)]
public sealed class FirstCampaignTests(Site site)
{
    [ChromiumFact]
    public async Task An_administrator_connects_a_server_makes_a_campaign_imports_a_list_and_sees_it_through()
    {
        var server = site.Network.Servers[0];
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: "/servers/new");
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

        await page.GetByRole(AriaRole.Link, new() { Name = "Add a trunk" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("New trunk");
        await page.GetByLabel("Name").FillAsync("first trunk");
        await page.GetByLabel("Dial string").FillAsync("no dial string");
        await Press("Save");
        await Expect(page.Locator("#dial-problem")).ToBeVisibleAsync();
        await page.GetByLabel("Dial string").FillAsync("PJSIP/{number}@carrier");
        await Press("Save");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Servers");

        await page.GotoAsync("/queues/new");
        await page.Locator("#name").FillAsync("first queue");
        await page.Locator("#asteriskName").FillAsync("sales");
        await Choose("first server");
        await Press("Save");
        await Expect(page.Locator("td", new() { HasText = "first queue" })).ToBeVisibleAsync();

        await page.GotoAsync("/schedules/new");
        await page.Locator("#name").FillAsync("all day");
        foreach (var day in Enum.GetNames<DayOfWeek>()) await page.Locator($"#hours-{day}").FillAsync("00:00–24:00");
        await Expect(page.Locator(".open-days li")).ToHaveCountAsync(14);
        await visit.Photograph("schedule");
        await Press("Save");
        await Expect(page.Locator("td", new() { HasText = "all day" })).ToBeVisibleAsync();

        await page.GotoAsync("/campaigns/new");
        await page.GetByLabel("Name").FillAsync("First campaign");
        await page.GetByLabel("Country").FillAsync("US");
        await Press("Next");
        await page.Locator("#queue").SelectOptionAsync(new SelectOptionValue { Label = "first queue" });
        await Choose("first trunk");
        await Step("When");
        await page.Locator("#schedule").SelectOptionAsync(new SelectOptionValue { Label = await page.Locator("#schedule option", new() { HasText = "all day" }).InnerTextAsync() });
        await Press("Make the campaign");

        await Expect(page).ToHaveURLAsync(new Regex("/numbers$"));
        await visit.ChooseList(File("list.csv", "phone;name\n+12125559001;Ann\n+12125559002;Bob\n+12125559003;Eve\n"));
        await Expect(page.Locator(".preview td.number").First).ToHaveTextAsync("+12125559001");
        await Press("Import");
        await Expect(page.Locator(".report")).ToContainTextAsync("3 numbers were imported");
        await page.GetByRole(AriaRole.Button, new() { Name = "Why not dialed?" }).First.ClickAsync();
        await Expect(page.Locator(".why-row")).ToContainTextAsync("not running");

        await page.GetByRole(AriaRole.Link, new() { Name = "Now", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator(".page-head .badge")).ToHaveTextAsync("Running");
        await Expect(page.Locator(".count-bars").First).ToContainTextAsync(new Regex("answer|Busy|Human", RegexOptions.IgnoreCase));
        await visit.Photograph("campaign");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.Locator(".page-head .badge")).ToHaveTextAsync(new Regex("Stopped|Finished"));
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        Task Step(string name) => page.Locator(".steps button", new() { HasText = name }).ClickAsync();

        async Task Choose(string name)
        {
            foreach (var box in await page.Locator(".choices-list label").AllAsync())
                await box.Locator("input").SetCheckedAsync((await box.InnerTextAsync()).StartsWith(name, StringComparison.Ordinal));
        }
    }

    [ChromiumFact]
    public async Task A_bad_list_is_refused_line_by_line_and_no_list_at_all_in_words()
    {
        var campaign = await new Work(site).Campaign("Bad list", 1);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/numbers");
        await visit.ChooseList(File("list.xlsx", "PK\u0003\u0004 and so on"));
        await Expect(page.Locator(".problem").First).ToBeVisibleAsync();

        await visit.ChooseList(File("list.csv", "телефон;имя\n+12125559101;Анна\nне номер;Боб\n+12125559101;Ещё раз\n12;Ева\n"));
        await Expect(page.Locator(".preview th.number")).ToHaveTextAsync("телефон");
        await visit.Photograph("import-preview-ru");
        await page.GetByRole(AriaRole.Button, new() { Name = "Загрузить", Exact = true }).ClickAsync();
        await Expect(page.Locator(".report")).ToContainTextAsync("1 номер загружен");
        await Expect(page.Locator(".refused li")).Not.ToHaveCountAsync(0);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Отклонённые строки файлом" }).ClickAsync());
        Assert.Contains("не номер", await System.IO.File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);
        visit.HasNothingToHide();
    }

    static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
