using Carillon.Calls;
using Carillon.Leads;
using Carillon.Numbers;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_past() : PastSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_past(PostgresServer server) : PastSuite(new PostgresStore(server));

/// <summary>What a campaign's past and what is left of its list look like to those who foresee.</summary>
public abstract class PastSuite(TestStore store) : StoreSuite(store)
{
    static readonly LeadChange Again = new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0, NextAt = DateTimeOffset.UnixEpoch };

    [StoreFact]
    public async Task The_attempts_that_ended_last_come_oldest_first_and_of_one_campaign()
    {
        for (var i = 0; i < 5; i++)
        {
            var intent = await BeginAsync(await AddLeadAsync(i));
            Time.Advance(TimeSpan.FromSeconds(10 + i));
            await Attempts.CompleteAsync(Ended(intent), Again);
        }
        await Attempts.CompleteAsync(Ended(await BeginAsync(await AddLeadAsync(7, OtherCampaign))), Again);
        await BeginAsync(await AddLeadAsync(8));

        var past = await Attempts.LastPastAsync(Campaign, 3);

        Assert.Equal([12.0, 13, 14], past.Select(p => (p.EndedAt - p.At).TotalSeconds));
        Assert.All(past, p => Assert.Equal((Outcome.NoAnswer, 1, null), (p.Outcome, p.AttemptNumber, p.AnsweredAt)));
    }

    [StoreFact]
    public async Task Times_agent_and_outcome_of_a_talk_are_as_they_were_recorded()
    {
        var intent = await BeginAsync(await AddLeadAsync(1));
        DateTimeOffset At(int seconds) => intent.At.AddSeconds(seconds);
        var talk = new Attempt
        {
            Intent = intent,
            AnsweredAt = At(7),
            Verdict = MachineVerdict.Human,
            VerdictAt = At(9),
            BridgedAt = At(10),
            EndedAt = At(70),
            Outcome = Outcome.HumanAnswered,
            Agent = new("PJSIP/501"),
        };
        await Attempts.CompleteAsync(talk, Again);
        var expected = new PastAttempt { AttemptNumber = 1, At = At(0), AnsweredAt = At(7), VerdictAt = At(9), BridgedAt = At(10), EndedAt = At(70), Outcome = Outcome.HumanAnswered, Agent = new("PJSIP/501") };
        Assert.Equal(expected, Assert.Single(await Attempts.LastPastAsync(Campaign, 10)));
    }

    [StoreFact]
    public async Task Leads_that_are_left_are_counted_by_status_and_some_are_at_hand()
    {
        for (var i = 0; i < 6; i++) await AddLeadAsync(i);
        await Leads.AddAsync(Campaign, Number(6), otherNumbers: [new PhoneNumber("+79161234567")]);
        var called = await AddLeadAsync(7);
        await Attempts.CompleteAsync(Ended(await BeginAsync(called)), (attempt, lead) => Again with { Tries = lead.Tries.Ended(attempt.Outcome!.Value) });
        var through = await AddLeadAsync(8);
        await Attempts.CompleteAsync(Ended(await BeginAsync(through)), Again with { NextAt = null });
        await AddLeadAsync(9, OtherCampaign);

        Assert.Equal([(LeadStatus.New, 7L), (LeadStatus.Unanswered, 1L)], (await Leads.LeftByStatusAsync(Campaign)).OrderBy(l => l.Key).Select(l => (l.Key, l.Value)));
        var some = await Leads.SomeLeftAsync(Campaign, 100);
        Assert.Equal(8, some.Count);
        var again = Assert.Single(some, l => l.Id == called.Id);
        Assert.Equal((LeadStatus.Unanswered, 1, 1), (again.Status, again.Attempts, again.Tries.Of(Outcome.NoAnswer)));
        Assert.Single(some, l => l.NumberCount == 2);
        Assert.Equal(3, (await Leads.SomeLeftAsync(Campaign, 3)).Count);
    }

    [StoreFact]
    public async Task What_is_asked_of_answered_calls_is_all_in_an_index()
    {
        await RecordAsync(1, Campaign, Outcome.HumanAnswered);
        if (Store is SqliteStore)
        {
            var plan = await Db.ReadAsync(s => s.QueryAsync<(long, long, long, string Detail)>("EXPLAIN QUERY PLAN " + AttemptStore.AnsweredSlices, new { campaign = Campaign, since = Now }));
            Assert.Contains(plan, p => p.Detail.Contains("COVERING INDEX attempts_campaign_ended", StringComparison.Ordinal));
        }
        else
        {
            // Which of its indexes it takes for few rows, PostgreSQL decides by its statistics; that this one would do is in its columns.
            var columns = await Db.ReadAsync(s => s.FirstAsync<string>("SELECT pg_get_indexdef('attempts_campaign_ended'::regclass)"));
            Assert.Contains("(campaign_id, ended_at, outcome, abandoned)", columns, StringComparison.Ordinal);
        }
        var slice = Assert.Single(await Attempts.AnsweredSinceAsync(Campaign, Now.AddHours(-1)));
        Assert.Equal((1, 0), (slice.Answered, slice.Abandoned));
    }
}
