using Carillon.Calls;
using Carillon.Dispositions;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_attempts() : AttemptSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_attempts(PostgresServer server) : AttemptSuite(new PostgresStore(server));

public abstract class AttemptSuite(TestStore store) : StoreSuite(store)
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
    public async Task The_end_of_an_attempt_is_judged_with_the_status_that_its_lead_had_before()
    {
        var lead = await AddLeadAsync(1);
        await Attempts.CompleteAsync(Ended(await BeginAsync(lead)), Retry with { Status = LeadStatus.Callback, NextAt = Now });
        var again = await BeginAsync(await ReadAsync(lead));

        await Attempts.CompleteAsync(Ended(again, Outcome.Congestion), (ended, _) => Retry with { Status = ended.StatusBefore, NextAt = Now, TakenBack = true });

        Assert.Equal((LeadStatus.Callback, 1), ((await ReadAsync(lead)) is var back ? (back.Status, back.Attempts) : default));
    }

    [StoreFact]
    public async Task A_record_keeps_all_that_was_known_of_the_call()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        var record = new Attempt
        {
            Intent = intent,
            RingingAt = Now.AddSeconds(1),
            AnsweredAt = Now.AddSeconds(2).AddMicroseconds(1),
            BridgedAt = Now.AddSeconds(3),
            EndedAt = Now.AddSeconds(60),
            Outcome = Outcome.HumanAnswered,
            Reason = new() { Cause = 16, SipCode = 200, DialStatus = "ANSWER", Text = "клиент 'положил' трубку; DROP TABLE leads --" },
            Agent = new("PJSIP/9001"),
            Abandoned = true,
            Verdict = MachineVerdict.NotSure,
            VerdictCause = "TOOLONG-5000",
            VerdictAt = Now.AddSeconds(7),
            Key = "#",
        };
        Assert.True(await Attempts.CompleteAsync(record, new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = 1 }));

        Assert.Equal(record, await Attempts.GetAsync(intent.Id));
        var done = await ReadAsync(lead);
        Assert.Equal((LeadStatus.Completed, Outcome.HumanAnswered, 1, Now), (done.Status, done.LastOutcome!.Value, done.AttemptsSinceAnswer, done.LastAttemptAt!.Value));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task Of_completions_at_once_one_counts_and_the_others_change_nothing()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        var ended = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            Attempts.CompleteAsync(Ended(intent, i == 0 ? Outcome.Busy : Outcome.Unknown), Retry with { NextAt = Now.AddMinutes(i) }))));

        Assert.Single(ended, true);
        var winner = Array.IndexOf(ended, true);
        Assert.Equal(Now.AddMinutes(winner), (await ReadAsync(lead)).NextAt);
        Assert.Equal(winner == 0 ? Outcome.Busy : Outcome.Unknown, (await Attempts.GetAsync(intent.Id))!.Outcome);
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task A_late_completion_does_not_touch_the_next_attempt()
    {
        var lead = await AddLeadAsync(1);
        var first = await BeginAsync(lead);
        await Attempts.CompleteAsync(Ended(first), Retry with { NextAt = Now });
        await BeginAsync(await ReadAsync(lead));

        Assert.False(await Attempts.CompleteAsync(Ended(first, Outcome.Failed), new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = 0 }));
        Assert.Equal(LeadStatus.Dialing, (await ReadAsync(lead)).Status);
    }

    [StoreFact]
    public async Task A_lead_that_was_excluded_during_its_call_stays_excluded()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        await Leads.ExcludeAsync(Campaign, [lead.Id], "asked the agent");
        Assert.True(await Attempts.CompleteAsync(Ended(intent), Retry with { NextAt = Now }));

        var excluded = await ReadAsync(lead);
        Assert.Equal((LeadStatus.Excluded, null, Outcome.NoAnswer), (excluded.Status, excluded.NextAt, excluded.LastOutcome!.Value));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task The_next_of_a_leads_numbers_is_dialed_and_what_its_rules_remember_is_kept()
    {
        var lead = (await Leads.AddAsync(Campaign, Number(1), otherNumbers: [Number(2)]))!;
        var tries = new LeadTries { Number = 1, Dead = [0] }.Ended(Outcome.InvalidNumber).Ended(Outcome.Busy).Ended(Outcome.Busy);
        await Attempts.CompleteAsync(Ended(await BeginAsync(lead)), Retry with { NextAt = Now, Tries = tries });
        lead = await ReadAsync(lead);

        Assert.Equal(tries, lead.Tries);
        Assert.Equal(Number(2), lead.NextNumber);
        Assert.Equal([BeginResult.LeadNotDialable], await TryBeginAsync(Intent(lead) with { Number = Number(3) }));
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(lead) with { Number = Number(2) }));
    }

    [StoreFact]
    public async Task A_number_that_two_leads_share_is_in_one_call_at_a_time()
    {
        var first = (await Leads.AddAsync(Campaign, Number(1), otherNumbers: [Number(2)]))!;
        var second = await AddLeadAsync(2);

        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(first) with { Number = Number(2) }));
        Assert.Equal([BeginResult.NumberInCall], await TryBeginAsync(Intent(second)));
    }

    static CallDisposition Said(DispositionAction action, DateTimeOffset at, DateTimeOffset? callAt = null) => new()
    {
        Id = new(action.ToString()),
        Meaning = new() { Name = action.ToString(), Action = action, SameAgent = action == DispositionAction.CallAgain },
        At = at,
        By = "anna",
        CallAt = callAt,
    };

    [StoreFact]
    public async Task What_is_said_of_a_call_is_applied_once_and_the_last_word_counts()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        await Attempts.CompleteAsync(Ended(intent, Outcome.HumanAnswered) with { Agent = new("PJSIP/9001") }, Retry);

        var (again, done) = (Said(DispositionAction.CallAgain, Now, Now.AddHours(1)), Said(DispositionAction.Completed, Now));
        Assert.Equal(SaidOutcome.Applied, await Attempts.SayAsync(intent.Id, again));
        Assert.Equal(SaidOutcome.SaidBefore, await Attempts.SayAsync(intent.Id, again with { At = Now.AddMinutes(1), By = "boss" }));
        var callback = await ReadAsync(lead);
        Assert.Equal(SaidOutcome.Applied, await Attempts.SayAsync(intent.Id, done));

        Assert.Equal((LeadStatus.Callback, Now.AddHours(1), "PJSIP/9001"), (callback.Status, callback.NextAt!.Value, callback.Agent?.Value));
        Assert.Equal((LeadStatus.Completed, null), ((await ReadAsync(lead)).Status, (await ReadAsync(lead)).NextAt));
        Assert.Equal("Completed", (await Attempts.GetAsync(intent.Id))!.Disposition!.Meaning.Name);
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task What_is_said_while_the_call_lives_is_known_at_its_end()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);

        Assert.Equal(SaidOutcome.AtEnd, await Attempts.SayAsync(intent.Id, Said(DispositionAction.Exclude, Now)));
        Assert.Equal(LeadStatus.Dialing, (await ReadAsync(lead)).Status);
        await Attempts.CompleteAsync(Ended(intent, Outcome.HumanAnswered), (ended, l) => DispositionRules.AtEnd(ended, l, new()));

        Assert.Equal((LeadStatus.Excluded, "Exclude"), ((await ReadAsync(lead)).Status, (await ReadAsync(lead)).ExcludedBecause));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task What_is_said_late_is_recorded_and_leaves_the_lead_to_its_later_call()
    {
        var lead = await AddLeadAsync(1);
        var first = await BeginAsync(lead);
        await Attempts.CompleteAsync(Ended(first), Retry with { NextAt = Now });
        Time.Advance(TimeSpan.FromMinutes(1));
        var second = await BeginAsync(await ReadAsync(lead));

        Assert.Equal(SaidOutcome.RecordedOnly, await Attempts.SayAsync(first.Id, Said(DispositionAction.Completed, Now)));
        await Attempts.CompleteAsync(Ended(second), Retry with { NextAt = Now });
        Assert.Equal(SaidOutcome.RecordedOnly, await Attempts.SayAsync(first.Id, Said(DispositionAction.CallAgain, Now)));

        Assert.Equal((LeadStatus.Unanswered, Now), ((await ReadAsync(lead)).Status, (await ReadAsync(lead)).NextAt!.Value));
        Assert.Equal("CallAgain", (await Attempts.GetAsync(first.Id))!.Disposition!.Meaning.Name);
        Assert.Equal(SaidOutcome.NoSuchCall, await Attempts.SayAsync(new("carillon-none"), Said(DispositionAction.Completed, Now)));
    }

    [StoreFact]
    public async Task Progress_is_noted_once_and_only_while_the_call_lasts()
    {
        var intent = await BeginAsync(await AddLeadAsync(1));
        var ringing = new Attempt { Intent = intent, RingingAt = Now };
        Assert.True(await Attempts.UpdateProgressAsync(ringing));
        Assert.True(await Attempts.UpdateProgressAsync(new() { Intent = intent, RingingAt = Now.AddSeconds(9), AnsweredAt = Now.AddSeconds(5), Agent = new("PJSIP/1") }));
        Assert.Equal(
            new Attempt { Intent = intent, RingingAt = Now, AnsweredAt = Now.AddSeconds(5), Agent = new("PJSIP/1") }, await Attempts.GetAsync(intent.Id));

        await Attempts.CompleteAsync(Ended(intent), Retry);
        Assert.False(await Attempts.UpdateProgressAsync(ringing));
    }

    static bool SameLead(Lead? a, Lead? b) => a! with { Data = b!.Data } == b;
}
