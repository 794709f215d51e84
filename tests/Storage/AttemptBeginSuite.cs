using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_attempts_that_begin() : AttemptBeginSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_attempts_that_begin(PostgresServer server) : AttemptBeginSuite(new PostgresStore(server));

/// <summary>Intents, and attempts that are taken back.</summary>
public abstract class AttemptBeginSuite(TestStore store) : StoreSuite(store)
{
    static readonly LeadChange Retry = new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0 };

    [StoreFact]
    public async Task An_intent_sets_its_lead_dialing_and_counts_as_an_attempt()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);

        var dialing = await ReadAsync(lead);
        Assert.Equal((LeadStatus.Dialing, 1, null), (dialing.Status, dialing.Attempts, dialing.NextAt));
        Assert.Equal(intent, Assert.Single(await Attempts.ListOpenAsync(Server)).Intent);
        Assert.Equal(intent, Assert.Single(await Attempts.ListOpenAsync(Campaign)).Intent);
        Assert.Empty(await Attempts.ListAsync(new()));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task Of_32_intents_for_one_number_at_once_exactly_one_begins()
    {
        // 32 campaigns have the number, so that no lead row is shared and only the number can decide.
        var leads = new List<Lead>();
        for (var i = 0; i < 32; i++) leads.Add(await AddLeadAsync(1, new($"campaign{i}")));
        using var start = new Barrier(32);
        var results = await Task.WhenAll(leads.Select(lead => Task.Factory.StartNew(async () =>
        {
            start.SignalAndWait();
            return (await Attempts.BeginAsync([Intent(lead)]))[0];
        }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        Assert.Equal(1, results.Count(r => r == BeginResult.Begun));
        Assert.Equal(31, results.Count(r => r == BeginResult.NumberInCall));
        Assert.Single(await Attempts.ListOpenAsync(Server));
    }

    [StoreFact]
    public async Task Of_32_intents_for_one_lead_at_once_exactly_one_begins()
    {
        var lead = await AddLeadAsync(1);
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => (await Attempts.BeginAsync([Intent(lead)]))[0])));

        Assert.Equal(1, results.Count(r => r == BeginResult.Begun));
        Assert.Equal(1, (await ReadAsync(lead)).Attempts);
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task Batches_that_cross_over_the_same_numbers_neither_deadlock_nor_begin_one_twice()
    {
        var mine = new List<Lead>();
        var theirs = new List<Lead>();
        for (var i = 0; i < 40; i++)
        {
            mine.Add(await AddLeadAsync(i));
            theirs.Add(await AddLeadAsync(i, OtherCampaign));
        }
        theirs.Reverse();
        var results = await Task.WhenAll(
            Task.Run(() => Attempts.BeginAsync([.. mine.Select(l => Intent(l))])), Task.Run(() => Attempts.BeginAsync([.. theirs.Select(l => Intent(l))])));

        Assert.Equal(40, results.Sum(r => r.Count(b => b == BeginResult.Begun)));
        Assert.Equal(40, (await Attempts.ListOpenAsync(Server)).Select(a => a.Intent.Number).Distinct().Count());
        await CountsMatchRowsAsync(Campaign);
        await CountsMatchRowsAsync(OtherCampaign);
    }

    [StoreFact]
    public async Task Each_intent_of_a_batch_is_judged_on_its_own()
    {
        var free = await AddLeadAsync(1);
        var busy = await AddLeadAsync(2);
        await BeginAsync(await AddLeadAsync(2, OtherCampaign));
        var refused = await AddLeadAsync(3);
        await DoNotCall.AddAsync(refused.Number, null, "asked", "anna");
        var refusedHere = await AddLeadAsync(4);
        await DoNotCall.AddAsync(refusedHere.Number, Campaign, null, null);
        var excluded = await AddLeadAsync(5);
        await Leads.ExcludeAsync(Campaign, [excluded.Id], "wrong");
        var refusedElsewhere = await AddLeadAsync(6);
        await DoNotCall.AddAsync(refusedElsewhere.Number, OtherCampaign, null, null);
        var unknown = free with { Id = 999_999, Number = Number(999) };

        Lead[] leads = [unknown, refused, free, busy, refusedHere, excluded, refusedElsewhere];
        Assert.Equal(
            [BeginResult.LeadNotDialable, BeginResult.DoNotCall, BeginResult.Begun, BeginResult.NumberInCall, BeginResult.DoNotCall, BeginResult.LeadNotDialable, BeginResult.Begun],
            await TryBeginAsync([.. leads.Select(l => Intent(l))]));
    }

    [StoreFact]
    public async Task A_lead_is_not_dialed_before_its_time_nor_on_a_stale_count_of_attempts()
    {
        var lead = await AddLeadAsync(1);
        await Attempts.CompleteAsync(Ended(await BeginAsync(lead)), Retry with { NextAt = Now + TimeSpan.FromMinutes(3) });

        Assert.Equal([BeginResult.LeadNotDialable], await TryBeginAsync(Intent(await ReadAsync(lead))));
        Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal([BeginResult.LeadNotDialable], await TryBeginAsync(Intent(lead)));
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(await ReadAsync(lead))));
    }

    [StoreFact]
    public async Task An_intent_whose_answer_was_lost_may_be_repeated()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(intent));
        Assert.Equal(1, (await ReadAsync(lead)).Attempts);
    }

    [StoreFact]
    public async Task An_attempt_that_was_not_dialed_is_taken_back_as_if_it_had_never_been()
    {
        var lead = await AddLeadAsync(1);
        await Attempts.CompleteAsync(Ended(await BeginAsync(lead)), Retry with { NextAt = Now });
        var before = await ReadAsync(lead);
        var intent = await BeginAsync(before);

        Assert.Equal(intent.Id, Assert.Single(await Attempts.WithdrawAsync([intent.Id, AttemptId.New(Now)], Now, "no line")));
        Assert.Equal(before, await ReadAsync(lead), SameLead);
        Assert.Null(await Attempts.GetAsync(intent.Id));
        await CountsMatchRowsAsync(Campaign);
        await BeginAsync(before);
    }

    [StoreFact]
    public async Task An_ended_attempt_is_not_taken_back()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        await Attempts.CompleteAsync(Ended(intent), Retry);
        Assert.Empty(await Attempts.WithdrawAsync([intent.Id], Now, "late"));
        Assert.NotNull(await Attempts.GetAsync(intent.Id));
    }

    [StoreFact]
    public async Task An_attempt_that_does_not_count_leaves_its_record_and_the_lead_may_be_dialed_under_the_same_number_of_attempt()
    {
        var lead = await AddLeadAsync(1);
        var first = await BeginAsync(lead);

        await Attempts.CompleteAsync(Ended(first, Outcome.Congestion), new LeadChange { Status = LeadStatus.New, NextAt = Now, AttemptsSinceAnswer = 0, TakenBack = true });

        var back = await ReadAsync(lead);
        Assert.Equal((LeadStatus.New, 0), (back.Status, back.Attempts));
        Assert.Equal(Outcome.Congestion, (await Attempts.GetAsync(first.Id))!.Outcome);
        Assert.Equal(1, (await BeginAsync(back)).AttemptNumber);
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task A_number_that_two_leads_share_is_in_one_call_at_a_time()
    {
        var first = (await Leads.AddAsync(Campaign, Number(1), otherNumbers: [Number(2)]))!;
        var second = await AddLeadAsync(2);

        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(first) with { Number = Number(2) }));
        Assert.Equal([BeginResult.NumberInCall], await TryBeginAsync(Intent(second)));
    }

    static bool SameLead(Lead? a, Lead? b) => a! with { Data = b!.Data } == b;
}
