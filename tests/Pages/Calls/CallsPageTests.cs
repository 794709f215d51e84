using Bunit;
using Carillon.Api.Pages.Audit;
using Carillon.Api.Pages.Calls;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.TestKit;
using Carillon.Users;

namespace Carillon.Pages.Tests.Calls;

public sealed class CallsPageTests : PageTest<CallsPage>
{
    [Fact]
    public async Task Calls_stand_with_outcome_and_cause_in_words_of_the_viewers_language()
    {
        var campaign = await (await Floor.Make(Admin)).Campaign(Admin);
        var call = await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9001");

        var (english, russian) = (await Open("/calls"), await Open("/calls", language: "ru"));

        await english.Sees(call.Intent.Number.Value);
        var row = english.Row(call.Intent.Number.Value).Said();
        Assert.Contains("Human answered PJSIP/9001 0:42 Ended as usual", row, StringComparison.Ordinal);
        // 9:00 of UTC is noon in Moscow.
        Assert.StartsWith("12:00:00", row, StringComparison.Ordinal);
        await russian.Sees("Ответил человек PJSIP/9001 0:42 Обычное завершение");
    }

    [Fact]
    public async Task An_operator_sees_their_own_calls_and_no_filter_of_what_is_not_theirs()
    {
        var campaign = await (await Floor.Make(Admin)).Campaign(Admin);
        var (hers, his) = (await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9001"), await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9002"));

        var screen = await Open("/calls", Role.Operator, agent: "PJSIP/9001");

        await screen.Sees(hers.Intent.Number.Value);
        Assert.DoesNotContain(his.Intent.Number.Value, screen.Text, StringComparison.Ordinal);
        Assert.Empty(screen.All("select[name=campaign], select[name=server], select[name=trunk]"));
    }

    [Fact]
    public async Task A_supervisor_sees_the_calls_of_their_groups_campaigns()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var (ours, foreign) = (await CallRecords.Ended(Node, await mine.Campaign(Admin), Outcome.Busy, "PJSIP/9001"), await CallRecords.Ended(Node, await theirs.Campaign(Admin), Outcome.Busy, "PJSIP/9001"));

        var screen = await Open("/calls", Role.Supervisor, [mine.Group!]);

        await screen.Sees(ours.Intent.Number.Value);
        Assert.DoesNotContain(foreign.Intent.Number.Value, screen.Text, StringComparison.Ordinal);
        Assert.Single(screen.All("select[name=campaign] option:not([value=''])"));
    }

    [Fact]
    public async Task The_search_is_the_address_and_goes_to_the_exports_too()
    {
        var campaign = await (await Floor.Make(Admin)).Campaign(Admin);
        var (busy, answered) = (await CallRecords.Ended(Node, campaign, Outcome.Busy, "PJSIP/9001"), await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9001"));
        var screen = await Open("/calls", language: "ru");
        await screen.Sees(busy.Intent.Number.Value);

        await screen.Find("select[name=outcome]").ChangeAsync(nameof(Outcome.Busy));
        await screen.Press("Показать");

        Assert.Equal("/calls?outcome=Busy", screen.Path);
        await screen.When(() => Assert.DoesNotContain(answered.Intent.Number.Value, screen.Text, StringComparison.Ordinal));
        await screen.Sees(busy.Intent.Number.Value);
        Assert.Equal("/api/v1/calls.csv?outcome=Busy&separator=semicolon", screen.Button("Все в CSV").GetAttribute("href"));
        Assert.Equal("/api/v1/calls.xlsx?outcome=Busy&timeZone=Europe%2FMoscow", screen.Button("Все в Excel").GetAttribute("href"));
    }

    [Fact]
    public async Task An_end_before_the_beginning_is_told_beside_it_and_takes_the_focus()
    {
        var screen = await Open("/calls", language: "ru");
        await screen.Sees("Таких звонков нет.");
        await screen.Find("input[name=from]").ChangeAsync("2026-03-02T12:00:00");
        await screen.Find("input[name=to]").ChangeAsync("2026-03-02T10:00:00");
        await screen.Press("Показать");
        await screen.When(() => Assert.Matches("[а-я]", screen.Problem("to")));
        Assert.Empty(screen.All(".refusal li"));
        await Wait.Until(() => Task.FromResult(screen.Browser.Invocations["carillon.leadToProblem"].Count > 0));
    }

    [Fact]
    public async Task What_is_typed_while_the_page_still_opens_stays()
    {
        var screen = await Open("/calls");
        await screen.Sees("No call is like that.");
        screen.GoTo("/audit");
        await screen.Part<AuditPage>();
        await screen.When(() => Assert.DoesNotContain("Reading…", screen.Text, StringComparison.Ordinal));
        var (held, asked) = (new TaskCompletionSource(), 0);
        // The gate asks first, the page after it.
        screen.Before = () => ++asked == 1 ? Task.CompletedTask : held.Task;

        screen.GoTo("/calls");
        await screen.When(() => Assert.NotEmpty(screen.All("input[name=number]")));
        await screen.Find("input[name=number]").ChangeAsync("+74959898533");
        held.SetResult();

        await screen.Sees("No call is like that.");
        Assert.Equal("+74959898533", screen.Find("input[name=number]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_number_that_cannot_be_read_is_told_and_an_empty_search_says_so()
    {
        var screen = await Open("/calls?number=moscow");
        await screen.When(() => Assert.StartsWith("A number is international", screen.Problem("number"), StringComparison.Ordinal));
        Assert.Empty(screen.All(".refusal li"));
        Assert.Equal("number", screen.Find(".wrong input").GetAttribute("name"));
        await (await Open("/calls")).Sees("No call is like that.");
    }
}
