using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Lab;
using Carillon.Leads;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>The ways to dial, with real phones.</summary>
[Collection(LabCollection.Name)]
public sealed class ModeTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task In_preview_the_phone_of_the_agent_who_looks_at_the_lead_is_called_first_and_then_the_lead()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("preview", "desk", c => c with { Mode = PacingMode.Preview, Preview = new() { DialAfter = TimeSpan.FromMinutes(5) } }, servers: ["pbx1"]);
        await campaign.AddLeads(Callee.Number(Callee.Human, talk: 2));
        await campaign.Start();
        var agent = (await GrainNode.Until(() => dialer.Node.Grains.Queue(new("preview")).GetSnapshot(), q => q.AgentsFree > 1)).Agents[1].Agent;

        var lead = (await GrainNode.Until(() => campaign.Grain.GetPreview(agent), p => p.Lead is not null)).Lead!;
        Assert.Equal(0, dialer.Placed);
        Assert.Null((await campaign.Grain.DialPreview(agent, lead.Id)).Refusal);
        await campaign.Finishes();

        var record = Assert.Single(await campaign.Records());
        Assert.Equal((Outcome.HumanAnswered, agent), (record.Outcome, record.Agent));
        Assert.Equal(record.AnsweredAt, record.BridgedAt);
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_campaign_changes_its_mode_while_it_runs_and_no_lead_is_lost_or_called_twice()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("modes", "sales");
        string[] numbers =
        [
            .. Enumerable.Range(0, 15).SelectMany(_ => (string[])
            [
                Callee.Number(Callee.Human, ring: 1, talk: 2), Callee.Number(Callee.Busy), Callee.Number(Callee.NetworkNoAnswer, ring: 1), Callee.Number(Callee.Rejects, ring: 1),
            ]),
        ];
        await campaign.AddLeads(numbers);

        await campaign.Start();
        foreach (var (mode, ended) in new[] { (PacingMode.Ratio, 10), (PacingMode.Predictive, 25), (PacingMode.Progressive, 40) })
        {
            await campaign.Until(p => p.Outcomes.Values.Sum() >= ended);
            await campaign.Change(c => c with { Mode = mode });
        }
        await campaign.Finishes();

        var records = await campaign.Records();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), records.Select(r => r.Intent.Number.Digits).Order(StringComparer.Ordinal));
        Assert.Equal(60, dialer.Placed);
        Assert.All(records.Where(r => r.Intent.Number.Digits.StartsWith("10", StringComparison.Ordinal)), r => Assert.True(r.Outcome is Outcome.HumanAnswered or Outcome.Abandoned, $"{r}"));
        Assert.All(await campaign.Leads(), l => Assert.Equal((1, null), (l.Attempts, l.NextAt)));
        await dialer.NothingIsLeft();
    }
}
