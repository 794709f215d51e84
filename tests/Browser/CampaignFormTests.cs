using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

/// <summary>How leads are called again and which comes first, as the campaign's form says it and the API reads it.</summary>
[Collection(SiteCollection.Name)]
public sealed class CampaignFormTests(Site site)
{
    [ChromiumFact]
    public async Task Retries_order_and_the_column_of_the_zone_are_written_in_the_form_and_what_is_wrong_stands_beside_them()
    {
        var campaign = await new Work(site).Campaign("Retried by outcome", 1);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/edit");
        await Step("Правила");
        await Press("Добавить правило");
        await page.Locator("#retry-0-attempts").FillAsync("0");
        await page.Locator("#retry-0-minutes").FillAsync("5");
        await page.Locator("#retry-0-growth").FillAsync("2");
        await page.Locator("#retry-0-other").SelectOptionAsync("true");
        await Press("Добавить правило");
        // What has a rule is not offered again.
        await Expect(page.Locator("#retry-1-for")).ToHaveValueAsync("NoAnswer");
        await Expect(page.Locator("#retry-1-for option[value=Busy]")).ToHaveCountAsync(0);
        await page.Locator("#retry-1-for").SelectOptionAsync("unanswered");
        await page.Locator("#fresh").SelectOptionAsync("Chance");
        await Press("Добавить список");
        await page.Locator("#share-0-list").FillAsync("warm");
        await page.Locator("#share-0-share").FillAsync("300");
        await Press("Добавить список");
        await page.Locator("#share-1-list").FillAsync("warm");
        await page.Locator("#share-1-share").FillAsync("2");
        await Step("Когда");
        await page.Locator("#zoneColumn").FillAsync(new string('z', 65));

        await Press("Сохранить");
        await Expect(page.Locator("#share-1-problem")).ToHaveTextAsync("Для этого списка доля уже указана.");
        await page.Locator("#share-1-list").FillAsync("cold");
        await Press("Сохранить");
        await Expect(page.Locator("#retry-0-problem")).ToContainTextAsync("от 1 до");
        await Expect(page.Locator("#fresh-problem")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#share-0-problem")).ToContainTextAsync("от 1 до 100");
        await Expect(page.Locator("#share-1-problem")).ToBeEmptyAsync();
        // Nothing is said twice: all that is wrong stands beside its field.
        await Expect(page.Locator(".refusal li")).ToHaveCountAsync(0);
        await page.Locator("#retry-0-problem").ScrollIntoViewIfNeededAsync();
        await visit.Photograph("campaign-form-wrong-dark-ru");
        await page.Locator("#retry-0-attempts").FillAsync("4");
        await page.Locator("#due").SelectOptionAsync("FreshFirst");
        await page.Locator("#share-0-share").FillAsync("30");
        await Step("Когда");
        await Expect(page.Locator("#zoneColumn-problem")).Not.ToBeEmptyAsync();
        await page.Locator("#zoneColumn").FillAsync("timezone");
        await Press("Сохранить");
        await Expect(page.Locator(".before-start")).ToBeVisibleAsync();

        var config = (await site.Api.Get($"campaigns/{campaign}"))["config"]!;
        Assert.Equal("""{"attempts":4,"interval":"00:05:00","growth":2,"longestInterval":null,"otherNumber":true,"final":null}""", config["retries"]!["outcomes"]!["Busy"]!.ToJsonString());
        Assert.Equal(3, config["retries"]!["unanswered"]!["attempts"]!.GetValue<int>());
        Assert.Equal("""{"due":"FreshFirst","fresh":"Chance","holdFor":"01:00:00"}""", new System.Text.Json.Nodes.JsonObject(config["order"]!.AsObject().Where(o => o.Key != "lists").Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))).ToJsonString());
        Assert.Equal((30, 2), (config["order"]!["lists"]!["warm"]!.GetValue<int>(), config["order"]!["lists"]!["cold"]!.GetValue<int>()));
        Assert.Equal("timezone", config["contact"]!["zoneColumn"]!.GetValue<string>());
        visit.HasNothingToHide();

        Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        Task Step(string name) => page.Locator(".steps button", new() { HasText = name }).ClickAsync();
    }
}
