using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class WorkbookTests(Site site)
{
    [ChromiumFact]
    public async Task Calls_are_saved_for_Excel_and_their_numbers_imported_again()
    {
        var work = new Work(site);
        var called = await work.Campaign("Called for Excel", 10);
        await work.Calls(called, 3);
        var campaign = await work.Campaign("Called again", 0);
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: $"/calls?campaign={called}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "All of them for Excel" }).ClickAsync());
        var workbook = await File.ReadAllBytesAsync((await download.PathAsync())!);

        await page.GotoAsync($"/campaigns/{campaign}/numbers");
        await visit.ChooseList(new FilePayload { Name = "calls.xlsx", MimeType = "application/octet-stream", Buffer = workbook });
        await Expect(page.Locator(".found")).ToHaveTextAsync("calls.xlsx: the sheet calls.");
        await Expect(page.Locator(".preview th.number")).ToHaveTextAsync("number");
        await visit.Photograph("import-workbook");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.Locator(".report")).ToContainTextAsync("imported");
        await Expect(page.Locator(".report")).Not.ToContainTextAsync("refused");
        visit.HasNothingToHide();
    }

    /// <summary>A circuit takes small messages only: what is looked at must not go through it.</summary>
    [ChromiumFact]
    public async Task A_long_list_is_looked_at_and_its_columns_chosen_anew()
    {
        var campaign = await new Work(site).Campaign("Long list", 0);
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
        var page = visit.Page;
        await visit.SignIn(at: $"/campaigns/{campaign}/numbers");
        var list = new StringBuilder("phone;second;dial time;chance\n");
        for (var i = 0; i < 10_000; i++) list.Append(System.Globalization.CultureInfo.InvariantCulture, $"+1212556{i:0000};+1212557{i:0000};2026-12-01 15:30;0.5\n");
        await visit.ChooseList(new FilePayload { Name = "long.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(list.ToString()) });
        await Expect(page.Locator(".preview th.number")).ToHaveTextAsync("phone");
        await page.Locator(".filter select").First.SelectOptionAsync("2");
        await Expect(page.Locator(".preview th.number")).ToHaveTextAsync("second");
        await Expect(page.GetByLabel("Время звонка")).ToHaveValueAsync("3");
        await Expect(page.GetByLabel("Вероятность ответа")).ToHaveValueAsync("4");
        await Expect(page.GetByLabel("Порядок звонков")).ToHaveValueAsync("0");
        await visit.Photograph("import-long-ru");
        visit.HasNothingToHide();
    }
}
