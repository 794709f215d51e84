using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Pacing;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Which trunk a call goes by, and what becomes of one that fails.</summary>
public class TrunkTests
{
    /// <summary>One server with the trunks carrier and spare.</summary>
    static async Task<Dialer> Start(double speed, int sparePriority = 0, int agents = 6)
    {
        var network = NetworkConfig.Of(servers: 1, agents) with { Speed = speed };
        network = network with { Servers = [.. network.Servers.Select(s => s with { Trunks = [new() { Name = "carrier" }, new() { Name = "spare" }] })] };
        var dialer = await Dialer.Start(network, c => c with { Trunks = [new("pbx1-carrier"), new("pbx1-spare")] });
        var trunks = dialer.Get<ConfigStore<Servers.TrunkConfig>>();
        var carrier = (await trunks.GetAsync("pbx1-carrier"))!.Config;
        await trunks.InsertAsync("pbx1-spare", carrier with { Name = "spare", DialString = "PJSIP/{number}@spare", Priority = sparePriority });
        await dialer.Grains.Server(new("pbx1")).ConfigChanged();
        return dialer;
    }

    static Task<TrunkStatus> Carrier(Dialer dialer) => dialer.Grains.Server(new("pbx1")).GetTrunk(new("pbx1-carrier"));

    [Fact]
    public async Task Who_sets_up_a_trunk_is_told_the_endpoints_that_the_server_knows_and_not_the_phones_of_its_agents()
    {
        await using var dialer = await Start(speed: 1);
        var server = dialer.Grains.Server(new("pbx1"));
        await Dialer.Until(() => server.GetSnapshot(), s => s.State == ServerState.Online);
        var known = await server.ListEndpoints();
        Assert.Null(known.Problem);
        Assert.Equal([new("PJSIP/carrier", "PJSIP/{number}@carrier", true), new("PJSIP/spare", "PJSIP/{number}@spare", true)], known.Endpoints.AsEnumerable());
        var unknown = await dialer.Grains.Server(new("nowhere")).ListEndpoints();
        Assert.Equal("server nowhere is not online", unknown.Problem);
        Assert.Empty(unknown.Endpoints);
    }

    [Fact]
    public async Task A_trunk_that_refuses_everything_rests_and_is_named_its_leads_lose_no_attempt_and_it_comes_back()
    {
        await using var dialer = await Start(speed: 20);
        dialer.Network.Servers[0].DropTrunk("carrier");
        await dialer.AddLeads([.. Enumerable.Range(0, 60).Select(i => $"+10010200{i:00}")]);

        await dialer.Start();
        var sick = await Dialer.Until(() => Carrier(dialer), t => t.State == TrunkState.Resting);
        Assert.Contains("'pbx1 carrier'", sick.Problem, StringComparison.Ordinal);
        Assert.Equal(0, sick.Usable);
        await dialer.Until(p => p.Outcomes.GetValueOrDefault(Outcome.HumanAnswered) >= 25);
        dialer.Network.Servers[0].RestoreTrunk("carrier");
        // Far more than are dialed until then: the next probe may be a minute away.
        await dialer.AddLeads([.. Enumerable.Range(0, 900).Select(i => $"+1001010{i:000}")]);
        await Dialer.Until(() => Carrier(dialer), t => t.State == TrunkState.Healthy);
        await dialer.Grains.Campaign(Dialer.Spring).Stop();

        var records = await dialer.Records();
        var refused = records.Where(r => r.Outcome == Outcome.Congestion).ToList();
        Assert.All(refused, r => Assert.Equal("pbx1-carrier", r.Intent.Trunk.Value));
        Assert.InRange(refused.Count, TrunkHealth.MinimumCount, TrunkHealth.MinimumCount + 12);
        // Those that came to their end after the verdict do not count, but for a lead that this befell before.
        var back = refused.GroupBy(r => r.Intent.LeadId).Where(g => g.Count() == 1 && g.Single().Reason.Text?.Contains("does not count", StringComparison.Ordinal) == true).Select(g => g.Key).ToHashSet();
        Assert.All((await dialer.Leads()).Where(l => back.Contains(l.Id) && l.LastOutcome == Outcome.Congestion), l => Assert.Equal((0, LeadStatus.New, false), (l.Attempts, l.Status, l.NextAt is null)));
    }

    [Fact]
    public async Task A_trunk_whose_calls_meet_nothing_but_silence_rests_while_they_still_wait_and_nobody_learns_from_them()
    {
        // So slow that the network itself gives up only after the test would have.
        await using var dialer = await Start(speed: 0.05, agents: 20);
        await Change(dialer, "pbx1-spare", t => t with { Enabled = false });
        await dialer.AddLeads([.. Enumerable.Range(0, 30).Select(i => $"+31000000{i:00}")]);

        await dialer.Start();
        await Dialer.Until(() => Carrier(dialer), t => t.State == TrunkState.Resting);

        Assert.Empty(await dialer.Records());
        var campaign = dialer.Grains.Campaign(Dialer.Spring);
        await campaign.Pause();
        var chance = (await campaign.GetPace()).Now.AnswerChance;
        await dialer.HangUp();
        await dialer.Until(p => p.Dialing + p.Ringing == 0);
        var records = await dialer.Records();
        Assert.NotEmpty(records);
        Assert.All(records, r => Assert.Equal((Outcome.NoAnswer, true), (r.Outcome, r.TrunkFailed)));
        Assert.Equal(chance, (await campaign.GetPace()).Now.AnswerChance);
    }

    [Fact]
    public async Task A_trunk_that_was_unreachable_before_anybody_asked_rests_from_the_first_moment_until_it_can_be_reached()
    {
        await using var dialer = await Start(speed: 20);
        await dialer.StopNode();
        var server = dialer.Network.Servers[0];
        server.Qualify("carrier", reachable: false);

        await dialer.StartNode();
        await dialer.Grains.Server(new("pbx1")).Wake();
        Assert.Contains("PJSIP/carrier", (await Dialer.Until(() => Carrier(dialer), t => t.State == TrunkState.Resting)).Problem, StringComparison.Ordinal);
        Assert.Equal(TrunkState.Healthy, (await dialer.Grains.Server(new("pbx1")).GetTrunk(new("pbx1-spare"))).State);

        // No event tells this one: it was on its way while the state was asked for.
        server.Qualify("carrier", reachable: true, told: false);
        Assert.Null((await Dialer.Until(() => Carrier(dialer), t => t.State == TrunkState.Healthy)).Problem);
    }

    [Fact]
    public async Task A_trunk_that_is_added_later_is_asked_for_as_well()
    {
        await using var dialer = await Start(speed: 20);
        await Dialer.Until(() => dialer.Grains.Server(new("pbx1")).GetSnapshot(), s => s.State == ServerState.Online);
        await Change(dialer, "pbx1-carrier", t => t with { DialString = "PJSIP/{number}@elsewhere" });
        dialer.Network.Servers[0].Qualify("carrier", reachable: false, told: false);
        Assert.Equal(TrunkState.Healthy, (await Carrier(dialer)).State);

        await Change(dialer, "pbx1-carrier", t => t with { DialString = "PJSIP/{number}@carrier" });
        await Dialer.Until(() => Carrier(dialer), t => t.State == TrunkState.Resting);
    }

    [Fact]
    public async Task The_trunk_of_the_lowest_priority_number_is_used_while_it_has_room()
    {
        await using var dialer = await Start(speed: 20, sparePriority: 1);
        await dialer.AddLeads([.. Enumerable.Range(0, 20).Select(i => $"+10010100{i:00}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(["carrier"], dialer.Network.Log.Calls.Select(c => c.Trunk).Distinct());
    }

    static async Task Change(Dialer dialer, string id, Func<Servers.TrunkConfig, Servers.TrunkConfig> change)
    {
        var trunks = dialer.Get<ConfigStore<Servers.TrunkConfig>>();
        await trunks.UpdateAsync(id, change((await trunks.GetAsync(id))!.Config), null);
        await dialer.Grains.Server(new("pbx1")).ConfigChanged();
    }

    [Fact]
    public async Task A_number_goes_by_the_trunk_that_fits_it_best_although_another_one_is_as_empty()
    {
        await using var dialer = await Start(speed: 20);
        await Change(dialer, "pbx1-spare", t => t with { Prefixes = ["+1002"], Priority = 9 });
        await dialer.AddLeads([.. Enumerable.Range(0, 30).Select(i => $"+100{1 + i % 2}0100{i:00}")]);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var calls = dialer.Network.Log.Calls;
        Assert.Equal(30, calls.Count);
        Assert.All(calls, c => Assert.Equal(c.Number.TrimStart('+').StartsWith("1002", StringComparison.Ordinal) ? "spare" : "carrier", c.Trunk));
    }

    [Fact]
    public async Task A_number_whose_best_trunk_is_full_goes_by_one_that_takes_all()
    {
        await using var dialer = await Start(speed: 20);
        await Change(dialer, "pbx1-spare", t => t with { Prefixes = ["+1001"], Channels = 1 });
        // They talk until somebody hangs up.
        await dialer.AddLeads("+1001000001", "+1001000002", "+1001000003");

        await dialer.Start();
        await dialer.Until(p => p.Talking == 3);

        Assert.Equal(["carrier", "carrier", "spare"], dialer.Network.Log.Calls.Select(c => c.Trunk).Order());
    }

    [Fact]
    public async Task Leads_that_only_a_full_trunk_may_dial_do_not_hold_up_those_behind_them()
    {
        await using var dialer = await Start(speed: 20);
        await Change(dialer, "pbx1-carrier", t => t with { Prefixes = ["+1001"], Channels = 1 });
        await Change(dialer, "pbx1-spare", t => t with { Prefixes = ["+1002"] });
        // More than are set aside; the first of them talks until somebody hangs up.
        await dialer.AddLeads([.. Enumerable.Range(0, LeadBuffer.MaxAside + 500).Select(i => $"+100100{i:0000}"), .. Enumerable.Range(0, 5).Select(i => $"+100201000{i}")]);

        await dialer.Start();
        await dialer.Until(p => p.Outcomes.GetValueOrDefault(Outcome.HumanAnswered) == 5 && p.Talking == 1);
        Assert.Equal([("carrier", 1), ("spare", 5)], dialer.Network.Log.Calls.CountBy(c => c.Trunk).OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));

        // The next one of them goes as soon as there is room.
        await dialer.HangUp();
        await dialer.Until(p => p.Outcomes.GetValueOrDefault(Outcome.HumanAnswered) == 6 && p.Talking == 1);
        Assert.Equal(2, dialer.Network.Log.Calls.Count(c => c.Trunk == "carrier"));
    }
}
