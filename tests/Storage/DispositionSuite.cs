using Carillon.Calls;
using Carillon.Dispositions;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_dispositions() : DispositionSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_dispositions(PostgresServer server) : DispositionSuite(new PostgresStore(server));

/// <summary>What agents say of calls.</summary>
public abstract class DispositionSuite(TestStore store) : StoreSuite(store)
{
    static readonly LeadChange Retry = new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0 };

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
}
