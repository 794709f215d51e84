using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Carillon.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class ScheduleTests(Site site)
{
    [ChromiumFact]
    public async Task A_schedule_shows_what_its_dates_breaks_and_shifts_leave_open_and_keeps_them()
    {
        await using var visit = await Visit.Begin(site, language: "ru-RU", scheme: ColorScheme.Dark);
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
        await page.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();
        await Expect(page.Locator(".day-row.wrong .problem")).ToContainTextAsync("раньше первой");
        await page.Locator("#dates-0-to").FillAsync("2030-01-08");
        await page.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "По сменам" }).ClickAsync();
        await Expect(page.Locator("#closed-0-hours")).ToHaveValueAsync("13:00–13:15");
        await Expect(page.Locator("#dates-0-to")).ToHaveValueAsync("2030-01-08");
        await Expect(page.Locator("#off")).ToHaveValueAsync("5");
        await page.EvaluateAsync("scrollTo(0, 0)");
        await visit.Photograph("schedule-dark-ru");
        visit.HasNothingToHide();
    }

    [ChromiumFact]
    public async Task A_fast_mouse_paints_all_hours_between_where_it_was_pressed_and_where_it_is_let_go()
    {
        await using var visit = await Visit.Begin(site);
        var page = visit.Page;
        await visit.SignIn(at: "/schedules/new");
        await page.Locator(".week").EvaluateAsync("e => e.scrollIntoView({ block: 'center' })");
        await Drag(from: (5, 20), to: (6, 35));
        await Expect(page.Locator("#hours-Saturday")).ToHaveValueAsync("10:00–18:00");
        await Expect(page.Locator("#hours-Sunday")).ToHaveValueAsync("10:00–18:00");
        await Expect(page.Locator("#hours-Friday")).ToHaveValueAsync("10:00–20:00");
        await Expect(page.Locator(".strip .open-days li").And(page.GetByTitle("open 10:00–18:00"))).ToHaveCountAsync(4);

        // Begun on an open half hour it closes, and so do those that it flew over.
        await Drag(from: (0, 39), to: (4, 30));
        await Expect(page.Locator("#hours-Wednesday")).ToHaveValueAsync("10:00–15:00");
        visit.HasNothingToHide();

        async Task Drag((int Day, int Half) from, (int Day, int Half) to)
        {
            var (begin, end) = (await Cell(from), await Cell(to));
            await page.Mouse.MoveAsync(begin.X, begin.Y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(end.X, end.Y);
            await page.Mouse.UpAsync();
        }

        async Task<(float X, float Y)> Cell((int Day, int Half) at)
        {
            var box = (await page.Locator(".week-day").Nth(at.Day).Locator(".halves span").Nth(at.Half).BoundingBoxAsync())!;
            return (box.X + box.Width / 2, box.Y + box.Height / 2);
        }
    }
}
