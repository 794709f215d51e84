using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>A campaign says why its pace is what it is, whatever it does, and over a restart.</summary>
public class PaceTests
{
    static Task<CampaignPace> Pace(Dialer dialer) => dialer.Grains.Campaign(Dialer.Spring).GetPace();

    static async Task<CampaignPace> Until(Dialer dialer, Func<CampaignPace, bool> condition) => await Dialer.Until(() => Pace(dialer), condition);

    static NetworkConfig Floor(int agents) => NetworkConfig.Of(servers: 1, agents: agents) with { Speed = 20 };

    static async Task Change(Dialer dialer, Func<CampaignConfig, CampaignConfig> change)
    {
        var campaigns = dialer.Get<ConfigStore<CampaignConfig>>();
        await campaigns.UpdateAsync(Dialer.Spring.Value, change((await campaigns.GetAsync(Dialer.Spring.Value))!.Config), null);
        await dialer.Grains.Campaign(Dialer.Spring).ConfigChanged();
    }

    /// <summary>The pace of a campaign that stands still, which the progress must say in the same words.</summary>
    static async Task<PaceMoment> Standing(Dialer dialer, CampaignStatus status)
    {
        var (pace, progress) = (await Pace(dialer), await dialer.Grains.Campaign(Dialer.Spring).GetProgress());
        Assert.Equal((status, progress.Why, status.ToString()), (pace.Now.Status, pace.Now.Why, pace.Now.LimitedBy));
        Assert.Equal((status, pace.Now.Why), (pace.LastHour[^1].Status, pace.LastHour[^1].Why));
        return pace.Now;
    }

    [Fact]
    public async Task In_every_status_the_pace_says_the_same_as_the_progress_and_the_hour_tells_each_change_and_why()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 2));
        var campaign = dialer.Grains.Campaign(Dialer.Spring);
        Assert.Equal("The campaign is stopped.", (await Pace(dialer)).Now.Why);
        // They talk until they are hung up.
        await dialer.AddLeads("+1001000001", "+1001000002", "+1001000003");

        await dialer.Start();
        await dialer.Until(p => p.Talking == 2);
        Assert.Equal(2, (await Pace(dialer)).Now.Talking);
        await campaign.Pause();
        var paused = await Standing(dialer, CampaignStatus.Paused);
        Assert.Equal((2, "The campaign is paused."), (paused.Talking, paused.Why));
        await campaign.Resume();
        await Until(dialer, p => p.Now.LimitedBy == "AgentsBusy");
        await campaign.Drain();
        await Standing(dialer, CampaignStatus.Draining);
        await dialer.HangUp();
        await dialer.Until(p => p.Status == CampaignStatus.Stopped);
        await Standing(dialer, CampaignStatus.Stopped);
        await dialer.Start();
        await dialer.Until(p => p.Talking == 1);
        await dialer.HangUp();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        await Standing(dialer, CampaignStatus.Finished);

        var told = (await Pace(dialer)).LastHour;
        CampaignStatus[] changes = [CampaignStatus.Running, CampaignStatus.Paused, CampaignStatus.Running, CampaignStatus.Draining, CampaignStatus.Stopped, CampaignStatus.Running, CampaignStatus.Finished];
        Assert.Equal(changes, told.Select(m => m.Status).Aggregate(new List<CampaignStatus>(), (all, s) => all is [.., var last] && last == s ? all : [.. all, s]));
        Assert.Equal(3, told.Sum(m => m.Placed));
    }

    [Fact]
    public async Task After_a_restart_the_hour_before_it_is_still_told()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 2));
        await dialer.AddLeads("+1001000001", "+1001000002");
        await dialer.Start();
        await dialer.Until(p => p.Talking == 2);
        await dialer.Grains.Campaign(Dialer.Spring).Pause();
        await dialer.Grains.Campaign(Dialer.Spring).Resume();
        await Until(dialer, p => p.Now.LimitedBy != "Running");

        await dialer.StopNode();
        await dialer.StartNode();

        var pace = await Pace(dialer);
        Assert.Equal(2, pace.LastHour.Sum(m => m.Placed));
        Assert.Contains(pace.LastHour, m => m is { Status: CampaignStatus.Paused, Why: "The campaign is paused." });
        Assert.Equal(pace.LastHour.Select(m => m.At).Order(), pace.LastHour.Select(m => m.At));
        Assert.NotEqual("", pace.Now.Why);
    }

    [Fact]
    public async Task What_keeps_a_campaign_from_deciding_is_said_and_the_mode_is_that_of_the_decision()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 1));
        await dialer.AddLeads("+1200000001");
        await dialer.Start();
        await Until(dialer, p => p is { Mode: PacingMode.Progressive, Now.LimitedBy: "FreeAgents" or "CallsUnderway" or "Leads" });

        await Change(dialer, c => c with { Queue = new("gone") });
        var broken = await Until(dialer, p => p.Now.LimitedBy == "Setup");
        Assert.Contains("queue gone does not exist", broken.Now.Why, StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Running, broken.Now.Status);

        await Change(dialer, c => c with { Queue = Dialer.Sales, Mode = PacingMode.Preview });
        var preview = await Until(dialer, p => p is { Mode: PacingMode.Preview, Now.LimitedBy: not "Setup" });
        Assert.Contains("agents look at leads", preview.Now.Why, StringComparison.Ordinal);
        Assert.Contains(preview.LastHour, m => m.Mode == PacingMode.Preview);

        await dialer.Grains.Campaign(Dialer.Spring).Stop();
        await Change(dialer, c => c with { Mode = PacingMode.Predictive });
        Assert.Equal(PacingMode.Predictive, (await Pace(dialer)).Mode);
    }

    [Fact]
    public async Task Calls_for_a_lead_that_is_held_for_an_agent_and_those_that_agents_ask_for_are_counted()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 2));
        await dialer.Get<LeadStore>().AddAsync(Dialer.Spring, new("+1001010001"), place: new() { Agent = new("PJSIP/9002") });
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        Assert.Equal(1, (await Pace(dialer)).LastHour.Sum(m => m.Placed));

        await Change(dialer, c => c with { Mode = PacingMode.Preview });
        await dialer.AddLeads("+1001010002");
        await dialer.Start();
        var anna = new AgentId("PJSIP/9001");
        var lead = (await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPreview(anna), p => p.Lead is not null)).Lead!;
        await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).DialPreview(anna, lead.Id), r => r.Refusal is null);
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        Assert.Equal(2, (await Pace(dialer)).LastHour.Sum(m => m.Placed));
    }
}
