using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Lab;
using Carillon.Leads;
using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>Whatever is lost in the middle of a campaign, no call drops that need not, and each gets its one right record.</summary>
[Collection(LabCollection.Name)]
public sealed class LossTests(AsteriskLab lab)
{
    /// <summary>
    /// One call for each of the twelve agents, six on either server: two talk for long, two are over soon, two still ring.
    /// </summary>
    /// <param name="talk">Seconds that those talk who ring first; 0: until they are hung up.</param>
    static string[] Twelve(int talk) =>
        [.. Enumerable.Range(0, 2).SelectMany(_ => (string[])
        [
            Callee.Number(Callee.Human, talk: 14), Callee.Number(Callee.Human, talk: 14), Callee.Number(Callee.Human, talk: 6), Callee.Number(Callee.Human, talk: 6),
            Callee.Number(Callee.Human, ring: 6, talk: talk), Callee.Number(Callee.Human, ring: 6, talk: talk),
        ])];

    [AsteriskFact]
    public async Task A_node_that_stops_and_starts_again_drops_no_call_and_adopts_them_all()
    {
        await using var dialer = await Dialer.Start(lab);
        var agentFirst = await dialer.Campaign("agent first", "sales", c => c with { AgentFirst = true, RingTimeout = TimeSpan.FromSeconds(15) }, servers: ["pbx1"]);
        string[] two = [Callee.Number(Callee.Human, talk: 30), Callee.Number(Callee.Human, ring: 12)];
        await agentFirst.AddLeads(two);
        var twelve = Twelve(talk: 0);
        var campaign = await Running(dialer, twelve);
        // The last to begin: one of its calls rings for twelve seconds only.
        await agentFirst.Start();
        await agentFirst.Until(p => p is { Talking: 1, Ringing: 1 });

        await dialer.Node.StopAsync();
        await End(dialer, 4);
        await dialer.Node.StartAsync();
        await AreAdopted(campaign, agentFirst);

        await EachIsRecordedOnceAsAnswered(dialer, campaign, twelve);
        await EachIsRecordedOnceAsAnswered(dialer, agentFirst, two);
        Assert.Equal(14, dialer.Placed);
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_link_that_is_cut_drops_no_call_and_they_are_all_adopted()
    {
        await using var one = new CuttableLink(lab.Servers[0]);
        await using var two = new CuttableLink(lab.Servers[1]);
        await using var dialer = await Dialer.Start(lab, one, two);
        var twelve = Twelve(talk: 0);
        var campaign = await Running(dialer, twelve);

        one.Cut();
        two.Cut();
        await End(dialer, 4);
        one.Restore();
        two.Restore();
        await AreAdopted(campaign);

        await EachIsRecordedOnceAsAnswered(dialer, campaign, twelve);
        Assert.Equal(12, dialer.Placed);
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_link_that_goes_silent_and_a_server_that_freezes_are_noticed_and_lose_nothing()
    {
        await using var one = new CuttableLink(lab.Servers[0]);
        await using var two = new CuttableLink(lab.Servers[1]);
        await using var dialer = await Dialer.Start(lab, one, two);
        var twelve = Twelve(talk: 0);
        var campaign = await Running(dialer, twelve);

        one.Silence();
        await lab.FreezeAsync("pbx2");
        try
        {
            foreach (var server in lab.Servers) await Stands(dialer, server.Name, ServerState.Offline);
        }
        finally
        {
            await lab.ThawAsync("pbx2");
        }
        one.Restore();
        await AreAdopted(campaign);

        await EachIsRecordedOnceAsAnswered(dialer, campaign, twelve);
        Assert.Equal(12, dialer.Placed);
        await dialer.NothingIsLeft();
    }

    [AsteriskTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_restarted_or_killed_ends_its_calls_with_their_truth_and_those_that_rang_are_tried_again(bool kill)
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await Running(dialer, Twelve(talk: 3), attempts: 2);
        var rang = dialer.Witnesses[1].Unanswered;

        await lab.RestartAsync("pbx2", kill);
        await campaign.Finishes();

        Outcome[] truths = kill ? [Outcome.Unknown] : [Outcome.NoAnswer, Outcome.Congestion];
        var records = await campaign.Records();
        Assert.NotEmpty(rang);
        Assert.Equal(12 + rang.Count, records.Count);
        Assert.Equal(12 + rang.Count, dialer.Placed);
        Assert.All(records, r => Assert.True(rang.Contains(r.Intent.Id) ? truths.Contains(r.Outcome!.Value) : r.Outcome == Outcome.HumanAnswered, $"{r}"));
        Assert.All(await campaign.Leads(), l => Assert.Equal((LeadStatus.Answered, records.Count(r => r.Intent.LeadId == l.Id), null), (l.Status, l.Attempts, l.NextAt)));
        await dialer.NothingIsLeft();
    }

    /// <summary>A campaign whose first calls talk and ring on both servers.</summary>
    static async Task<DialedCampaign> Running(Dialer dialer, string[] numbers, int attempts = 1)
    {
        var campaign = await dialer.Campaign("losses", "desk", c => c with { RingTimeout = TimeSpan.FromSeconds(60) }, attempts: attempts);
        await campaign.AddLeads(numbers);
        await campaign.Start();
        await campaign.Until(p => p.Talking == 8 && p.Ringing == 4);
        return campaign;
    }

    /// <summary>The servers, whom nobody watches, have ended so many calls.</summary>
    static Task<int> End(Dialer dialer, int count) => GrainNode.Until(() => Task.FromResult(dialer.Witnesses.Sum(w => w.Ended)), ended => ended >= count);

    /// <summary>Calls that nobody watched when they were answered are known as answered, however late the link came back; then those that still talk end.</summary>
    async Task AreAdopted(params DialedCampaign[] campaigns)
    {
        foreach (var campaign in campaigns) await campaign.AllTalk();
        await lab.Cli(lab.Carrier.Name, "channel request hangup all");
    }

    static Task<ServerSnapshot> Stands(Dialer dialer, string server, ServerState state) =>
        GrainNode.Until(() => dialer.Node.Grains.Server(new(server)).GetSnapshot(), s => s.State == state);

    static async Task EachIsRecordedOnceAsAnswered(Dialer dialer, DialedCampaign campaign, string[] numbers)
    {
        Assert.Equal(0, (await campaign.Finishes()).LeadsLeft);
        var records = await campaign.Records();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), records.Select(r => r.Intent.Number.Digits).Order(StringComparer.Ordinal));
        Assert.All(records, r => Assert.True(r is { Outcome: Outcome.HumanAnswered, Agent: not null, AnsweredAt: not null, BridgedAt: not null }, $"{r}"));
        // Agent-first calls come from no queue, and a frozen server's witness was cut off for a while: the rest was seen by both.
        var agents = dialer.Witnesses.SelectMany(w => w.Listener.Heard<AgentConnectEvent>()).ToDictionary(e => e.UniqueId, e => e.Interface);
        Assert.True(agents.Count >= 8);
        Assert.All(records.Where(r => agents.ContainsKey(r.Intent.Id.Value)), r => Assert.Equal(agents[r.Intent.Id.Value], r.Agent!.Value.Value));
        Assert.All(await campaign.Leads(), l => Assert.Equal((LeadStatus.Answered, 1, null), (l.Status, l.Attempts, l.NextAt)));
    }
}
