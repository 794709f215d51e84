using System.Collections.Immutable;
using Carillon.Api.Pages.Campaigns;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Campaigns;

public sealed class CampaignPageTests : PageTest<CampaignPage>
{
    async Task<string> Campaign(string name, string? group = null) => await Make("campaigns", (await Floor.Make(Admin, group)).NewCampaign(name));

    [Fact]
    public async Task Its_figures_are_what_its_grain_says()
    {
        var campaign = await Campaign("Spring");
        Says(campaign, p => p with
        {
            Leads = ImmutableDictionary<LeadStatus, long>.Empty.Add(LeadStatus.New, 500).Add(LeadStatus.Completed, 1500),
            LeadsLeft = 500,
            CallsPerMinute = 42,
            AgentsFree = 2,
            AgentsLoggedIn = 7,
            StartedAt = Node.Time.GetUtcNow(),
            Why = "Two agents are free.",
            Outcomes = ImmutableDictionary<Outcome, long>.Empty.Add(Outcome.HumanAnswered, 1).Add(Outcome.Busy, 3),
        });

        var (english, russian) = (await Open("/campaigns/" + campaign), await Open("/campaigns/" + campaign, language: "ru"));

        await english.Sees("List 75% 1,500 of 2,000");
        await english.Sees("Calls a minute 42");
        await english.Sees("Agents free 2 of 7 logged in");
        await english.Sees("Answered by people 25% of 4 calls since the start");
        Assert.Equal("Two agents are free.", english.Find(".why-now").Said());
        await russian.Sees("Ответили люди 25 % из 4 звонка с начала");
        await russian.Sees("Занято 3 75 %");
    }

    [Fact]
    public async Task Before_its_first_start_it_says_whom_it_would_call_and_whom_not_and_why()
    {
        var campaign = await Campaign("Spring");
        var (called, spared) = ((await Node.Service<LeadStore>().AddAsync(new(campaign), new("+74950000001")))!, (await Node.Service<LeadStore>().AddAsync(new(campaign), new("+74950000002")))!);
        var grain = Says(campaign, p => p with { Status = CampaignStatus.Stopped });
        grain.WhyNot(called.Id).Returns(Why(WhyNotReason.CampaignNotRunning, "The campaign is not running."));
        grain.WhyNot(spared.Id).Returns(Why(WhyNotReason.DoNotCall, "The number is on the do-not-call list."));

        var screen = await Open("/campaigns/" + campaign);

        await screen.When(() => Assert.Equal(["1 would be called", "1 The number is on the do-not-call list."], screen.All(".who-now li").Select(l => l.Said())));

        static LeadWhy Why(WhyNotReason reason, string text) => new() { Why = text, Reasons = [new(reason, text)], Number = new("+74950000001") };
    }

    [Fact]
    public async Task A_drain_asks_with_the_name()
    {
        var campaign = await Campaign("Spring");
        var grain = Says(campaign, p => p);
        var screen = await Open("/campaigns/" + campaign);
        await screen.Sees("Spring");
        await screen.PressAndAnswer("Drain: Spring", "Let the campaign Spring run out?", "Drain");
        await grain.Received(1).Drain();
    }

    [Fact]
    public async Task One_in_the_archive_offers_to_be_taken_out_and_no_start()
    {
        var campaign = await Campaign("Spring");
        await Admin.Post($"/campaigns/{campaign}/archive").Json();
        var screen = await Open("/campaigns/" + campaign);
        await screen.Sees("In the archive");
        Assert.False(screen.Offers("Start: Spring"));
        await screen.Press("Take out of the archive");
        Assert.False((await Node.Service<ConfigStore<CampaignConfig>>().GetAsync(campaign))!.Config.Archived);
    }

    [Fact]
    public async Task One_of_other_groups_is_not_there()
    {
        var (mine, campaign) = (await Floor.Make(Admin, "mine"), await Campaign("Foreign", "theirs"));
        var screen = await Open("/campaigns/" + campaign, Role.Supervisor, [mine.Group!]);
        await screen.Sees("There is no such campaign");
        Assert.DoesNotContain("Foreign", screen.Text, StringComparison.Ordinal);
    }
}
