using System.Net;

namespace Carillon.Api.Tests;

public sealed class CalendarTests(TestNode node) : IClassFixture<TestNode>
{
    static object Schedule(string name, string calendar) => new
    {
        name,
        timeZone = "Europe/Moscow",
        unanswered = new { hours = new[] { new { day = "Monday", from = "09:00", to = "18:00" } } },
        valid = new { from = "2026-01-01" },
        cycle = new { from = "2026-01-01", on = 2, off = 2 },
        calendar = new { follows = calendar, shortenedBy = "01:00", holidays = "LikeSunday" },
        dates = new[] { new { from = "2026-12-31", to = "2027-01-08" } },
        breaks = new object[] { new { from = "13:00", to = "14:00", days = new[] { "Monday" }, dates = new { to = "2026-12-31" } } },
    };

    [Fact]
    public async Task The_included_calendars_are_told_with_the_decisions_that_their_years_are_from()
    {
        var included = (await (await node.Administrator()).Get("/calendars/included").Json()).AsArray();

        Assert.Equal("RU", included[0]!["name"]!.GetValue<string>());
        Assert.Contains(included[0]!["years"]!.AsArray(), y => y!["year"]!.GetValue<int>() == 2026 && y["source"]!.GetValue<string>().Contains("1466", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_schedule_with_every_kind_of_days_is_read_as_it_was_written()
    {
        var client = await node.Administrator();

        var id = (await client.Post("/schedules", Schedule("all kinds", "RU")).Json(HttpStatusCode.Created)).Id();
        var config = (await client.Get($"/schedules/{id}").Json())["config"]!;

        Assert.Equal("2026-01-01", config["valid"]!["from"]!.GetValue<string>());
        Assert.Equal("""{"from":"2026-01-01","on":2,"off":2}""", config["cycle"]!.ToJsonString());
        Assert.Equal("LikeSunday", config["calendar"]!["holidays"]!.GetValue<string>());
        Assert.Equal("LikeWeekday", config["calendar"]!["workedWeekends"]!.GetValue<string>());
        Assert.Equal("2027-01-08", config["dates"]![0]!["to"]!.GetValue<string>());
        Assert.Equal("13:00", config["breaks"]![0]!["from"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_calendar_of_ones_own_is_followed_by_its_id_and_not_deleted_while_it_is()
    {
        var client = await node.Administrator();
        Assert.Contains("included", await client.Post("/calendars", new { name = "ru" }).Error("name"), StringComparison.Ordinal);
        Assert.Contains("2027", await client.Post("/calendars", new { name = "bad", years = new[] { new { year = 2027, daysOff = new[] { "2026-01-01" } } } }).Error("years[0].daysOff[0]"), StringComparison.Ordinal);
        Assert.Contains("RU", await client.Post("/schedules", Schedule("nowhere", "mars")).Error("calendar.follows"), StringComparison.Ordinal);

        var id = (await client.Post("/calendars", new { name = "ours", extends = "RU", years = new[] { new { year = 2027, daysOff = new[] { "2027-02-22" } } } }).Json(HttpStatusCode.Created)).Id();
        await client.Post("/schedules", Schedule("by ours", id)).Expect(HttpStatusCode.Created);

        var refused = await client.Delete($"/calendars/{id}").Json(HttpStatusCode.Conflict);
        Assert.Contains("schedule by ours", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
