using System.Collections.Immutable;
using Bunit;
using Carillon.Api.Pages.Campaigns;
using Carillon.Api.Tests;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Campaigns;

public sealed class CampaignsPageTests : PageTest<CampaignsPage>
{
    async Task<string> Campaign(string name, string? group = null) => await Campaign(name, await Floor.Make(Admin, group));

    async Task<string> Campaign(string name, Floor floor) => await Make("campaigns", floor.NewCampaign(name));

    [Fact]
    public async Task A_campaign_at_work_says_how_far_it_is_how_fast_and_why()
    {
        Says(await Campaign("Spring"), p => p with
        {
            Leads = ImmutableDictionary<LeadStatus, long>.Empty.Add(LeadStatus.New, 700).Add(LeadStatus.Completed, 1300),
            LeadsLeft = 700,
            Talking = 3,
            CallsPerMinute = 42,
            Why = "Two agents are free.",
        });

        var (english, russian) = (await Open("/campaigns"), await Open("/campaigns", language: "ru"));

        await english.Sees("Spring Running Progressive 1,300 of 2,000 3 42 – Two agents are free.");
        await russian.Sees("Идёт Прогрессивный 1 300 из 2 000 3 42");
    }

    [Fact]
    public async Task A_supervisor_sees_and_commands_those_of_their_groups_only()
    {
        var mine = await Floor.Make(Admin, "mine");
        await Campaign("Ours", mine);
        await Campaign("Foreign", "theirs");

        var screen = await Open("/campaigns", Role.Supervisor, [mine.Group!]);

        await screen.Sees("Ours");
        Assert.DoesNotContain("Foreign", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_asks_with_the_name_and_how_many_calls_are_up()
    {
        var campaign = await Campaign("Spring");
        var grain = Says(campaign, p => p with { Talking = 2, Ringing = 1 });
        var screen = await Open("/campaigns", language: "ru");
        await screen.Sees("Spring");

        await screen.PressAndAnswer("Остановить: Spring", "Остановить кампанию Spring? Новых звонков больше не будет; уже идущие (3 звонка) закончатся сами.", "Назад");
        await grain.DidNotReceive().Stop();
        await screen.PressAndAnswer("Остановить: Spring", "Spring", "Остановить");

        await grain.Received(1).Stop();
    }

    [Fact]
    public async Task A_command_that_cannot_be_carried_out_says_why()
    {
        var campaign = await Campaign("Spring");
        Says(campaign, p => p with { Status = CampaignStatus.Stopped }).Start().Returns(new CampaignCommandResult(CampaignStatus.Stopped, "The list is empty."));
        var screen = await Open("/campaigns");
        await screen.Sees("Spring");
        await screen.Press("Start: Spring");
        await screen.When(() => Assert.Contains("The list is empty.", screen.Notices, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_put_away_leaves_the_list_and_stands_in_the_archive()
    {
        Says(await Campaign("Spring"), p => p with { Status = CampaignStatus.Finished });
        var screen = await Open("/campaigns");
        await screen.Sees("Spring");

        await screen.Press("Into the archive: Spring");
        await screen.When(() => Assert.Contains("Spring is in the archive.", screen.Notices, StringComparison.Ordinal));
        Node.Time.Advance(TimeSpan.FromSeconds(1));
        await screen.Sees("There is no campaign yet.");
        await screen.Find(".filter select").ChangeAsync("archive");
        await screen.When(() => Assert.Equal("Spring Progressive", screen.Find(".archive li").Said()));
    }

    [Fact]
    public async Task The_search_and_the_state_leave_those_that_are_asked_for()
    {
        Says(await Campaign("Spring"), p => p);
        Says(await Campaign("Autumn"), p => p with { Status = CampaignStatus.Paused });
        var screen = await Open("/campaigns");
        await screen.Sees("Autumn");
        await screen.Find("[data-search]").InputAsync("spr");
        Assert.DoesNotContain("Autumn", screen.Text, StringComparison.Ordinal);
        await screen.Find(".filter select").ChangeAsync(nameof(CampaignStatus.Paused));
        await screen.Sees("No campaign is like that.");
    }
}
