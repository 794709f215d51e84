using System.Globalization;
using System.Text.Json.Nodes;
using Carillon.Calls;
using Carillon.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class FunnelTests(Site site)
{
    [ChromiumTheory]
    [InlineData("en-GB", ColorScheme.Light, "Attempt", "In no list")]
    [InlineData("ru-RU", ColorScheme.Dark, "Попытка", "Вне списков")]
    public async Task Real_calls_are_told_step_by_step_by_attempt_hour_and_list(string language, ColorScheme scheme, string attempt, string noList)
    {
        var calls = await Called(await MakeCampaign(language));
        var campaign = calls[0]["intent"]!["campaign"]!.GetValue<string>();
        await using var visit = await Visit.Begin(site, language, scheme);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/funnel");
        await Expect(page.Locator(".funnel-table th").First).ToHaveTextAsync(attempt);
        await Shows(page, calls.GroupBy(c => c["intent"]!["attemptNumber"]!.GetValue<int>()).OrderBy(g => g.Key).Select(g => (g.Key.ToString(CultureInfo.InvariantCulture), g.ToList())), calls);
        await Expect(page.Locator(".funnel-steps .num:not(.soft)")).ToHaveTextAsync(Steps(calls).Take(5).ToArray());
        await visit.Photograph($"funnel-Attempt-{language}");

        await page.Locator("#by").SelectOptionAsync("List");
        var warm = (await site.Api.Get($"campaigns/{campaign}/leads?limit=100"))["items"]!.AsArray().Where(l => l!["list"]!.GetValue<string>() == "warm").Select(l => l!["id"]!.GetValue<long>()).ToHashSet();
        await Shows(page, calls.GroupBy(c => warm.Contains(c["intent"]!["leadId"]!.GetValue<long>()) ? "warm" : noList)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key == "warm").Select(g => (g.Key, g.ToList())), calls);
        await visit.Photograph($"funnel-List-{language}");

        await page.Locator("#by").SelectOptionAsync("Hour");
        var byHour = calls.ToLookup(c => c["intent"]!["at"]!.GetValue<DateTimeOffset>().UtcDateTime.Hour);
        await Shows(page, Enumerable.Range(0, 24).Select(h => ($"{h:00}:00", byHour[h].ToList())), calls);
        await Expect(page.Locator(".sums.columns .sum")).ToHaveCountAsync(24);
        await visit.Photograph($"funnel-Hour-{language}");

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".page-head .actions a").Last.ClickAsync());
        Assert.Equal(25, (await File.ReadAllTextAsync((await download.PathAsync())!)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        visit.HasNothingToHide();
    }

    async Task<string> MakeCampaign(string language)
    {
        var campaign = await new Work(site).Campaign($"Funnel in {language}", 8);
        await site.Api.Import(campaign, "phone\n" + string.Join('\n', Enumerable.Range(0, 8).Select(i => $"+1212556000{i}")), "warm");
        return campaign;
    }

    /// <summary>A dozen calls, and one lead a second time; all of them have ended.</summary>
    async Task<List<JsonNode>> Called(string campaign)
    {
        var work = new Work(site);
        await work.Calls(campaign, 12);
        await AllOver();
        var again = (await Calls()).First(c => c["outcome"]!.GetValue<string>() is not (nameof(Outcome.HumanAnswered) or nameof(Outcome.InvalidNumber)));
        await site.Api.Post($"campaigns/{campaign}/leads/{again["intent"]!["leadId"]}/callback");
        await site.Api.Post($"campaigns/{campaign}/start");
        await Wait.Until(async () => (await Calls()).Exists(c => c["intent"]!["attemptNumber"]!.GetValue<int>() == 2));
        await site.Api.Post($"campaigns/{campaign}/stop");
        await AllOver();
        return await Calls();

        async Task<List<JsonNode>> Calls() => [.. (await site.Api.Get($"calls?campaign={campaign}&limit=1000"))["items"]!.AsArray().Select(c => c!)];

        Task AllOver() => Wait.Until(async () =>
        {
            var progress = await site.Api.Get($"campaigns/{campaign}/progress");
            return new[] { "dialing", "ringing", "waiting", "talking" }.All(state => progress[state]!.GetValue<int>() == 0);
        });
    }

    /// <summary>The table has a row for each group, with what its call records say.</summary>
    static async Task Shows(IPage page, IEnumerable<(string Name, List<JsonNode> Calls)> groups, List<JsonNode> all)
    {
        var outcomes = Enum.GetNames<Outcome>().Where(o => o is not (nameof(Outcome.HumanAnswered) or nameof(Outcome.Abandoned)) && all.Exists(c => Ended(c, o))).ToList();
        var expected = string.Join('\n', groups.Select(g => string.Join('|', [g.Name, .. Steps(g.Calls), .. outcomes.Select(o => $"{g.Calls.Count(c => Ended(c, o))}")])));
        await Wait.Until(
            () => page.Locator(".funnel-table tbody").EvaluateAsync<string>("body => [...body.rows].map(row => [...row.cells].map(cell => cell.firstChild.textContent.trim()).join('|')).join('\\n')"),
            shown => shown == expected);
    }

    static IEnumerable<string> Steps(List<JsonNode> calls)
    {
        Predicate<JsonNode> picked = c => c["answeredAt"] is not null;
        Predicate<JsonNode>[] steps =
        [
            _ => true, c => picked(c) || c["ringingAt"] is not null, picked, c => Ended(c, nameof(Outcome.HumanAnswered)) || Ended(c, nameof(Outcome.Abandoned)),
            c => c["bridgedAt"] is not null, c => c["abandoned"]!.GetValue<bool>(),
        ];
        return steps.Select(step => $"{calls.FindAll(step).Count}");
    }

    static bool Ended(JsonNode call, string outcome) => call["outcome"]!.GetValue<string>() == outcome;
}
