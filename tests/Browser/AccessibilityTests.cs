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
        await visit.Page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', `<p style='color:#999;background:#fff'>pale</p><input><button></button><h1 id='login'>two</h1><a href='/' tabindex='3'>first</a><svg role='img'><rect/></svg>`); document.querySelector('main').style.width = '2000px'");
        var found = await visit.Page.EvaluateAsync<string[]>(Check);
        foreach (var rule in new[] { "contrast 2.85", "no label", "no name", "there are 2 main headings", "the id login is given twice", "focus out of order", "picture without words", "the page is " })
            Assert.Contains(found, f => f.StartsWith(rule, StringComparison.Ordinal));
    }

    async Task EveryPage(ColorScheme scheme, string language)
    {
        var (login, work) = ($"looks-{scheme}".ToLowerInvariant(), new Work(site));
        var (campaign, shows) = (await work.Campaign($"Looked at in {scheme}", 3), await work.Campaign($"Shown in {scheme}", 1, "Preview", dialAfter: "01:00:00"));
        var group = await work.Group($"Lookers at {scheme}");
        var things = await Things(scheme, group);
        await work.Calls(campaign, 1);
        var call = (await site.Api.Get($"calls?campaign={campaign}&limit=1"))["items"]![0]!["intent"]!["id"]!.GetValue<string>();
        var user = await site.Api.Make("users", new { config = new { login, role = "Administrator", agent = "PJSIP/9007", groups = new[] { group } }, password = "given by somebody" });
        await site.Api.Post($"campaigns/{shows}/start");

        await using var visit = await Visit.Begin(site, language, scheme);
        await visit.Page.GotoAsync("/sign-in");
        await Look("sign-in", ".door");
        await visit.SignIn(login, "given by somebody");
        await Look("password", "#new");
        await visit.Page.Locator("#current").FillAsync("given by somebody");
        await visit.Page.Locator("#new").FillAsync("chosen by oneself");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Page.Locator("nav")).ToBeVisibleAsync();
        foreach (var path in new[] { "/", "/campaigns", $"/campaigns/{campaign}", $"/campaigns/{campaign}/numbers", $"/campaigns/{campaign}/forecast", $"/campaigns/{campaign}/funnel", $"/campaigns/{campaign}/edit", "/campaigns/new", "/calls", $"/calls/{call}", "/statistics", "/agents", "/agents/new", "/schedules", "/schedules/new", "/do-not-call", "/contact-rules", "/contact-rules/new", "/calendars", "/calendars/new", "/calendars/included/RU", "/dispositions", "/dispositions/new", "/queues", "/queues/new", "/servers", "/servers/new", "/trunks/new", "/users", "/users/new", $"/users/{user}", "/keys", "/audit", "/preview", $"/preview/{shows}" }.Concat(things))
        {
            await visit.Page.GotoAsync(path);
            await Look(string.Join('-', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => p == campaign || p == shows || p == call || p == user || things.Any(t => t.EndsWith(p, StringComparison.Ordinal) && t != "/" + p) ? "one" : p)), "main .panel");
        }
        foreach (var path in new[] { "/no-such-page", "/not-for-you" })
        {
            await visit.Page.GotoAsync(path);
            await Look(path[1..], ".failed");
        }
        visit.HasNothingToHide();
        await site.Api.Post($"campaigns/{shows}/stop");
        await visit.Page.GotoAsync("/sign-out");
        await Look("sign-out", ".door");

        async Task Look(string name, string shown)
        {
            await Expect(visit.Page.Locator(shown).First).ToBeVisibleAsync();
            var found = await visit.Page.EvaluateAsync<string[]>(Check);
            Assert.True(found.Length == 0, $"{visit.Page.Url} in {scheme}:\n{string.Join('\n', found)}");
            await visit.Photograph($"page-{name}-{scheme}");
        }
    }

    /// <summary>One of each kind, and where it is changed.</summary>
    async Task<IReadOnlyList<string>> Things(ColorScheme scheme, string group)
    {
        async Task<string> First(string kind) => $"/{kind}/" + (await site.Api.Get(kind))[0]!["id"]!.GetValue<string>();
        await site.Api.Make("agents", new { name = $"Seen in {scheme}", interfaces = new[] { $"PJSIP/{scheme}" }, group });
        return
        [
            "/calendars/" + await site.Api.Make("calendars", new { name = $"Days in {scheme}", extends = "RU" }),
            "/contact-rules/" + await site.Api.Make("contact-rules", new { name = $"Softly in {scheme}", rule = new { prefixes = new[] { "+4420" }, caps = new[] { new { calls = 3, per = "Week" } }, quiet = new[] { new { from = "13:00", to = "14:00" } } } }),
            "/dispositions/" + await site.Api.Make("dispositions", new { name = $"Later in {scheme}", action = "CallAgain", group }),
            $"/agents/PJSIP/{scheme}", await First("schedules"), await First("queues"), await First("servers"), await First("trunks"),
        ];
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_wallboard_of_a_phone_can_be_used_by_everybody(ColorScheme scheme)
    {
        await new Work(site).Campaign($"On a phone in {scheme}", 1);
        await using var visit = await Visit.Begin(site, "ru-RU", scheme, width: 390, height: 844);
        await visit.SignIn();
        await Expect(visit.Page.Locator(".wallboard")).ToBeVisibleAsync();
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Check));
        await visit.Photograph($"wallboard-phone-{scheme}-ru");
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
