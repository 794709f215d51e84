using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>A mode is changed while calls of the one before are under way: these end by the rules they began with, and no lead is lost or called twice.</summary>
public class ModeChangeTests
{
    static readonly AgentId Anna = new("PJSIP/9001");
    static readonly AgentId Boris = new("PJSIP/9002");

    /// <summary>Answer after a second and talk until they are hung up.</summary>
    const string First = "+1001000001", Second = "+1001000002", Third = "+1001000003";

    static Task<Dialer> Start(int agents, Func<CampaignConfig, CampaignConfig> campaign) => Dialer.Start(
        NetworkConfig.Of(servers: 1, agents: agents) with { Speed = 20 },
        c => campaign(c with { Preview = new() { DialAfter = TimeSpan.FromMinutes(30) }, AbandonAfter = TimeSpan.FromMinutes(1), Agentless = new() { Context = "dialer", Extension = "wait" } }));

    static async Task Become(Dialer dialer, PacingMode mode)
    {
        var campaigns = dialer.Get<ConfigStore<CampaignConfig>>();
        await campaigns.UpdateAsync(Dialer.Spring.Value, (await campaigns.GetAsync(Dialer.Spring.Value))!.Config with { Mode = mode }, null);
        await dialer.Grains.Campaign(Dialer.Spring).ConfigChanged();
        await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPace(), p => p.Mode == mode);
    }

    static async Task<long> Shown(Dialer dialer, AgentId agent) =>
        (await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPreview(agent), p => p.Lead is not null)).Lead!.Id;

    static Task<PreviewResult> Dial(Dialer dialer, AgentId agent, long lead) => Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).DialPreview(agent, lead), r => r.Refusal is null);

    /// <summary>Ends all calls and the campaign with them. Every number was called once, and every person was met.</summary>
    static async Task<Dictionary<string, Attempt>> End(Dialer dialer)
    {
        await dialer.HangUp();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        Assert.Equal(dialer.Network.Log.Calls.Count, dialer.Network.Log.Calls.DistinctBy(c => c.Number).Count());
        Assert.All(await dialer.Leads(), l => Assert.Equal((1, null), (l.Attempts, l.NextAt)));
        var records = await dialer.Records();
        Assert.All(records, r => Assert.Equal((Outcome.HumanAnswered, false), (r.Outcome, r.Abandoned)));
        return records.ToDictionary(r => r.Intent.Number.Value);
    }

    [Fact]
    public async Task Into_Preview_the_talks_go_on_and_the_next_leads_are_shown()
    {
        await using var dialer = await Start(agents: 2, c => c);
        await dialer.AddLeads(First);
        await dialer.Start();
        await dialer.Until(p => p.Talking == 1);

        await Become(dialer, PacingMode.Preview);
        await dialer.AddLeads(Second);
        var busy = (await dialer.Begun()).Single().Agent ?? (await Dialer.Until(dialer.Begun, b => b.Single().Agent is not null)).Single().Agent!.Value;
        var free = busy == Anna ? Boris : Anna;
        await Dial(dialer, free, await Shown(dialer, free));
        await dialer.Until(p => p.Talking == 2);

        var records = await End(dialer);
        Assert.Equal((null, busy), (records[First].Intent.For, records[First].Agent));
        Assert.Equal((free, free), (records[Second].Intent.For!.Value, records[Second].Agent!.Value));
    }

    [Theory]
    [InlineData(PacingMode.Progressive)]
    [InlineData(PacingMode.Agentless)]
    public async Task Out_of_Preview_leads_that_are_shown_are_taken_back_and_called_by_the_new_mode(PacingMode mode)
    {
        await using var dialer = await Start(agents: 2, c => c with { Mode = PacingMode.Preview });
        await dialer.AddLeads(First);
        await dialer.Start();
        await Dial(dialer, Boris, await Shown(dialer, Boris));
        await dialer.Until(p => p.Talking == 1);
        await dialer.AddLeads(Second);
        var shown = await Shown(dialer, Anna);

        await Become(dialer, mode);
        await dialer.Until(p => p.Talking + p.Waiting == 2 && (mode == PacingMode.Agentless || p.Talking == 2));

        Assert.Null((await dialer.Grains.Campaign(Dialer.Spring).GetPreview(Anna)).Lead);
        Assert.NotNull((await dialer.Grains.Campaign(Dialer.Spring).DialPreview(Anna, shown)).Refusal);
        var records = await End(dialer);
        Assert.Equal((Boris, Boris), (records[First].Intent.For!.Value, records[First].Agent!.Value));
        Assert.Equal((null, mode == PacingMode.Agentless ? null : Anna), (records[Second].Intent.For, records[Second].Agent));
    }

    [Fact]
    public async Task Into_Agentless_a_talk_stays_a_talk_and_the_next_calls_meet_no_agent()
    {
        await using var dialer = await Start(agents: 1, c => c);
        await dialer.AddLeads(First);
        await dialer.Start();
        await dialer.Until(p => p.Talking == 1);

        await Become(dialer, PacingMode.Agentless);
        await dialer.AddLeads(Second, Third);
        await Dialer.Until(dialer.Begun, b => b.Count(a => a.AnsweredAt is not null) == 3);

        Assert.Equal(1, (await dialer.Grains.Campaign(Dialer.Spring).GetProgress()).Talking);
        var records = await End(dialer);
        Assert.Equal((Dialer.Sales, Anna), (records[First].Intent.Queue!.Value, records[First].Agent!.Value));
        Assert.All((string[])[Second, Third], number => Assert.Equal((null, null), (records[number].Intent.Queue, records[number].Agent)));
    }

    [Theory]
    [InlineData(PacingMode.Progressive)]
    [InlineData(PacingMode.Predictive)]
    public async Task Out_of_Agentless_calls_without_an_agent_go_on_and_take_none_from_the_next_ones(PacingMode mode)
    {
        await using var dialer = await Start(agents: 1, c => c with { Mode = PacingMode.Agentless });
        await dialer.AddLeads(First, Second);
        await dialer.Start();
        await Dialer.Until(dialer.Begun, b => b.Count(a => a.AnsweredAt is not null) == 2);

        await Become(dialer, mode);
        await dialer.AddLeads(Third);
        await dialer.Until(p => p.Talking == 1);

        var records = await End(dialer);
        Assert.Equal((Dialer.Sales, Anna), (records[Third].Intent.Queue!.Value, records[Third].Agent!.Value));
        Assert.All((string[])[First, Second], number => Assert.Equal((null, null), (records[number].Intent.Queue, records[number].Agent)));
    }
}
