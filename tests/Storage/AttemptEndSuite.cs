using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_attempts_that_end() : AttemptEndSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_attempts_that_end(PostgresServer server) : AttemptEndSuite(new PostgresStore(server));

/// <summary>What is noted of a call, and what its end does to its lead.</summary>
public abstract class AttemptEndSuite(TestStore store) : StoreSuite(store)
{
    static readonly LeadChange Retry = new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0 };

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
            TrunkFailed = true,
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
}
