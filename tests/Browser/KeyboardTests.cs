using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>All of it without a mouse.</summary>
[Collection(SiteCollection.Name)]
public sealed class KeyboardTests(Site site)
{
    /// <summary>Numbers what can be used of the page, in the order in which it stands, and says how many there are.</summary>
    const string Mark = """
        () => {
          const usable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility({ checkVisibilityCSS: true }) && e.getClientRects().length > 0);
          usable.forEach((e, i) => e.dataset.stop = i);
          return usable.length;
        }
        """;

    /// <summary>Where the focus is, and what is wrong with how it shows; a field of several parts is one stop.</summary>
    const string Stop = """
        () => {
          const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
          const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          return [e.dataset.stop ?? `${e.tagName} ${e.id}`, ring && seen ? '' : `${ring ? 'out of sight' : 'no ring'}: ${e.outerHTML.slice(0, 120)}`];
        }
        """;

    [ChromiumTheory]
    [InlineData("/campaigns")]
    [InlineData("/campaigns/new")]
    [InlineData("/schedules/new")]
    [InlineData("/contact-rules/new")]
    [InlineData("/servers/new")]
    [InlineData("/users/new")]
    [InlineData("/calls")]
    [InlineData("/do-not-call")]
    [InlineData("/audit")]
    public async Task Tab_reaches_everything_in_the_order_in_which_it_stands_and_shows_where_it_is(string path)
    {
        await using var visit = await Opened(path);
        var count = await visit.Page.EvaluateAsync<int>(Mark);
        await visit.Page.EvaluateAsync("document.activeElement.blur(); window.getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus()");
        var stops = new List<string>();
        while (stops.Count < count)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var stop = await visit.Page.EvaluateAsync<string[]>(Stop);
            Assert.Equal("", stop[1]);
            if (stops.Count == 0 || stops[^1] != stop[0]) stops.Add(stop[0]);
            if (stops.Count > 1 && stops[^1] == stops[0]) break;
        }
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), stops);
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task The_first_stop_leads_past_the_menu_into_the_page_that_one_is_on()
    {
        await using var visit = await Opened("/campaigns");
        await visit.Page.Locator(".skip").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Campaigns");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "New campaign" })).ToBeFocusedAsync();
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task A_form_is_filled_and_sent_by_keyboard_and_leads_to_what_is_wrong()
    {
        await using var visit = await Opened("/dispositions/new");
        var (page, keys) = (visit.Page, visit.Page.Keyboard);
        await page.Locator("#name").FocusAsync();
        await keys.PressAsync("Enter");
        // Without a name it is refused, and there one is.
        await Expect(page.Locator("#name-problem")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#name")).ToBeFocusedAsync();
        await keys.TypeAsync("By keyboard");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Call again");
        await Expect(page.Locator("#action")).ToHaveValueAsync("CallAgain");
        await Reach(page, page.Locator("#times"));
        await keys.PressAsync("Control+A");
        await keys.TypeAsync("0");
        await Reach(page, page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#times-problem")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#times")).ToBeFocusedAsync();
        await keys.PressAsync("Control+A");
        await keys.TypeAsync("2");
        await Reach(page, page.GetByLabel("The agent may say when"));
        await keys.PressAsync("Space");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("tr", new() { HasText = "By keyboard" })).ToContainTextAsync("2 times at most; the agent may say when");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task Every_question_takes_the_focus_keeps_it_gives_it_back_and_is_answered_by_keyboard()
    {
        var work = new Work(site);
        var (runs, campaign) = (await work.Campaign("Drained by keyboard", 2), await work.Campaign("Shortened by keyboard", 2));
        await site.Api.Post($"campaigns/{campaign}/do-not-call", new { numbers = new[] { "+12125550001" } });
        await site.Api.Post("keys", new { name = "of the keyboard" });
        var disposition = await site.Api.Make("dispositions", new { name = "Gone by keyboard", action = "Completed" });
        var user = await site.Api.Make("users", new { config = new { login = "gone-by-keyboard", role = "Operator" } });
        await site.Api.Post($"campaigns/{runs}/start");
        await using var visit = await Opened("/campaigns");
        var page = visit.Page;
        await page.GotoAsync($"/campaigns/{runs}");

        await Asks(page, Button("Drain: Drained by keyboard"), "Drain", page.Locator(".page-head .badge", new() { HasText = "Running" }));
        await Expect(page.Locator(".page-head .badge")).Not.ToHaveTextAsync("Running");
        await page.GotoAsync($"/campaigns/{campaign}/numbers");
        var lead = page.Locator("tr", new() { HasText = "+12125550000" });
        await Asks(page, lead.GetByRole(AriaRole.Button, new() { Name = "Exclude" }), "Exclude", lead.GetByText("New", new() { Exact = true }));
        await Expect(lead).ToContainTextAsync("Excluded");
        await page.GotoAsync($"/do-not-call?campaign={campaign}");
        await Asks(page, Button("Remove +12125550001"), "Remove", page.Locator("td", new() { HasText = "+12125550001" }));
        await Expect(page.Locator("td", new() { HasText = "+12125550001" })).ToHaveCountAsync(0);
        await page.GotoAsync("/keys");
        var key = page.Locator("tr", new() { HasText = "of the keyboard" });
        await Asks(page, key.GetByRole(AriaRole.Button), "Revoke", key.GetByRole(AriaRole.Button));
        await Expect(key).ToContainTextAsync("revoked");
        await page.GotoAsync($"/dispositions/{disposition}");
        await Asks(page, Button("Delete"), "Delete", page.Locator("#name"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Dispositions");
        await page.GotoAsync($"/users/{user}");
        await Asks(page, Button("Delete"), "Delete", page.Locator("#login"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Users");
        visit.HasNothingToHide();

        ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    }

    [ChromiumFact]
    public async Task The_menu_of_a_phone_opens_and_closes_by_keyboard()
    {
        await using var visit = await Visit.Begin(site, width: 390, height: 844);
        await visit.SignIn(at: "/campaigns");
        var (page, menu) = (visit.Page, visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }));
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        await Reach(page, page.GetByRole(AriaRole.Link, new() { Name = "Statistics" }));
        await page.Keyboard.PressAsync("Escape");
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(menu).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Reach(page, page.GetByRole(AriaRole.Link, new() { Name = "Statistics" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Statistics");
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        visit.HasNothingToHide();
    }

    /// <param name="untouched">What is there as long as the question was not answered with yes.</param>
    static async Task Asks(IPage page, ILocator opener, string yes, ILocator untouched)
    {
        var dialog = page.GetByRole(AriaRole.Alertdialog);
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        for (var i = 0; i < 4; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
            Assert.Equal("", (await page.EvaluateAsync<string[]>(Stop))[1]);
        }
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
        await Expect(untouched).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        await Reach(page, dialog.GetByRole(AriaRole.Button, new() { Name = yes, Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>By Tab, as far as it goes.</summary>
    static async Task Reach(IPage page, ILocator target)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not lead to {target}.");
    }

    async Task<Visit> Opened(string path)
    {
        var visit = await Visit.Begin(site);
        await visit.SignIn(at: path);
        // Its heading gets the focus when the page is there; what is pressed before that would be lost.
        await Expect(visit.Page.Locator("h1")).ToBeFocusedAsync();
        await Expect(visit.Page.Locator("main .panel").First).ToBeVisibleAsync();
        return visit;
    }
}
