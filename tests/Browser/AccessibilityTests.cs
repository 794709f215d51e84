using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>Every page, in both themes: labels, names, headings, contrast, and the keyboard's way through it.</summary>
[Collection(SiteCollection.Name)]
public sealed class AccessibilityTests(Site site)
{
    static readonly string Check = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "accessibility.js"));

    [ChromiumFact]
    public Task Pages_can_be_used_by_everybody_in_light() => EveryPage(ColorScheme.Light, "en-GB");

    [ChromiumFact]
    public Task Pages_can_be_used_by_everybody_in_dark() => EveryPage(ColorScheme.Dark, "ru-RU");

    [ChromiumFact]
    public async Task The_check_finds_what_is_planted()
    {
        await using var visit = await Visit.Begin(site);
        await visit.Page.GotoAsync("/sign-in");
        await visit.Page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', `<p style='color:#999;background:#fff'>pale</p><input><button></button><h1 id='login'>two</h1><a href='/' tabindex='3'>first</a><svg role='img'><rect/></svg>`)");
        var found = await visit.Page.EvaluateAsync<string[]>(Check);
        foreach (var rule in new[] { "contrast 2.85", "no label", "no name", "there are 2 main headings", "the id login is given twice", "focus out of order", "picture without words" })
            Assert.Contains(found, f => f.StartsWith(rule, StringComparison.Ordinal));
    }

    async Task EveryPage(ColorScheme scheme, string language)
    {
        var campaign = await new Work(site).Campaign($"Looked at in {scheme}", 3);
        await using var visit = await Visit.Begin(site, language, scheme);
        await visit.Page.GotoAsync("/sign-in");
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Check));
        await visit.SignIn();
        foreach (var path in new[] { "/", "/campaigns", $"/campaigns/{campaign}", $"/campaigns/{campaign}/numbers", $"/campaigns/{campaign}/forecast", $"/campaigns/{campaign}/funnel", "/campaigns/new", "/calls", "/statistics", "/agents", "/agents/new", "/schedules", "/schedules/new", "/do-not-call", "/contact-rules", "/contact-rules/new", "/calendars/included/RU", "/dispositions", "/dispositions/new", "/queues", "/queues/new", "/servers", "/servers/new", "/trunks/new", "/users", "/users/new", "/keys", "/audit" })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("main .panel").First).ToBeVisibleAsync();
            var found = await visit.Page.EvaluateAsync<string[]>(Check);
            Assert.True(found.Length == 0, $"{path} in {scheme}:\n{string.Join('\n', found)}");
            await visit.Photograph($"page{path.Replace(campaign, "one", StringComparison.Ordinal).Replace('/', '-')}-{scheme}");
        }
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task The_keyboard_goes_first_past_the_menu_and_shows_where_it_is()
    {
        await using var visit = await Visit.Begin(site);
        await visit.SignIn(at: "/campaigns");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Campaigns");
        // Its heading gets the focus when the page is there; what is pressed before that would be lost.
        await Expect(visit.Page.Locator("h1")).ToBeFocusedAsync();
        await visit.Page.EvaluateAsync("document.activeElement.blur(); window.getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus()");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.Locator(".skip")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        var outline = await visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
        Assert.NotEqual("none", outline);
        await visit.Page.Keyboard.PressAsync("/");
        await Expect(visit.Page.Locator("[data-search]")).ToBeFocusedAsync();
    }
}
