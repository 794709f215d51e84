using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class BadListTests(Site site)
{
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
        var refused = await System.IO.File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.Contains("строка;текст;причина", refused, StringComparison.Ordinal);
        Assert.Contains("не номер", refused, StringComparison.Ordinal);
        Assert.Contains("Номер содержит буквы.", refused, StringComparison.Ordinal);
        visit.HasNothingToHide();
    }

    static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
