using Bunit;
using Carillon.Api.Campaigns.Funnel;
using Carillon.Api.Pages.Funnel;
using Carillon.Api.Statistics;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.Users;

namespace Carillon.Pages.Tests.Funnel;

public sealed class FunnelPageTests : PageTest<FunnelPage>
{
    async Task<string> Called(string? group = null)
    {
        var campaign = await (await Floor.Make(Admin, group)).Campaign(Admin);
        await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9001", list: "warm");
        await CallRecords.Ended(Node, campaign, Outcome.Machine, "PJSIP/9001", list: "cold");
        // Calls up to now are summed up, and these began this moment.
        Node.Time.Advance(TimeSpan.FromMinutes(1));
        return campaign;
    }

    [Fact]
    public async Task Calls_are_told_by_attempt_and_by_list_in_the_viewers_language()
    {
        var path = $"/campaigns/{await Called()}/funnel";
        var (english, russian) = (await Open(path), await Open(path, language: "ru"));

        await english.When(() => Assert.StartsWith("1 2 ", english.Find(".funnel-table tbody tr").Said(), StringComparison.Ordinal));
        await english.Sees("Human answered 1 50%");
        await russian.Sees("Ответил человек 1 50 %");
        await english.Write("by", nameof(FunnelBy.List));
        await english.When(() => Assert.Equal(["cold", "warm"], english.All(".funnel-table tbody td:first-child").Select(c => c.Said()).Order()));
        Assert.Contains("by=List", english.Button("As CSV").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_before_the_beginning_is_told_beside_it()
    {
        var screen = await Open($"/campaigns/{await Called()}/funnel", language: "ru");
        await screen.When(() => Assert.NotEmpty(screen.All(".funnel-table")));
        await screen.All("input[type=datetime-local]")[1].ChangeAsync("2020-01-01T10:00:00");
        await screen.Press("Показать");
        Assert.Matches("[а-я]", screen.Problem("to"));
    }

    [Fact]
    public async Task A_choice_while_another_is_read_ends_it_and_is_the_one_that_is_shown()
    {
        var path = $"/campaigns/{await Called()}/funnel";
        var held = new TaskCompletionSource<int>();
        // Sums are read one at a time: this one goes before all of the page's.
        var before = Node.Service<SumPlace>().Read(() => held.Task, CancellationToken.None);
        var screen = await Open(path);
        await screen.Sees("Reading… Cancel");
        var chosen = screen.Write("by", nameof(FunnelBy.List));
        await screen.Sees("Reading… Cancel");
        held.SetResult(0);
        await before;
        await chosen;
        await screen.When(() => Assert.Equal(["cold", "warm"], screen.All(".funnel-table tbody td:first-child").Select(c => c.Said()).Order()));
    }

    [Fact]
    public async Task What_takes_long_can_be_cancelled_and_begun_anew()
    {
        var path = $"/campaigns/{await Called()}/funnel";
        var held = new TaskCompletionSource<int>();
        var before = Node.Service<SumPlace>().Read(() => held.Task, CancellationToken.None);
        var screen = await Open(path, language: "ru");
        await screen.Sees("Читаем… Отменить");
        await screen.Press("Отменить");
        await screen.Sees("Ничего не прочитано.");
        held.SetResult(0);
        await before;
        await screen.Press("Показать");
        await screen.When(() => Assert.NotEmpty(screen.All(".funnel-table tbody tr")));
    }

    [Fact]
    public async Task Without_a_call_it_says_so_and_one_of_other_groups_is_not_found()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Called("theirs"));
        await (await Open($"/campaigns/{await mine.Campaign(Admin)}/funnel")).Sees("No call ended in this time.");
        var screen = await Open($"/campaigns/{theirs}/funnel", Role.Supervisor, [mine.Group!]);
        await screen.Sees("There is no campaign");
        Assert.Empty(screen.All(".funnel-table"));
    }
}
