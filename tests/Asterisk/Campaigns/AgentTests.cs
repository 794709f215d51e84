using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Lab;
using Carillon.Leads;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>Answered calls and the people who take them, on real phones.</summary>
[Collection(LabCollection.Name)]
public sealed class AgentTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task Agents_get_their_calls_one_by_one_and_none_while_they_wrap_up()
    {
        var wrapUp = TimeSpan.FromSeconds(5);
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("sales", "sales", changeQueue: q => q with { WrapUp = wrapUp }, servers: ["pbx1"]);
        await campaign.AddLeads(Enumerable.Range(0, 10).Select(_ => Callee.Number(Callee.Human, talk: 3)));

        await campaign.Start();
        await campaign.Finishes();

        var records = await campaign.Records();
        Assert.Equal(10, records.Count);
        Assert.All(records, r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
        Assert.Equal(["PJSIP/9001", "PJSIP/9002", "PJSIP/9003", "PJSIP/9004", "PJSIP/9005"], records.Select(r => r.Agent!.Value.Value).Distinct().Order(StringComparer.Ordinal));
        // A call occupies an agent from its intent on, whoever that will be, until its wrap-up is over, by the clock of Asterisk, which tells an end in whole seconds: news of it may be late.
        var begun = records.Min(r => r.Intent.At);
        var busy = records.GroupBy(r => r.Agent!.Value.Value).SelectMany(calls =>
        {
            var ends = dialer.Witnesses[0].Listener.Heard<QueueMemberStatusEvent>().Where(e => e.Queue == "sales" && e.Interface == calls.Key)
                .Select(e => DateTimeOffset.FromUnixTimeSeconds(e.LastCall)).Distinct().Where(end => end >= begun).ToList();
            Assert.Equal(calls.Count(), ends.Count);
            return calls.OrderBy(r => r.AnsweredAt).Zip(ends, (call, end) => (From: call.Intent.At, To: end + wrapUp));
        }).ToList();
        Assert.All(busy, call => Assert.InRange(busy.Count(other => other.From <= call.From && call.From < other.To), 1, 5));
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task Agent_first_the_customer_is_dialed_only_once_the_agent_has_answered()
    {
        await using var dialer = await Dialer.Start(lab);
        var phones = await dialer.Campaign("phones", "desk", c => c with { AgentFirst = true }, servers: ["pbx1"]);
        var queue = await dialer.Campaign("queue", "desk", c => c with { AgentFirst = true }, q => q with { AgentFirstChannel = "Local/400@from-internal/n" }, servers: ["pbx2"]);
        foreach (var campaign in new[] { phones, queue })
            await campaign.AddLeads(Callee.Number(Callee.Human, ring: 1, talk: 2), Callee.Number(Callee.Busy), Callee.Number(Callee.Unallocated), Callee.Number(Callee.RingsForEver), Callee.Number(Callee.Human, talk: 2));

        foreach (var campaign in new[] { phones, queue }) await campaign.Start();
        foreach (var campaign in new[] { phones, queue }) await campaign.Finishes();

        foreach (var (campaign, witness) in new[] { (phones, dialer.Witnesses[0]), (queue, dialer.Witnesses[1]) })
        {
            var records = await campaign.Records();
            Assert.Equal([Outcome.HumanAnswered, Outcome.Busy, Outcome.InvalidNumber, Outcome.NoAnswer, Outcome.HumanAnswered],
                records.OrderBy(r => r.Intent.LeadId).Select(r => r.Outcome!.Value));
            Assert.All(records.Where(r => r.Outcome == Outcome.HumanAnswered), r =>
            {
                Assert.StartsWith("PJSIP/95", r.Agent?.Value, StringComparison.Ordinal);
                Assert.True(r.BridgedAt is not null && r.BridgedAt == r.AnsweredAt);
            });
            Assert.DoesNotContain(records, r => r.Abandoned);
            Assert.All(records, r => Assert.True(witness.InOrder(
                s => s is NewstateEvent { State: ChannelState.Up } e && e.UniqueId == r.Intent.Id.Value,
                s => s is DialBeginEvent e && e.UniqueId == r.Intent.Id.Value)));
        }
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task Agent_first_the_agent_wraps_up_too_although_no_queue_gave_them_the_call()
    {
        var wrapUp = TimeSpan.FromSeconds(3);
        await using var dialer = await Dialer.Start(lab);
        var queue = dialer.Witnesses[0].Listener.Client;
        Assert.True((await queue.SendAsync(Actions.QueueAdd("dynamic", "PJSIP/9530"))).Success);
        try
        {
            var campaign = await dialer.Campaign("one", "dynamic", c => c with { AgentFirst = true }, q => q with { WrapUp = wrapUp }, servers: ["pbx1"]);
            await campaign.AddLeads(Callee.Number(Callee.Human, talk: 1), Callee.Number(Callee.Busy), Callee.Number(Callee.Human, talk: 1));

            await campaign.Start();
            await campaign.Finishes();

            // A phone that is slow to answer gives its lead back, and others go first.
            var records = (await campaign.Records()).OrderBy(r => r.Intent.At).ToList();
            Assert.Equal([Outcome.HumanAnswered, Outcome.Busy, Outcome.HumanAnswered], records.OrderBy(r => r.Intent.LeadId).Select(r => r.Outcome!.Value));
            Assert.All(records.Zip(records.Skip(1)).Where(r => r.First.Outcome == Outcome.HumanAnswered), r => Assert.True(r.Second.Intent.At >= r.First.EndedAt + wrapUp));
        }
        finally
        {
            await queue.SendAsync(Actions.QueueRemove("dynamic", "PJSIP/9530"));
        }
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task Agent_first_a_phone_that_is_busy_or_not_answered_gives_the_lead_back()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("deaf", "deaf", c => c with { AgentFirst = true, RingTimeout = TimeSpan.FromSeconds(2) }, servers: ["pbx1"]);
        await campaign.AddLeads(Enumerable.Range(0, 3).Select(_ => Callee.Number(Callee.Human)));

        await campaign.Start();
        var leads = await GrainNode.Until(campaign.Leads, leads => leads.All(l => l is { Status: LeadStatus.New, NextAt: not null } && l.NextAt > l.CreatedAt + TimeSpan.FromSeconds(30)));

        Assert.All(leads, l => Assert.Equal(0, l.Attempts));
        Assert.Empty(await campaign.Records());
        Assert.Equal(0, await campaign.CountCalls());
        // 9201, 9301 and 9401 were rung, and no customer.
        Assert.Equal(3, dialer.Placed);
        Assert.DoesNotContain(dialer.Witnesses[0].Listener.Heard<DialBeginEvent>(), e => e.UniqueId.Length > 0);
        await campaign.Grain.Stop();
        await dialer.NothingIsLeft();
    }
}
