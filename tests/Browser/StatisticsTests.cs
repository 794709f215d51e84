using System.Globalization;
using System.Text.Json.Nodes;
using Carillon.TestKit;
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

    [ChromiumTheory]
    [InlineData("en-GB", ColorScheme.Light, "Utilisation", "At work without pauses")]
    [InlineData("ru-RU", ColorScheme.Dark, "Занятость", "На работе без пауз")]
    public async Task Agents_time_at_work_is_told_with_their_calls(string language, ColorScheme scheme, string utilisation, string drawn)
    {
        var work = new Work(site);
        await work.Calls(await work.Campaign($"Worked at in {language}", 30), 10);
        // Who talked has been at work, as their queue saw it; what it sees is written every few seconds.
        var told = await Wait.Until(
            async () => (await site.Api.Get("statistics?by=agent"))["rows"]!.AsArray().FirstOrDefault(r => r!["talks"]!.GetValue<int>() > 0 && Span(r["work"]?["talking"]) > TimeSpan.Zero), row => row is not null);
        var name = told!["name"]!.GetValue<string>();
        await using var visit = await Visit.Begin(site, language, scheme);
        var page = visit.Page;
        await visit.SignIn(at: "/statistics");
        await page.Locator("form.filter select").First.SelectOptionAsync("Agent");
        await Expect(page.Locator(".statistics th").Last).ToHaveTextAsync(utilisation);
        var cells = page.Locator(".statistics tbody tr").Filter(new() { Has = page.Locator("td").First.GetByText(name, new() { Exact = true }) }).Locator("td");
        // At work, pauses, free, line busy, wrap-up, and what follows from them.
        var shown = (await cells.AllInnerTextsAsync()).TakeLast(6).ToArray();
        var (atWork, paused, busy, wrapUp) = (Length(shown[0]), Length(shown[1]), Length(shown[3]), Length(shown[4]));
        Assert.InRange(busy, TimeSpan.FromSeconds(1), atWork);
        Assert.Equal((busy + wrapUp) / (atWork - paused), double.Parse(shown[5].TrimEnd('%').Trim().Replace(',', '.'), CultureInfo.InvariantCulture) / 100, 0.05);
        await page.Locator("#drawn").SelectOptionAsync("Work");
        await Expect(page.Locator(".sums figcaption")).ToContainTextAsync(drawn);
        await visit.Photograph($"statistics-work-{language}");
        visit.HasNothingToHide();
    }

    static TimeSpan Span(JsonNode? time) => time is null ? default : TimeSpan.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture);

    /// <summary>As the page writes it: 1:02:03 or 2:03.</summary>
    static TimeSpan Length(string text) => TimeSpan.FromSeconds(text.Split('\n')[0].Split(':').Aggregate(0, (sum, part) => sum * 60 + int.Parse(part, CultureInfo.InvariantCulture)));
}
