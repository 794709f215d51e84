using Carillon.Calls;
using Carillon.Lab;
using Carillon.Leads;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>What the product makes of every way in which a real call can end.</summary>
[Collection(LabCollection.Name)]
public sealed class OutcomeTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task Every_call_gets_the_outcome_the_cause_and_the_lead_status_of_its_fate()
    {
        // The Originate's own timeout has a cause on 22 only.
        int timeout = lab.Version == 16 ? HangupCause.None : HangupCause.NoAnswer;
        Fate[] fates =
        [
            new(Callee.Number(Callee.Human, ring: 1, talk: 3), Outcome.HumanAnswered, HangupCause.NormalClearing, Answered: true),
            new(Callee.Number(Callee.Silent, talk: 3), Outcome.HumanAnswered, HangupCause.NormalClearing, Answered: true),
            // Without AMD a machine is somebody who answered.
            new(Callee.Number(Callee.Machine), Outcome.HumanAnswered, HangupCause.NormalClearing, Answered: true),
            // Answered, but not for the two seconds that this campaign asks for.
            new(Callee.Number(Callee.HangsUpAtOnce), Outcome.HumanAnswered, HangupCause.NormalClearing),
            new(Callee.Number(Callee.Busy, ring: 1), Outcome.Busy, HangupCause.UserBusy, SipCode: 486),
            new(Callee.Number(Callee.RingsForEver), Outcome.NoAnswer, timeout),
            new(Callee.Number(Callee.NetworkNoAnswer, ring: 1), Outcome.NoAnswer, HangupCause.NoAnswer, SipCode: 480),
            new(Callee.Number(Callee.NoCircuit), Outcome.Congestion, HangupCause.NoCircuitAvailable, SipCode: 503),
            new(Callee.Number(Callee.Unallocated), Outcome.InvalidNumber, HangupCause.UnallocatedNumber, SipCode: 404),
            new(Callee.Number(Callee.Rejects, ring: 1), Outcome.Rejected, HangupCause.CallRejected, SipCode: 403),
            new(Callee.Number(Callee.OutOfOrder), Outcome.Congestion, HangupCause.DestinationOutOfOrder, SipCode: 502),
            new(Callee.Number(Callee.Incomplete), Outcome.InvalidNumber, HangupCause.InvalidNumberFormat, SipCode: 484),
            new(Callee.Number(Callee.NetworkDown), Outcome.Congestion, HangupCause.NetworkOutOfOrder, SipCode: 500),
        ];
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("fates", "floor", c => c with { AnsweredAfter = TimeSpan.FromSeconds(2) });
        await campaign.AddLeads(fates.Select(f => f.Number));

        await campaign.Start();
        await campaign.Finishes();

        var records = (await campaign.Records()).ToDictionary(r => r.Intent.Number.Digits);
        var leads = (await campaign.Leads()).ToDictionary(l => l.Number.Digits);
        Assert.Equal(fates.Length, records.Count);
        Assert.All(fates, fate =>
        {
            var (record, lead) = (records[fate.Number], leads[fate.Number]);
            Assert.Equal((fate.Outcome, (int?)fate.Cause), (record.Outcome, record.Reason.Cause));
            if (lab.Version >= 22 && fate.SipCode is not null) Assert.Equal(fate.SipCode, record.Reason.SipCode);
            Assert.Equal((fate.Answered ? LeadStatus.Answered : LeadStatus.Unanswered, 1, null), (lead.Status, lead.Attempts, lead.NextAt));
            Assert.Equal(fate.Answered, record.Agent is not null);
            Assert.Equal(fate.Answered, record.BridgedAt is not null);
            if (fate.Answered) Assert.True(record.Intent.At <= record.AnsweredAt && record.AnsweredAt <= record.BridgedAt && record.BridgedAt <= record.EndedAt);
        });
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_trunk_that_is_dead_a_trunk_that_does_not_exist_and_agents_who_never_answer_are_told_apart()
    {
        await using var dialer = await Dialer.Start(lab);
        var dead = await dialer.Campaign("dead", "desk", trunk: "deadtrunk");
        var unknown = await dialer.Campaign("unknown", "desk", trunk: "nosuchtrunk");
        var deaf = await dialer.Campaign("deaf", "deaf", changeQueue: q => q with { MaxWait = TimeSpan.FromSeconds(4) }, servers: ["pbx1"]);
        await dead.AddLeads(Callee.Number(Callee.Human, talk: 1));
        await unknown.AddLeads(Callee.Number(Callee.Human, talk: 1));
        // The first gives up, the second is hung up when the queue's time is over.
        await deaf.AddLeads(Callee.Number(Callee.Human, talk: 3), Callee.Number(Callee.Human, talk: 20));

        foreach (var campaign in new[] { dead, unknown, deaf }) await campaign.Start();
        foreach (var campaign in new[] { dead, unknown, deaf }) await campaign.Finishes();

        Assert.Equal((Outcome.NoAnswer, null), (await dead.Records()).Select(r => (r.Outcome, r.RingingAt)).Single());
        var failed = (await unknown.Records()).Single();
        Assert.Equal(Outcome.Failed, failed.Outcome);
        Assert.Contains("endpoint", failed.Reason.Text, StringComparison.Ordinal);
        var abandoned = await deaf.Records();
        Assert.Equal(2, abandoned.Count);
        Assert.All(abandoned, r => Assert.Equal((Outcome.Abandoned, true, null), (r.Outcome, r.Abandoned, r.BridgedAt)));
        Assert.All(await deaf.Leads(), l => Assert.Equal(LeadStatus.Unanswered, l.Status));
        await dialer.NothingIsLeft();
    }

    sealed record Fate(string Number, Outcome Outcome, int Cause, int? SipCode = null, bool Answered = false);
}
