using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_sums() : SumsSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_sums(PostgresServer server) : SumsSuite(new PostgresStore(server));

/// <summary>Sums over call records.</summary>
public abstract class SumsSuite(TestStore store) : StoreSuite(store)
{
    static readonly AgentId Ann = new("PJSIP/ann"), Bob = new("PJSIP/bob");
    int _numbers;

    async Task Call(Outcome outcome, AgentId? agent = null, int talk = 0, CampaignId? campaign = null, string trunk = "carrier", string? callerId = null, bool abandoned = false)
    {
        var intent = Intent(await AddLeadAsync(++_numbers, campaign)) with { Trunk = new(trunk), CallerId = callerId };
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(intent));
        var ended = Ended(intent, outcome) with { Agent = agent, Abandoned = abandoned, BridgedAt = talk > 0 ? Now : null, EndedAt = Now.AddSeconds(talk) };
        Assert.True(await Attempts.CompleteAsync(ended, new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = 0 }));
    }

    [StoreFact]
    public async Task Calls_are_summed_up_by_what_they_have_in_common_the_largest_group_first()
    {
        await Call(Outcome.HumanAnswered, Ann, talk: 60, callerId: "100");
        await Call(Outcome.HumanAnswered, Bob, talk: 30);
        await Call(Outcome.HumanAnswered, Bob, talk: 90, abandoned: true);
        await Call(Outcome.Abandoned, abandoned: true);
        await Call(Outcome.Busy, trunk: "spare", campaign: OtherCampaign);
        await BeginAsync(await AddLeadAsync(1000));

        Assert.Equal([new CallSums("spring", 4, 4, 2, 3, TimeSpan.FromMinutes(3)), new("autumn", 1, 0, 0, 0, default)], (await Attempts.SumsAsync(SumsBy.Campaign, new(), 10)).AsEnumerable());
        Assert.Equal([new CallSums("PJSIP/bob", 2, 2, 1, 2, TimeSpan.FromMinutes(2)), new("PJSIP/ann", 1, 1, 0, 1, TimeSpan.FromMinutes(1))], (await Attempts.SumsAsync(SumsBy.Agent, new(), 10)).AsEnumerable());
        Assert.Equal([("carrier", 4L), ("spare", 1L)], (await Attempts.SumsAsync(SumsBy.Trunk, new(), 10)).Select(s => (s.Key!, s.Attempts)));
        Assert.Equal([(null, 4L), ("100", 1L)], (await Attempts.SumsAsync(SumsBy.CallerId, new(), 10)).Select(s => (s.Key, s.Attempts)));
        Assert.Equal("spring", Assert.Single(await Attempts.SumsAsync(SumsBy.Campaign, new(), 1)).Key);
    }

    [StoreFact]
    public async Task Only_what_the_filter_finds_is_summed_up()
    {
        await Call(Outcome.HumanAnswered, Ann, talk: 10);
        Time.Advance(TimeSpan.FromHours(1));
        var (from, to) = (Now, Now.AddMinutes(1));
        await Call(Outcome.HumanAnswered, Ann, talk: 20);
        await Call(Outcome.HumanAnswered, Bob, talk: 40, campaign: OtherCampaign);
        Time.Advance(TimeSpan.FromMinutes(1));
        await Call(Outcome.HumanAnswered, Ann, talk: 80);

        async Task<double> Talk(AttemptFilter filter) => (await Attempts.SumsAsync(SumsBy.Campaign, filter with { From = from, To = to }, 10)).Sum(s => s.Talk.TotalSeconds);
        Assert.Equal(60, await Talk(new()));
        Assert.Equal(20, await Talk(new() { Campaigns = [Campaign] }));
        Assert.Equal(60, await Talk(new() { Campaigns = [Campaign, OtherCampaign] }));
        Assert.Equal(40, await Talk(new() { Agent = Bob }));
        Assert.Empty(await Attempts.SumsAsync(SumsBy.Campaign, new() { From = to.AddDays(1) }, 10));
    }

    [StoreFact]
    public async Task Quarters_of_an_hour_come_in_order()
    {
        var first = Now;
        for (var i = 0; i < 3; i++)
        {
            for (var n = 0; n <= 2 - i; n++) await Call(Outcome.Busy);
            Time.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.Equal([(first, 3L), (first.AddMinutes(15), 2L), (first.AddMinutes(30), 1L)], (await Attempts.SumsByTimeAsync(new())).Select(s => (s.At, s.Sums.Attempts)));
    }
}
