using Bunit;
using Carillon.Agents;
using Carillon.Api.Pages.Statistics;
using Carillon.Api.Statistics;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Statistics;

public sealed class StatisticsPageTests : PageTest<StatisticsPage>
{
    async Task<string> Called(string name, string? group = null)
    {
        var campaign = await Make("campaigns", (await Floor.Make(Admin, group)).NewCampaign(name));
        await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9001");
        await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9002");
        // Calls of the last seconds are summed when they have ended.
        Node.Time.Advance(TimeSpan.FromMinutes(1));
        return campaign;
    }

    [Fact]
    public async Task Calls_are_summed_by_campaign_and_by_agent()
    {
        await Called("Spring");
        var screen = await Open("/statistics");
        await screen.When(() => Assert.Equal("Spring 2 2 100.0% 0 0.0% 2 1:24 0:42", screen.Find("table.statistics tbody tr").Said()));
        await screen.Find(".filter select").ChangeAsync(nameof(StatisticsBy.Agent));
        await screen.When(() => Assert.Equal(["PJSIP/9001", "PJSIP/9002"], screen.All("table.statistics tbody td:first-child").Select(c => c.Said()).Order()));
        await (await Open("/statistics", language: "ru")).Sees("Spring 2 2 100,0 % 0 0,0 % 2 1:24 0:42");
    }

    [Fact]
    public async Task A_supervisor_sees_the_sums_of_their_groups_campaigns_only()
    {
        var mine = await Floor.Make(Admin, "mine");
        await Called("Foreign", "theirs");
        var screen = await Open("/statistics", Role.Supervisor, [mine.Group!]);
        await screen.Sees("No call ended in this time.");
        Assert.DoesNotContain("Foreign", screen.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "PJSIP/9001 1 0 0.0% 1 0:42 0:42 10:00 6:00 lunch 5:00 1:00 2:00 1:00 75.0%", "Utilisation 75.0% 20:00 at work")]
    [InlineData("ru", "PJSIP/9001 1 0 0,0 % 1 0:42 0:42 10:00 6:00 lunch 5:00 1:00 2:00 1:00 75,0 %", "Занятость 75,0 % на работе 20:00")]
    public async Task Agents_rows_have_their_time_at_work_its_pauses_and_how_much_of_the_rest_was_talk_and_wrap_up(string language, string row, string total)
    {
        await Called("Spring");
        var at = Node.Time.GetUtcNow().AddMinutes(-30);
        foreach (var agent in new[] { "PJSIP/9001", "PJSIP/9009" })
        {
            AgentSpell Spell(AgentPlace place, int from, int to, string? reason = null) => new(new(agent), place, reason, at.AddMinutes(from), at.AddMinutes(to));
            await Node.Service<AgentTimeStore>().AddAsync(
                [Spell(AgentPlace.Free, 0, 1), Spell(AgentPlace.Talking, 1, 3), Spell(AgentPlace.WrappingUp, 3, 4), Spell(AgentPlace.Paused, 4, 9, "lunch"), Spell(AgentPlace.Paused, 9, 10)]);
        }
        var screen = await Open("/statistics", language: language);
        await screen.Sees("Spring");
        Assert.Empty(screen.All("#drawn option[value=Work]"));
        await screen.Find(".filter select").ChangeAsync(nameof(StatisticsBy.Agent));
        await screen.When(() => Assert.Equal(["PJSIP/9001", "PJSIP/9002", "PJSIP/9009"], screen.All("table.statistics tbody td:first-child").Select(c => c.Said()).Order()));
        Assert.Contains(row, screen.All("table.statistics tbody tr").Select(r => r.Said()));
        Assert.Contains(total, screen.All(".figures .panel").Select(f => f.Said()));
        await screen.Find("#drawn").ChangeAsync("Work");
        await screen.When(() => Assert.Equal(2, screen.All(".sums .key").Count));
    }

    [Fact]
    public async Task An_end_before_the_beginning_is_told_beside_it()
    {
        var screen = await Open("/statistics", language: "ru");
        await screen.Sees("За это время не закончился ни один звонок.");
        await screen.All("input[type=datetime-local]")[1].ChangeAsync("2020-01-01T10:00:00");
        await screen.Press("Показать");
        Assert.Matches("[а-я]", screen.Problem("to") + screen.Problem("from"));
    }

    [Fact]
    public async Task A_choice_while_another_is_read_ends_it_and_is_the_one_that_is_shown()
    {
        await Called("Spring");
        var held = new TaskCompletionSource<int>();
        // Sums are read one at a time: this one goes before all of the page's.
        var before = Node.Service<SumPlace>().Read(() => held.Task, CancellationToken.None);
        var screen = await Open("/statistics");
        await screen.Sees("Reading… Cancel");
        var chosen = screen.Find(".filter select").ChangeAsync(nameof(StatisticsBy.Agent));
        await screen.Sees("Reading… Cancel");
        held.SetResult(0);
        await before;
        await chosen;
        await screen.When(() => Assert.Equal(["PJSIP/9001", "PJSIP/9002"], screen.All("table.statistics tbody td:first-child").Select(c => c.Said()).Order()));
    }

    [Fact]
    public async Task What_takes_long_can_be_cancelled_and_begun_anew()
    {
        await Called("Spring");
        var held = new TaskCompletionSource<int>();
        var before = Node.Service<SumPlace>().Read(() => held.Task, CancellationToken.None);
        var screen = await Open("/statistics", language: "ru");
        await screen.Sees("Читаем… Отменить");
        await screen.Press("Отменить");
        await screen.Sees("Ничего не прочитано.");
        held.SetResult(0);
        await before;
        await screen.Press("Показать");
        await screen.When(() => Assert.NotEmpty(screen.All("table.statistics tbody tr")));
    }

    [Fact]
    public async Task The_exports_have_what_is_asked_for_in_the_viewers_zone_and_form()
    {
        var campaign = await Called("Spring");
        var screen = await Open("/statistics?campaign=" + campaign, language: "ru");
        await screen.Sees("Spring");
        var csv = screen.Button("В CSV").GetAttribute("href")!;
        Assert.Contains("campaign=" + campaign, csv, StringComparison.Ordinal);
        Assert.EndsWith("timeZone=Europe%2FMoscow&separator=semicolon", csv, StringComparison.Ordinal);
        // Six days before today at midnight, in Moscow.
        Assert.Contains("from=2026-02-23T21%3A00%3A00", csv, StringComparison.Ordinal);
    }
}
