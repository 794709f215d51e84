using Bunit;
using Carillon.Api.Pages.Audit;
using Carillon.Api.Tests;

namespace Carillon.Pages.Tests.Audit;

public sealed class AuditPageTests : PageTest<AuditPage>
{
    [Fact]
    public async Task Who_did_what_is_told_in_both_languages_the_newest_first_with_the_fields_that_changed()
    {
        var group = await Make("groups", new { name = "North" });
        await Admin.Put("/groups/" + group, new { name = "South" }, "\"1\"").Json();

        var (english, russian) = (await Open("/audit"), await Open("/audit", language: "ru"));

        await english.Sees(group);
        var changed = english.All("tbody tr")[0].Said();
        Assert.Contains("edit group", changed, StringComparison.Ordinal);
        Assert.Contains("name", changed, StringComparison.Ordinal);
        await russian.Sees(group);
        Assert.Contains("изменение группа", russian.All("tbody tr")[0].Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_searched_by_user_deed_and_kind()
    {
        var group = await Make("groups", new { name = "North" });
        var screen = await Open("/audit");
        await screen.Sees(group);

        await screen.All(".filter select")[1].ChangeAsync("campaign");
        await screen.Press("Show");
        await screen.Sees("Nothing is like that.");
        await screen.All(".filter select")[1].ChangeAsync("group");
        await screen.All(".filter select")[0].ChangeAsync("create");
        await screen.Press("Show");
        await screen.Sees(group);
        await screen.Find("[data-search]").ChangeAsync("nobody");
        await screen.Press("Show");
        await screen.Sees("Nothing is like that.");
    }

    [Fact]
    public async Task More_than_a_page_of_it_goes_on()
    {
        for (var i = 0; i < 51; i++) await Make("groups", new { name = $"Group {i}" });
        var screen = await Open("/audit");
        await screen.Sees("Group 50");
        Assert.DoesNotContain("Group 0\"", screen.Text, StringComparison.Ordinal);
        await screen.Press("Next page");
        await screen.Sees("Group 0");
    }
}
