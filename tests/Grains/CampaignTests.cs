using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Schedules;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

public class CampaignTests
{
    [Fact]
    public async Task A_campaign_over_two_servers_ends_with_every_lead_final_and_every_call_recorded_once()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 10) with { Speed = 40 });
        var numbers = await dialer.AddLeads(150);

        await dialer.Start();
        var end = await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(0, end.LeadsLeft);
        Assert.Equal(0, end.Dialing + end.Ringing + end.Waiting + end.Talking);
        var leads = await dialer.Leads();
        Assert.All(leads, l => Assert.Equal(1, l.Attempts));
        Assert.All(leads, l => Assert.Null(l.NextAt));
        var records = await dialer.Records();
        Assert.Equal(numbers.Order(Comparer.ByValue), records.Select(r => r.Intent.Number).Order(Comparer.ByValue));
        Assert.DoesNotContain(records, r => r.Outcome == Outcome.Unknown);
        Assert.Equal(0, dialer.Network.ActiveCalls);
        Assert.Equal(["pbx1", "pbx2"], dialer.Network.Log.Calls.Select(c => c.Server).Distinct().Order());
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
    }

    [Fact]
    public async Task Every_fate_of_a_number_gets_its_outcome_and_its_lead_status()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 12) with { Speed = 20 });
        var expected = new Dictionary<string, Outcome>
        {
            // Talks for long enough to be given to an agent however slowly that goes here.
            ["+1001900001"] = Outcome.HumanAnswered,
            ["+1102000001"] = Outcome.Busy,
            ["+1200000001"] = Outcome.NoAnswer,
            ["+1302000001"] = Outcome.NoAnswer,
            ["+1400000001"] = Outcome.Congestion,
            ["+1500000001"] = Outcome.InvalidNumber,
            ["+2202000001"] = Outcome.Rejected,
            ["+2700000001"] = Outcome.Congestion,
            ["+2800000001"] = Outcome.InvalidNumber,
            ["+2900000001"] = Outcome.Congestion,
        };
        await dialer.AddLeads([.. expected.Keys]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = await dialer.Records();
        Assert.Equal(expected.OrderBy(e => e.Key).Select(e => (e.Key, e.Value)), records.OrderBy(r => r.Intent.Number.Value).Select(r => (r.Intent.Number.Value, r.Outcome!.Value)));
        Assert.All(await dialer.Leads(), l => Assert.Equal(expected[l.Number.Value] == Outcome.HumanAnswered ? LeadStatus.Answered : LeadStatus.Unanswered, l.Status));
        var talk = records.Single(r => r.Outcome == Outcome.HumanAnswered);
        Assert.NotNull(talk.Agent);
        Assert.True(talk.Intent.At <= talk.AnsweredAt && talk.AnsweredAt <= talk.BridgedAt && talk.BridgedAt <= talk.EndedAt);
    }

    [Fact]
    public async Task An_unanswered_lead_is_tried_again_as_often_as_its_schedule_says_and_no_more()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 5) with { Speed = 20 },
            schedule: s => s with { Unanswered = s.Unanswered with { Attempts = 3, Interval = TimeSpan.FromMilliseconds(200) } });
        await dialer.AddLeads("+1100000001", "+1100000002", "+1001020003");

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal([("+1001020003", 1), ("+1100000001", 3), ("+1100000002", 3)], (await dialer.Leads()).OrderBy(l => l.Number.Value).Select(l => (l.Number.Value, l.Attempts)));
        Assert.Equal(7, dialer.Network.Log.Calls.Count);
        Assert.All((await dialer.Records()).GroupBy(r => r.Intent.Number), g => Assert.Equal(Enumerable.Range(1, g.Count()), g.Select(r => r.Intent.AttemptNumber).Order()));
    }

    [Fact]
    public async Task A_leads_other_numbers_are_called_in_turn_until_one_answers()
    {
        var retries = new RetryConfig
        {
            Unanswered = new() { Attempts = 9, Interval = TimeSpan.FromMilliseconds(300) },
            Outcomes = ImmutableDictionary<Outcome, RetryRule>.Empty.Add(Outcome.Busy, new() { Attempts = 5, Interval = TimeSpan.FromMilliseconds(100), OtherNumber = true }),
        };
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 }, c => c with { Retries = retries });
        await dialer.Get<LeadStore>().AddAsync(Dialer.Spring, new("+1100000001"), otherNumbers: [new("+1500000002"), new("+1100000003"), new("+1001020004")]);
        await dialer.Get<DoNotCallStore>().AddAsync(new("+1100000003"), null, "asked for it", "test");

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        // Busy; nobody's; not to be called; answers.
        Assert.Equal(["1100000001", "1500000002", "1001020004"], dialer.Network.Log.Calls.Select(c => c.Number));
        var lead = (await dialer.Leads()).Single();
        Assert.Equal((LeadStatus.Answered, 3), (lead.Status, lead.Attempts));
    }

    [Fact]
    public async Task A_lead_that_is_held_for_an_agent_is_called_for_that_agent_alone()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 4) with { Speed = 20 });
        foreach (var number in (string[])["+1001020001", "+1001020002", "+1001020003"])
            await dialer.Get<LeadStore>().AddAsync(Dialer.Spring, new(number), place: new() { Agent = new("PJSIP/9003") });
        await dialer.AddLeads("+1001020004", "+1001020005");

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = await dialer.Records();
        Assert.Equal(5, records.Count);
        Assert.All(records.Where(r => string.CompareOrdinal(r.Intent.Number.Value, "+1001020004") < 0), r => Assert.Equal(("PJSIP/9003", "PJSIP/9003"), (r.Agent?.Value, r.Intent.For?.Value)));
        Assert.All(records.Where(r => string.CompareOrdinal(r.Intent.Number.Value, "+1001020004") >= 0), r => Assert.Null(r.Intent.For));
    }

    [Fact]
    public async Task A_lead_whose_attempts_are_used_up_is_called_once_more_when_somebody_asks_for_it()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        await dialer.AddLeads("+1001100001");
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);
        var lead = (await dialer.Leads()).Single();

        Assert.True(await dialer.Get<LeadStore>().CallBackAsync(Dialer.Spring, lead.Id, DateTimeOffset.UtcNow));
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished && p.Leads.GetValueOrDefault(LeadStatus.Answered) == 1);

        Assert.Equal(2, dialer.Network.Log.Calls.Count);
        Assert.Equal((LeadStatus.Answered, 2, null), (await dialer.Leads()).Select(l => (l.Status, l.Attempts, l.NextAt)).Single());
    }

    [Fact]
    public async Task A_call_that_was_not_ordered_after_all_is_none()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        var intent = new AttemptIntent
        {
            Id = AttemptId.New(DateTimeOffset.UtcNow),
            Campaign = Dialer.Spring,
            LeadId = 1,
            Number = new("+1001050001"),
            Server = new("pbx1"),
            Trunk = new("pbx1-carrier"),
            Queue = Dialer.Sales,
            At = DateTimeOffset.UtcNow,
            AttemptNumber = 1,
        };
        var call = dialer.Grains.Call(intent.Id);
        await call.Track(intent, new());
        Assert.NotNull(await call.Get());

        await call.Withdrawn();

        Assert.Null(await call.Get());
    }

    [Fact]
    public async Task Outside_its_schedule_a_campaign_places_no_call_and_says_when_it_opens()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 5) with { Speed = 20 }, schedule: s =>
        {
            var yesterday = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(s.TimeZone)).AddDays(-1).DayOfWeek;
            return s with { Unanswered = s.Unanswered with { Hours = [new(yesterday, new(9, 0), new(10, 0))] } };
        });
        await dialer.AddLeads("+1001050001");

        await dialer.Start();
        var progress = await dialer.Until(p => p.AgentsLoggedIn == 5);

        Assert.Contains("closed until", progress.Why, StringComparison.Ordinal);
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_schedule_that_never_opens_is_refused_at_the_start()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1), schedule: s => s with { Unanswered = s.Unanswered with { Hours = [] } });

        var result = await dialer.Grains.Campaign(Dialer.Spring).Start();

        Assert.Contains("never opens", result.Refusal, StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Stopped, result.Status);
    }

    [Fact]
    public async Task A_campaign_in_the_archive_is_refused_at_the_start()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1), campaign: c => c with { Archived = true });

        var result = await dialer.Grains.Campaign(Dialer.Spring).Start();

        Assert.Contains("in the archive", result.Refusal, StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Stopped, result.Status);
    }

    [Fact]
    public async Task Leads_that_no_trunk_may_dial_do_not_hold_up_the_others()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 }, c => c with { Channels = 5 });
        var trunks = dialer.Get<ConfigStore<Servers.TrunkConfig>>();
        await trunks.UpdateAsync("pbx1-carrier", (await trunks.GetAsync("pbx1-carrier"))!.Config with { Prefixes = ["+1001"] }, null);
        await dialer.AddLeads([.. Enumerable.Range(0, 8).Select(i => $"+120000000{i}"), "+1001010001"]);

        await dialer.Start();

        var record = (await Dialer.Until(() => dialer.Records(), r => r.Count > 0)).Single();
        Assert.Equal("+1001010001", record.Intent.Number.Value);
    }

    [Fact]
    public async Task Agent_first_dials_the_customer_only_when_an_agent_is_on_the_line()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 4) with { Speed = 20 }, c => c with { AgentFirst = true });
        await dialer.AddLeads("+1001050001", "+1001050002", "+1100000003", "+1500000004", "+1001050005", "+1001050006");

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = await dialer.Records();
        Assert.Equal([Outcome.HumanAnswered, Outcome.HumanAnswered, Outcome.Busy, Outcome.InvalidNumber, Outcome.HumanAnswered, Outcome.HumanAnswered],
            records.OrderBy(r => r.Intent.LeadId).Select(r => r.Outcome!.Value));
        Assert.All(records.Where(r => r.Outcome == Outcome.HumanAnswered), r => Assert.True(r.Agent is not null && r.BridgedAt == r.AnsweredAt));
        Assert.DoesNotContain(records, r => r.Abandoned);
    }
}

static class Comparer
{
    public static readonly Comparer<Numbers.PhoneNumber> ByValue = Comparer<Numbers.PhoneNumber>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));
}
