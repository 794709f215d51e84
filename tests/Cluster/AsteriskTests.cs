using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Lab;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>A cluster over real Asterisks. Witnesses beside it, who are not cut off, tell what happened there.</summary>
[Collection(PostgresCollection.Name)]
public class AsteriskTests(Postgres postgres, AsteriskLab lab) : IClassFixture<AsteriskLab>
{
    const string Queue = "dynamic", DeadAfter = "00:00:12";
    const int Calls = 50, Ringing = 8, HangUps = 4;

    [AsteriskFact]
    public async Task Nodes_that_are_killed_in_the_middle_of_fifty_calls_drop_none_and_each_call_gets_its_one_right_record()
    {
        await using var center = await Center.Open(postgres, lab, Queue);
        var witnesses = await Task.WhenAll(lab.Servers.Select(async s => new Witness(await Listener.Connected(s.Options))));
        for (var agent = 0; agent < Calls; agent++) await Joins(witnesses[agent % witnesses.Length], $"PJSIP/{9501 + agent}");
        var one = await center.Add(OuterNode.Start(center, DeadAfter));
        var two = await center.Add(OuterNode.Start(center, DeadAfter));
        var visitor = await center.Add(InnerNode.Start(center, "--roles", "api"));
        await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        foreach (var server in center.Servers) await visitor.UntilOnline(server);
        string[] numbers =
        [
            .. Enumerable.Range(0, Calls - Ringing).Select(_ => Callee.Number(Callee.Human)),
            .. Enumerable.Range(0, Ringing).Select(_ => Callee.Number(Callee.Human, ring: 40)),
        ];
        await center.AddLeads(numbers);
        await visitor.Campaign("start");
        await visitor.Until(p => p.GetProperty("talking").GetInt32() == Calls - Ringing && p.GetProperty("ringing").GetInt32() == Ringing);

        // The other takes its server; then a new one takes both.
        await one.Die();
        foreach (var witness in witnesses) await HangUp(witness);
        var survivor = (await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 1)).Values.First();
        await visitor.Until(p => p.GetProperty("talking").GetInt32() + p.GetProperty("ringing").GetInt32() == Calls - 2 * HangUps);
        await two.Die();
        foreach (var witness in witnesses) await HangUp(witness);
        await center.Add(OuterNode.Start(center, DeadAfter));
        await GrainNode.Until(center.Owners, o => !o.ContainsValue(survivor));
        await visitor.Until(p => p.GetProperty("talking").GetInt32() == Calls - 4 * HangUps);

        Assert.Equal(4 * HangUps, witnesses.Sum(w => w.Ended));
        await lab.Cli(lab.Carrier.Name, "channel request hangup all");
        await visitor.UntilStatus(CampaignStatus.Finished);
        var placed = witnesses.SelectMany(w => w.Attempts.Select(a => a.Value)).Order(StringComparer.Ordinal).ToList();
        var records = await center.Records();
        Assert.Equal(Calls, placed.Count);
        Assert.Equal(placed, records.Select(r => r.Intent.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal(numbers.Order(StringComparer.Ordinal), records.Select(r => r.Intent.Number.Digits).Order(StringComparer.Ordinal));
        var agents = witnesses.SelectMany(w => w.Listener.Heard<AgentConnectEvent>()).ToDictionary(e => e.UniqueId, e => e.Interface);
        Assert.All(records, r => Assert.True(
            r is { Outcome: Outcome.HumanAnswered, AnsweredAt: not null, BridgedAt: not null } && r.Agent?.Value == agents[r.Intent.Id.Value], $"{r}"));
        foreach (var witness in witnesses) await witness.DisposeAsync();
    }

    static async Task Joins(Witness witness, string phone)
    {
        var added = await witness.Listener.Client.SendAsync(Actions.QueueAdd(Queue, phone));
        Assert.True(added.Success, added.Message);
    }

    /// <summary>Some who talk, while nobody but the witness hears it.</summary>
    static async Task HangUp(Witness witness)
    {
        var ended = witness.Ended + HangUps;
        var talking = witness.Attempts.Except(witness.Unanswered).Select(a => a.Value).ToHashSet();
        talking.ExceptWith(witness.Listener.Heard<HangupEvent>().Select(e => e.UniqueId));
        var channels = witness.Listener.Heard<NewchannelEvent>().Where(e => talking.Contains(e.UniqueId)).Take(HangUps);
        foreach (var channel in channels) await witness.Listener.Client.SendAsync(Actions.Hangup(channel.Channel));
        await GrainNode.Until(() => Task.FromResult(witness.Ended), e => e == ended);
    }
}
