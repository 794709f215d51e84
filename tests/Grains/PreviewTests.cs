using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Schedules;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

public class PreviewTests
{
    static readonly AgentId Anna = new("PJSIP/9001");
    static readonly AgentId Boris = new("PJSIP/9002");

    static Task<Dialer> Start(int agents, Func<PreviewConfig, PreviewConfig>? preview = null, Func<CampaignConfig, CampaignConfig>? campaign = null) =>
        Dialer.Start(NetworkConfig.Of(servers: 1, agents: agents) with { Speed = 20 }, c =>
        {
            c = c with { Mode = PacingMode.Preview, Preview = new() { DialAfter = TimeSpan.FromMinutes(5) } };
            c = c with { Preview = preview?.Invoke(c.Preview) ?? c.Preview };
            return campaign?.Invoke(c) ?? c;
        });

    static async Task<Lead> Shown(Dialer dialer, AgentId agent) =>
        (await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPreview(agent), p => p.Lead is not null)).Lead!;

    [Fact]
    public async Task An_agent_looks_at_a_lead_and_it_is_called_for_that_very_agent_when_they_say_so()
    {
        await using var dialer = await Start(agents: 3);
        await dialer.AddLeads("+1001020001");
        await dialer.Start();

        var lead = await Shown(dialer, Boris);
        Assert.Empty(dialer.Network.Log.Calls);
        Assert.Null((await dialer.Grains.Campaign(Dialer.Spring).DialPreview(Boris, lead.Id)).Refusal);
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var record = (await dialer.Records()).Single();
        Assert.Equal((Outcome.HumanAnswered, Boris, Boris), (record.Outcome, record.Agent!.Value, record.Intent.For!.Value));
        Assert.Equal(record.BridgedAt, record.AnsweredAt);
        Assert.Equal((LeadStatus.Answered, 1), (await dialer.Leads()).Select(l => (l.Status, l.Attempts)).Single());
    }

    [Fact]
    public async Task No_lead_is_shown_to_two_agents_and_one_who_is_not_shown_it_cannot_dial_it()
    {
        await using var dialer = await Start(agents: 3);
        await dialer.AddLeads("+1001020001", "+1001020002");
        await dialer.Start();
        var campaign = dialer.Grains.Campaign(Dialer.Spring);

        var (annas, borises) = (await Shown(dialer, Anna), await Shown(dialer, Boris));

        Assert.NotEqual(annas.Id, borises.Id);
        Assert.NotNull((await campaign.DialPreview(Anna, borises.Id)).Refusal);
        Assert.NotNull((await campaign.SkipPreview(new("PJSIP/9003"), annas.Id, "mine")).Refusal);
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_lead_at_which_an_agent_looks_is_dialed_by_itself_when_the_time_is_up()
    {
        await using var dialer = await Start(agents: 1, p => p with { DialAfter = TimeSpan.FromMilliseconds(300) });
        await dialer.AddLeads("+1001020001");
        await dialer.Start();

        await Dialer.Until(async () =>
        {
            await dialer.Grains.Campaign(Dialer.Spring).GetPreview(Anna);
            return await dialer.Records();
        }, r => r.Count == 1);

        Assert.Equal(Anna, (await dialer.Records()).Single().Agent);
    }

    [Fact]
    public async Task A_skipped_lead_comes_again_and_is_excluded_when_it_was_skipped_too_often()
    {
        await using var dialer = await Start(agents: 1, p => p with { SkipRest = TimeSpan.FromMilliseconds(100), MostSkips = 2 });
        await dialer.AddLeads("+1001020001");
        await dialer.Start();
        var campaign = dialer.Grains.Campaign(Dialer.Spring);

        Assert.Null((await campaign.SkipPreview(Anna, (await Shown(dialer, Anna)).Id, "called yesterday")).Refusal);
        Assert.Null((await campaign.SkipPreview(Anna, (await Shown(dialer, Anna)).Id, "is on holiday")).Refusal);
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var lead = (await dialer.Leads()).Single();
        Assert.Equal((LeadStatus.Excluded, 0), (lead.Status, lead.Attempts));
        Assert.Contains("is on holiday", lead.ExcludedBecause, StringComparison.Ordinal);
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_lead_whose_agent_went_away_or_was_paused_is_shown_to_another_and_not_dialed()
    {
        await using var dialer = await Start(agents: 2);
        await dialer.AddLeads("+1001020001");
        await dialer.Start();

        var lead = await Shown(dialer, Anna);
        Assert.Equal(lead.Id, (await Shown(dialer, Boris)).Id);
        dialer.Network.Agents[1].Pause("lunch");
        Assert.Equal(lead.Id, (await Shown(dialer, Anna)).Id);

        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_lead_that_is_shown_when_the_node_is_lost_is_shown_again_and_called_once()
    {
        await using var dialer = await Start(agents: 2);
        await dialer.AddLeads("+1001020001", "+1001020002");
        await dialer.Start();
        var (annas, borises) = (await Shown(dialer, Anna), await Shown(dialer, Boris));

        await dialer.StopNode();
        await dialer.StartNode();

        Assert.Equal(annas.Id, (await Shown(dialer, Anna)).Id);
        Assert.Equal(borises.Id, (await Shown(dialer, Boris)).Id);
        var campaign = dialer.Grains.Campaign(Dialer.Spring);
        await Dialer.Until(() => campaign.DialPreview(Anna, annas.Id), r => r.Refusal is null);
        await campaign.SkipPreview(Boris, borises.Id, "later");
        Assert.Single(await Dialer.Until(() => dialer.Records(), r => r.Count == 1));
        Assert.Single(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_number_on_a_do_not_call_list_is_not_called_when_an_agent_says_so()
    {
        await using var dialer = await Start(agents: 1);
        await dialer.AddLeads("+1001020001");
        await dialer.Start();
        var lead = await Shown(dialer, Anna);
        await dialer.Get<DoNotCallStore>().AddAsync(lead.Number, null, "asked for it", "test");

        Assert.NotNull((await dialer.Grains.Campaign(Dialer.Spring).DialPreview(Anna, lead.Id)).Refusal);
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Empty(dialer.Network.Log.Calls);
        Assert.Equal(LeadStatus.Excluded, (await dialer.Leads()).Single().Status);
    }

    [Fact]
    public async Task An_agent_is_shown_the_leads_that_are_held_for_them()
    {
        await using var dialer = await Start(agents: 2);
        await dialer.AddLeads("+1001020001");
        await dialer.Get<LeadStore>().AddAsync(Dialer.Spring, new("+1001020002"), place: new() { Agent = Boris });
        await dialer.Start();

        Assert.Equal("+1001020002", (await Shown(dialer, Boris)).Number.Value);
        Assert.Equal("+1001020001", (await Shown(dialer, Anna)).Number.Value);
    }

    [Fact]
    public async Task Stopped_a_campaign_shows_and_dials_nothing()
    {
        await using var dialer = await Start(agents: 1);
        await dialer.AddLeads("+1001020001");
        await dialer.Start();
        var lead = await Shown(dialer, Anna);
        var campaign = dialer.Grains.Campaign(Dialer.Spring);

        await campaign.Stop();

        Assert.Null((await campaign.GetPreview(Anna)).Lead);
        Assert.NotNull((await campaign.DialPreview(Anna, lead.Id)).Refusal);
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task When_the_schedule_closes_nobody_is_kept_for_a_lead_any_longer()
    {
        await using var dialer = await Start(agents: 1);
        await dialer.AddLeads("+1001020001");
        await dialer.Start();
        await Shown(dialer, Anna);

        var schedules = dialer.Get<ConfigStore<ScheduleConfig>>();
        var schedule = (await schedules.GetAsync(Dialer.Always.Value))!.Config;
        var yesterday = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone)).AddDays(-1).DayOfWeek;
        await schedules.UpdateAsync(Dialer.Always.Value, schedule with { Unanswered = schedule.Unanswered with { Hours = [new(yesterday, new(9, 0), new(10, 0))] } }, null);
        await dialer.Grains.Campaign(Dialer.Spring).ConfigChanged();

        await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPreview(Anna), p => p.Lead is null && p.Why?.Contains("closed until", StringComparison.Ordinal) == true);
        Assert.Empty(await dialer.Get<LeadOfferStore>().ListAsync(Dialer.Spring));
    }
}
