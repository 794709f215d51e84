using System.Net;
using Bunit;
using Carillon.Api.Pages.DoNotCall;
using Carillon.Api.Tests;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.DoNotCall;

public sealed class DoNotCallListPageTests : PageTest<DoNotCallListPage>
{
    [Fact]
    public async Task A_number_is_added_with_its_reason_and_what_cannot_be_read_is_told_beside_it()
    {
        var screen = await Open("/do-not-call", language: "ru");
        await screen.Sees("В этом списке никого нет.");
        await screen.Write("one", "moscow");
        await screen.Press("Добавить");
        Assert.NotEmpty(screen.Problem("one"));
        Assert.Empty(screen.All(".refusal li"));

        await screen.Write("one", "84959898533");
        await screen.Write("reason", "asked twice");
        await screen.Press("Добавить");

        await screen.Sees("+74959898533 asked twice");
        await screen.Sees("навсегда");
        Assert.Equal("asked twice", Assert.Single(await Node.Service<DoNotCallStore>().ListAsync(null)).Reason);
    }

    [Fact]
    public async Task A_removal_asks_with_the_number_and_the_list()
    {
        var campaign = await Make("campaigns", (await Floor.Make(Admin)).NewCampaign("Spring"));
        await Admin.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { "+74959898533" } }).Expect(HttpStatusCode.OK);
        var screen = await Open("/do-not-call?campaign=" + campaign);
        await screen.Sees("+74959898533");

        await screen.PressAndAnswer("Remove +74959898533", "Take +74959898533 off the list of the campaign Spring? It may be called again.", "Back");
        Assert.Single(await Node.Service<DoNotCallStore>().ListAsync(new(campaign)));
        await screen.PressAndAnswer("Remove +74959898533", "Spring", "Remove");
        await screen.Sees("Nobody is on this list.");
    }

    [Fact]
    public async Task A_supervisor_reads_the_list_of_all_and_changes_that_of_their_campaigns()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var campaign = await Make("campaigns", mine.NewCampaign("Ours"));
        await Make("campaigns", theirs.NewCampaign("Foreign"));
        await Admin.Post("/do-not-call", new { numbers = new[] { "+74959898533" } }).Expect(HttpStatusCode.OK);
        var screen = await Open("/do-not-call", Role.Supervisor, [mine.Group!]);

        await screen.Sees("+74959898533");
        await screen.Sees("This list is for administrators to change.");
        Assert.False(screen.Offers("Remove +74959898533"));
        Assert.Empty(screen.All("#one"));
        Assert.DoesNotContain("Foreign", screen.Find("#list").Said(), StringComparison.Ordinal);

        await screen.Write("list", campaign);
        await screen.Sees("Nobody is on this list.");
        Assert.Equal("/do-not-call?campaign=" + campaign, screen.Path);
        Assert.NotNull(screen.Find("#one"));
    }

    [Fact]
    public async Task While_a_list_is_read_no_number_of_another_one_stands_under_its_name()
    {
        var campaign = await Make("campaigns", (await Floor.Make(Admin)).NewCampaign("Spring"));
        await Admin.Post("/do-not-call", new { numbers = new[] { "+74959898533" } }).Expect(HttpStatusCode.OK);
        await Admin.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { "+78123337533" } }).Expect(HttpStatusCode.OK);
        var screen = await Open("/do-not-call");
        await screen.Sees("+74959898533");
        var (held, asked) = (new TaskCompletionSource(), 0);
        // The gate asks first, the list after it.
        screen.Before = () => ++asked == 1 ? Task.CompletedTask : held.Task;

        await screen.Write("list", campaign);
        await screen.Sees("Reading…");
        Assert.Equal("/do-not-call?campaign=" + campaign, screen.Path);
        Assert.False(screen.Offers("Remove +74959898533"));
        Assert.DoesNotContain("+74959898533", screen.Text, StringComparison.Ordinal);

        held.SetResult();
        await screen.Sees("+78123337533");
        Assert.DoesNotContain("+74959898533", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_is_so_called_whatever_stands_in_the_search_by_then()
    {
        var screen = await Open("/do-not-call");
        await screen.Sees("Nobody is on this list.");
        await screen.Find("[data-search]").ChangeAsync("+7812");
        Assert.Contains("Nobody is on this list.", screen.Text, StringComparison.Ordinal);
        await screen.Press("Show");
        await screen.Sees("No number of this list begins so.");
    }

    [Fact]
    public async Task The_search_goes_by_how_numbers_begin()
    {
        await Admin.Post("/do-not-call", new { numbers = new[] { "+74959898533", "+78123337533" } }).Expect(HttpStatusCode.OK);
        var screen = await Open("/do-not-call");
        await screen.Sees("+74959898533");
        await screen.Find("[data-search]").ChangeAsync("+7812");
        await screen.Press("Show");
        await screen.Sees("+78123337533");
        Assert.DoesNotContain("+74959898533", screen.Text, StringComparison.Ordinal);
    }
}
