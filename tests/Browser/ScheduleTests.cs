using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class ScheduleTests(Site site)
{
    [ChromiumFact]
    public async Task A_schedule_shows_what_its_dates_breaks_and_shifts_leave_open_and_keeps_them()
    {
        await using var visit = await Visit.Begin(site, language: "ru-RU");
        var page = visit.Page;
        await visit.SignIn(at: "/schedules/new");
        await page.Locator("#name").FillAsync("По сменам");
        await page.Locator("#zone").FillAsync("Europe/Moscow");
        foreach (var day in Enum.GetNames<DayOfWeek>()) await page.Locator($"#hours-{day}").FillAsync("09:00–18:00");
        await page.Keyboard.PressAsync("Tab");
        var days = page.Locator(".strip .open-days li");
        await Expect(days.Nth(1)).ToHaveAttributeAsync("title", "открыто 09:00–18:00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Добавить перерыв" }).ClickAsync();
        await Expect(page.Locator(".day-row .problem")).ToContainTextAsync("Напишите одно время");
        await page.Locator("#closed-0-hours").FillAsync("13:00-13:15");
        await page.Keyboard.PressAsync("Tab");
        await Expect(days.Nth(1)).ToHaveAttributeAsync("title", "открыто 09:00–13:00, 13:15–18:00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Добавить даты" }).ClickAsync();
        await page.Locator("#dates-0-from").FillAsync("2030-01-07");
        await page.Locator("#dates-0-to").FillAsync("2030-01-01");
        await page.Locator("#shifts").CheckAsync();
        await page.Locator("#off").FillAsync("5");
        await page.Keyboard.PressAsync("Tab");
        await Expect(days.And(page.GetByTitle("закрыто"))).Not.ToHaveCountAsync(0);
        await visit.Photograph("schedule-days-ru");
        await page.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();
        await Expect(page.Locator(".day-row.wrong .problem")).ToContainTextAsync("раньше первой");
        await page.Locator("#dates-0-to").FillAsync("2030-01-08");
        await page.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "По сменам" }).ClickAsync();
        await Expect(page.Locator("#closed-0-hours")).ToHaveValueAsync("13:00–13:15");
        await Expect(page.Locator("#dates-0-to")).ToHaveValueAsync("2030-01-08");
        await Expect(page.Locator("#off")).ToHaveValueAsync("5");
        visit.HasNothingToHide();
    }
}
