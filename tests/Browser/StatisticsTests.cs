using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class StatisticsTests(Site site)
{
    [ChromiumTheory]
    [InlineData("en-GB", ColorScheme.Light, "Hour")]
    [InlineData("ru-RU", ColorScheme.Dark, "Час")]
    public async Task Calls_are_summed_up_drawn_and_given_as_a_file(string language, ColorScheme scheme, string hour)
    {
        var work = new Work(site);
        var campaign = await work.Campaign($"Summed up in {language}", 30);
        await work.Calls(campaign, 10);
        await using var visit = await Visit.Begin(site, language, scheme);
        var page = visit.Page;
        await visit.SignIn(at: $"/statistics?campaign={campaign}");
        await Expect(page.Locator(".statistics tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".statistics tbody")).ToContainTextAsync($"Summed up in {language}");
        foreach (var by in new[] { "Agent", "Trunk", "CallerId", "Day" })
        {
            await page.Locator("form.filter select").First.SelectOptionAsync(by);
            await Expect(page.Locator(".statistics tbody tr")).Not.ToHaveCountAsync(0);
            await visit.Photograph($"statistics-{by}-{language}");
        }
        await page.Locator("form.filter select").First.SelectOptionAsync("Hour");
        await Expect(page.Locator(".statistics th").First).ToHaveTextAsync(hour);
        await Expect(page.Locator(".sums.columns .sum")).ToHaveCountAsync(24);
        await visit.Photograph($"statistics-{language}");
        foreach (var drawn in new[] { "Talk", "Abandoned" })
        {
            await page.Locator("#drawn").SelectOptionAsync(drawn);
            await Expect(page.Locator(".sums figcaption")).ToContainTextAsync(Drawn(drawn));
            await visit.Photograph($"statistics-{drawn}-{language}");
        }
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".page-head .actions a").Last.ClickAsync());
        Assert.Equal(25, (await File.ReadAllTextAsync((await download.PathAsync())!)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var workbook = await page.RunAndWaitForDownloadAsync(() => page.Locator(".page-head .actions a").First.ClickAsync());
        Assert.StartsWith("PK", await File.ReadAllTextAsync((await workbook.PathAsync())!), StringComparison.Ordinal);
        visit.HasNothingToHide();

        string Drawn(string what) => (what, language) switch { ("Talk", "en-GB") => "Talk", ("Talk", _) => "Разговор", (_, "en-GB") => "Abandoned", _ => "Потеряно" };
    }
}
