using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Network;
using Carillon.Pacing;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Campaigns that dial ahead of free agents, through the whole product.</summary>
public class AheadTests
{
    static NetworkConfig Floor(int agents, double speed) => NetworkConfig.Of(servers: 2, agents: agents) with
    {
        Speed = speed,
        Agents = [.. NetworkConfig.Of(2, agents).Agents.Select(a => a with { AnswerDelay = TimeSpan.Zero })],
    };

    [Fact]
    public async Task A_ratio_keeps_so_many_calls_on_their_way_for_each_free_agent_and_no_more()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 4, speed: 10), c => c with { Mode = PacingMode.Ratio, Pacing = new() { Ratio = 3 }, RingTimeout = TimeSpan.FromSeconds(60) });
        // Nobody answers: all four agents stay free.
        await dialer.AddLeads([.. Enumerable.Range(0, 24).Select(i => $"+120000{i:0000}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(12, dialer.Network.Log.Calls.Max(c => dialer.Network.Log.Calls.Count(o => o.Placed <= c.Placed && o.Ended > c.Placed)));
        Assert.All(await dialer.Leads(), l => Assert.Equal(1, l.Attempts));
        Assert.Equal(["pbx1", "pbx2"], dialer.Network.Log.Calls.Select(c => c.Server).Distinct().Order());
    }

    [Fact]
    public async Task A_predictive_campaign_ends_its_list_with_every_promise_kept_and_says_why_it_went_so_fast()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 10, speed: 20), c => c with { Mode = PacingMode.Predictive });
        var numbers = await dialer.AddLeads(200);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(numbers.Order(Comparer.ByValue), (await dialer.Records()).Select(r => r.Intent.Number).Order(Comparer.ByValue));
        Assert.All(await dialer.Leads(), l => Assert.Null(l.NextAt));
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
        var pace = await dialer.Grains.Campaign(Dialer.Spring).GetPace();
        Assert.Equal(PacingMode.Predictive, pace.Mode);
        var told = pace.LastHour.First(m => m.Why.Contains("may be risked", StringComparison.Ordinal) || m.Why.Contains("budget is used up", StringComparison.Ordinal));
        Assert.NotNull(told.RiskLimit);
        Assert.NotNull(told.AbandonsLeft);
        Assert.InRange(told.AnswerChance!.Value, 0.01, 0.99);
        Assert.Equal(10, told.AgentsLoggedIn);
        Assert.Equal(numbers.Length, pace.LastHour.Sum(m => m.Placed) + pace.Now.Placed);
    }

    [Fact]
    public async Task With_AMD_a_predictive_campaign_says_what_it_costs_and_gives_agents_to_people_only()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 6, speed: 10), c => c with { Mode = PacingMode.Predictive, MachineDetection = new(), AbandonAfter = TimeSpan.FromMinutes(1) });
        // Each third is a machine, which talks on, each third a person who talks for three seconds.
        await dialer.AddLeads([.. Enumerable.Range(0, 45).Select(i => $"+1{(i % 3 == 0 ? "60100" : i % 3 == 1 ? "00103" : "10200")}{i:0000}")]);

        await dialer.Start();
        var told = (await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPace(), p => p.Now.Why.Contains("Machine detection takes", StringComparison.Ordinal))).Now;
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = (await dialer.Records()).ToLookup(r => r.Outcome);
        Assert.Equal((15, 15, 15), (records[Outcome.Machine].Count(), records[Outcome.HumanAnswered].Count(), records[Outcome.Busy].Count()));
        Assert.All(records[Outcome.Machine], r => Assert.Null(r.Agent));
        var progress = await dialer.Grains.Campaign(Dialer.Spring).GetProgress();
        var pace = await dialer.Grains.Campaign(Dialer.Spring).GetPace();
        Assert.Equal(progress.Detection!.Delay, pace.Now.DetectionDelay);
        Assert.True(told.DetectionDelay > TimeSpan.Zero);
        Assert.NotNull(told.RiskLimit);
    }

    [Theory]
    [InlineData(PacingMode.Ratio)]
    [InlineData(PacingMode.Predictive)]
    public async Task With_nobody_at_work_nothing_is_dialed_and_a_changed_mode_takes_over_while_the_campaign_runs(PacingMode mode)
    {
        await using var dialer = await Dialer.Start(Floor(agents: 2, speed: 20), c => c with { Mode = mode, Pacing = new() { Ratio = 2, RatioOf = RatioOf.Channels } });
        foreach (var agent in dialer.Network.Agents) agent.Pause("lunch");
        await dialer.AddLeads("+1001050001", "+1001050002", "+1001050003");

        await dialer.Start();
        await dialer.Until(p => p.AgentsLoggedIn == 2);
        await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPace(), p => p.Now is { AgentsLoggedIn: 2 });
        Assert.Empty(dialer.Network.Log.Calls);

        var campaigns = dialer.Get<ConfigStore<CampaignConfig>>();
        await campaigns.UpdateAsync(Dialer.Spring.Value, (await campaigns.GetAsync(Dialer.Spring.Value))!.Config with { Mode = PacingMode.Progressive }, null);
        await dialer.Grains.Campaign(Dialer.Spring).ConfigChanged();
        await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPace(), p => p is { Mode: PacingMode.Progressive });
        foreach (var agent in dialer.Network.Agents) agent.Unpause();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        Assert.All(await dialer.Records(), r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
    }

    [Fact]
    public async Task What_was_learned_before_a_restart_is_learned_again_from_the_call_records()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 8, speed: 20), c => c with { Mode = PacingMode.Predictive });
        // One in five answers, and is gone after a second.
        await dialer.AddLeads([.. Enumerable.Range(0, 100).Select(i => i % 5 == 0 ? $"+100101{i:0000}" : $"+110200{i:0000}")]);
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        var before = (await dialer.Grains.Campaign(Dialer.Spring).GetPace()).Now;

        await dialer.StopNode();
        await dialer.StartNode();
        await dialer.AddLeads("+11020099999");
        foreach (var server in dialer.Servers) await dialer.Grains.Server(server).Wake();
        await dialer.Start();
        var after = (await Dialer.Until(() => dialer.Grains.Campaign(Dialer.Spring).GetPace(), p => p.Now.AnswerChance is not null)).Now;

        Assert.Equal(before.AnswerChance!.Value, after.AnswerChance!.Value, 0.1);
        Assert.InRange(after.AnswerChance.Value, 0.1, 0.4);
        Assert.NotEqual(0, after.AbandonsLeft);
    }

    [Fact]
    public async Task How_the_day_goes_is_kept_over_a_restart_and_goes_with_its_campaign()
    {
        await using var dialer = await Dialer.Start(Floor(agents: 4, speed: 20), c => c with { Mode = PacingMode.Predictive });
        await dialer.AddLeads("+11020099991");
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        var (kept, tag) = (await dialer.Get<DayProfileStore>().GetAsync(Dialer.Spring))!.Value;
        Assert.Equal(1, kept.CallsToday[kept.Hour]);

        await dialer.StopNode();
        double[] answers = [.. Enumerable.Repeat(400.0, 24)], none = new double[24];
        await dialer.StartNode();
        Assert.NotNull(await dialer.Get<DayProfileStore>().SetAsync(Dialer.Spring, new(kept.Day - 1, 23, answers, answers, none, none), tag));
        await dialer.AddLeads("+11020099992");
        foreach (var server in dialer.Servers) await dialer.Grains.Server(server).Wake();
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var (after, _) = (await dialer.Get<DayProfileStore>().GetAsync(Dialer.Spring))!.Value;
        Assert.Equal((kept.Day, 1), (after.Day, after.CallsToday.Sum()));
        Assert.Equal(answers, after.Answers);
    }
}
