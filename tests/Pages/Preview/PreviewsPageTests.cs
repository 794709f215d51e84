using Carillon.Api.Pages.Preview;
using Carillon.Api.Tests;
using Carillon.Campaigns;
using Carillon.Users;

namespace Carillon.Pages.Tests.Preview;

public sealed class PreviewsPageTests : PageTest<PreviewsPage>
{
    [Fact]
    public async Task An_agent_finds_the_campaigns_of_their_groups_that_show_leads()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var shows = await Make("campaigns", Shows("Ours", mine));
        await Make("campaigns", Shows("Foreign", theirs));
        await Make("campaigns", mine.NewCampaign("Dials by itself"));
        Says(shows, p => p with { Status = CampaignStatus.Running });

        var screen = await Open("/preview", Role.Operator, [mine.Group!], "PJSIP/9001", "ru");

        await screen.Sees("Ours Идёт");
        Assert.Equal("/preview/" + shows, screen.Button("Ours").GetAttribute("href"));
        Assert.DoesNotContain("Foreign", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dials by itself", screen.Text, StringComparison.Ordinal);

        static object Shows(string name, Floor floor) => new { name, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, mode = "Preview", group = floor.Group };
    }

    [Fact]
    public async Task Who_is_no_agent_and_who_has_no_such_campaign_is_told_so()
    {
        await (await Open("/preview", Role.Operator)).Sees("This is for agents, and your login is not linked to one.");
        await (await Open("/preview", Role.Operator, agent: "PJSIP/9001")).Sees("No campaign of your groups shows its leads before they are called.");
    }
}
