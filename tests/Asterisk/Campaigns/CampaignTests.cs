using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Lab;
using Carillon.Leads;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>Whole campaigns over two servers, and what a supervisor does to them.</summary>
[Collection(LabCollection.Name)]
public sealed class CampaignTests(AsteriskLab lab)
{
    static readonly (int Callee, int Count, Outcome Outcome)[] Mix =
    [
        (Callee.Human, 60, Outcome.HumanAnswered), (Callee.Busy, 35, Outcome.Busy), (Callee.RingsForEver, 15, Outcome.NoAnswer),
        (Callee.NetworkNoAnswer, 25, Outcome.NoAnswer), (Callee.NoCircuit, 15, Outcome.Congestion), (Callee.Unallocated, 15, Outcome.InvalidNumber),
        (Callee.Rejects, 15, Outcome.Rejected), (Callee.HangsUpAtOnce, 10, Outcome.HumanAnswered), (Callee.OutOfOrder, 5, Outcome.Congestion),
        (Callee.Incomplete, 5, Outcome.InvalidNumber),
    ];

    [AsteriskFact]
    public async Task Two_hundred_mixed_numbers_over_two_servers_all_end_right_with_never_more_calls_than_agents()
    {
        await using var dialer = await Dialer.Start(lab);
        await using var carrier = await Listener.Connected(lab.Carrier.Options);
        var campaign = await dialer.Campaign("mixed", "desk", c => c with { RingTimeout = TimeSpan.FromSeconds(2), CallerId = "74950000042" });
        var leads = Mix.SelectMany(kind => Enumerable.Range(0, kind.Count).Select(i => (Number: Callee.Number(kind.Callee, ring: i % 2, talk: 1 + i % 2), kind.Outcome)))
            .OrderBy(lead => lead.Number[^1]).ToDictionary(lead => lead.Number, lead => lead.Outcome);
        await campaign.AddLeads(leads.Keys);

        await campaign.Start();
        var end = await campaign.Finishes();

        Assert.Equal(200, leads.Count);
        Assert.Equal(0, end.Dialing + end.Ringing + end.Waiting + end.Talking);
        Assert.Equal(leads.OrderBy(l => l.Key), (await campaign.Records()).Select(r => KeyValuePair.Create(r.Intent.Number.Digits, r.Outcome!.Value)).OrderBy(r => r.Key));
        Assert.All(await campaign.Leads(), l => Assert.Equal(
            (leads[l.Number.Digits] == Outcome.HumanAnswered ? LeadStatus.Answered : LeadStatus.Unanswered, 1, null), (l.Status, l.Attempts, l.NextAt)));
        Assert.Equal(200, dialer.Placed);
        Assert.All(carrier.Heard<NewchannelEvent>(), e => Assert.Equal("74950000042", e.CallerIdNum));
        Assert.NotEmpty(carrier.Heard<NewchannelEvent>());
        Assert.All(dialer.Witnesses, w => Assert.InRange(w.MostAtOnce, 2, 6));
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task Paused_resumed_stopped_and_drained_a_campaign_dials_when_it_may_and_lets_calls_end()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("moods", "desk");
        await campaign.AddLeads(Enumerable.Range(0, 100).Select(_ => Callee.Number(Callee.Human, talk: 2)));
        await campaign.Start();

        var calls = 0;
        foreach (var halt in new[] { campaign.Grain.Pause, campaign.Grain.Stop, campaign.Grain.Drain })
        {
            await campaign.Until(p => p.Talking > 3);
            Assert.True((await halt()).Accepted);
            var placed = await campaign.CountCalls();
            var over = await campaign.Until(p => p.Dialing + p.Ringing + p.Waiting + p.Talking == 0 && p.Status != CampaignStatus.Draining);
            Assert.True(placed > calls);
            Assert.Equal((placed, placed, placed), (await campaign.CountCalls(), (await campaign.Records()).Count, dialer.Placed));
            calls = placed;
            if (over.Status == CampaignStatus.Paused) Assert.True((await campaign.Grain.Resume()).Accepted);
            else await campaign.Start();
        }
        await campaign.Grain.Stop();
        await campaign.Until(p => p.Dialing + p.Ringing + p.Waiting + p.Talking == 0);

        Assert.All(await campaign.Records(), r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
        await dialer.NothingIsLeft();
    }
}
