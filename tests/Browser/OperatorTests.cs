using System.Globalization;
using System.Text.RegularExpressions;
using Carillon.Network;
using Carillon.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>What an operator does all day: a lead is shown, called or skipped, and they say what came of it.</summary>
public sealed class OperatorTests(OwnSite site) : IClassFixture<OwnSite>
{
    const string Login = "anna", Given = "given by somebody", Chosen = "chosen by oneself";

    [ChromiumFact]
    public async Task An_operator_is_shown_leads_skips_one_calls_another_and_says_what_came_of_it()
    {
        var numbers = Answering().Take(3).ToList();
        await site.Api.Post("dispositions", new { name = "Sold", action = "Completed" });
        await site.Api.Post("dispositions", new { name = "Call later", action = "CallAgain", agentChoosesTime = true });
        await site.Api.Post("users", new { config = new { login = Login, role = "Operator", agent = "PJSIP/9001" }, password = Given });
        var campaign = await PreviewOf("Look first", "01:00:00", numbers[..2]);

        await using (var visit = await Visit.Begin(site))
        {
            var page = visit.Page;
            await visit.SignIn(Login, Given);
            await page.Locator("#current").FillAsync(Given);
            await page.Locator("#new").FillAsync(Chosen);
            await page.Locator("button[type=submit]").ClickAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync("Your work");
            await page.GetByRole(AriaRole.Link, new() { Name = "Look first" }).ClickAsync();

            var number = page.Locator(".lead h2");
            await Expect(number).ToHaveTextAsync(new Regex(@"^\+1212"));
            var skipped = await number.InnerTextAsync();
            await Expect(page.Locator(".lead .details")).ToContainTextAsync("Person of " + skipped);
            await Expect(page.Locator(".lead time")).ToHaveTextAsync(new Regex(@"^\d+:\d\d$"));
            await Expect(page.Locator(".history")).ToContainTextAsync("never called");
            await visit.Photograph("preview");
            await Press("Skip");
            await Expect(page.Locator("#reason-problem")).Not.ToBeEmptyAsync();
            // From here to the next lead by keyboard alone: each step finds it where it is wanted.
            await Expect(page.Locator("#reason")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("Called yesterday");
            await page.Keyboard.PressAsync("Enter");
            await Expect(number).ToHaveTextAsync(numbers[..2].Single(n => n != skipped));
            await Expect(page.Locator("#dial")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            // Lines are granted for two seconds, in which a slow machine does not get so far: who is told so dials again.
            await Wait.Until(async () =>
            {
                await page.EvaluateAsync("document.querySelector('.refusal') && document.querySelector('.do > button:enabled')?.click()");
                return await page.Locator(".ended").IsVisibleAsync();
            });
            await Expect(page.Locator(".ended .badge")).ToHaveTextAsync("Human answered");
            await visit.Photograph("preview-ended");
            await Expect(page.Locator("#disposition")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("Call later");
            await page.Locator("#callAt").FillAsync("2020-01-01T10:00");
            await Press("Say it");
            await Expect(page.Locator("#callAt-problem")).ToContainTextAsync("from now");
            await page.Locator("#callAt").FillAsync(DateTime.Today.AddDays(3).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
            await page.Locator("#note").FillAsync("She is on the train");
            await Press("Say it");
            await Expect(page.Locator(".ended")).ToContainTextAsync("She is on the train");
            await Expect(page.Locator("#next")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".page-head .badge")).ToHaveTextAsync("Waiting for a lead");
            await Expect(page.Locator("h1")).ToBeFocusedAsync();

            await page.GetByRole(AriaRole.Link, new() { Name = "Your work" }).ClickAsync();
            var call = page.Locator(".own-work tr", new() { HasText = "Call later" });
            await call.GetByRole(AriaRole.Link).ClickAsync();
            await Expect(page.Locator(".timeline li b")).ToContainTextAsync(["Placed", "Joined with the agent"]);
            var details = page.Locator(".details").First;
            await Expect(details).ToContainTextAsync("Ended as usual");
            await Expect(details).ToContainTextAsync(new Regex("pbx[12] carrier"));
            await Expect(details).ToContainTextAsync("Look first");
            await page.Locator("#disposition").SelectOptionAsync("Sold");
            await Press("Say it");
            await Expect(page.Locator(".call .panel b", new() { HasText = "Sold" })).ToBeVisibleAsync();
            await visit.Photograph("call");
            visit.HasNothingToHide();

            Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        }
        await site.Api.Post($"campaigns/{campaign}/stop");
        await IsDialedByItself(numbers[2]);
    }

    async Task IsDialedByItself(string lead)
    {
        var campaign = await PreviewOf("By itself", "00:00:05", [lead]);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark, width: 390, height: 844);
        await visit.SignIn(Login, Chosen, at: $"/preview/{campaign}");
        await Expect(visit.Page.Locator(".lead h2")).ToHaveTextAsync(lead);
        await visit.Photograph("preview-phone-dark-ru");
        await Expect(visit.Page.Locator(".ended .badge")).ToHaveTextAsync("Ответил человек");
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await visit.Photograph("preview-ended-phone-dark-ru");
        visit.HasNothingToHide();
    }

    async Task<string> PreviewOf(string name, string dialAfter, IEnumerable<string> numbers)
    {
        var campaign = await new Work(site).Campaign(name, 0, "Preview", dialAfter: dialAfter);
        await site.Api.Import(campaign, "phone;name\n" + string.Join('\n', numbers.Select(n => $"{n};Person of {n}")));
        await site.Api.Post($"campaigns/{campaign}/start");
        return campaign;
    }

    /// <summary>Numbers of people who answer soon.</summary>
    IEnumerable<string> Answering() => Enumerable.Range(2_125_550_000, 10_000).Select(i => $"+1{i}")
        .Where(n => site.Network.NextFate(n[1..]) is { Kind: FateKind.Human, DecidedAfter.TotalSeconds: < 12 });
}
