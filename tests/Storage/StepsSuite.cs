using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_steps() : StepsSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_steps(PostgresServer server) : StepsSuite(new PostgresStore(server));

/// <summary>How far the calls of a campaign came.</summary>
public abstract class StepsSuite(TestStore store) : StoreSuite(store)
{
    int _numbers;

    /// <returns>The lead, which may be called again.</returns>
    async Task<Lead> Call(Outcome outcome, Lead? lead = null, CampaignId? campaign = null, string list = "", bool rang = false, bool picked = false, bool talked = false, bool abandoned = false)
    {
        lead ??= (await Leads.AddAsync(campaign ?? Campaign, Number(++_numbers), place: LeadPlace.Default with { List = list }))!;
        var intent = await BeginAsync(lead);
        var ended = Ended(intent, outcome) with { RingingAt = rang ? Now : null, AnsweredAt = picked ? Now : null, BridgedAt = talked ? Now : null, Abandoned = abandoned };
        Assert.True(await Attempts.CompleteAsync(ended, new LeadChange { Status = LeadStatus.Unanswered, NextAt = Now, AttemptsSinceAnswer = 0 }));
        return await ReadAsync(lead);
    }

    async Task<CallSteps[]> Steps(StepsBy by, int most = 100) => [.. await Attempts.StepsAsync(by, Campaign, Now.AddDays(-1), Now.AddDays(1), most)];

    [StoreFact]
    public async Task Calls_are_told_by_attempt_and_outcome_with_the_steps_that_they_came_to()
    {
        var lead = await Call(Outcome.NoAnswer, rang: true);
        await Call(Outcome.Busy, lead);
        await Call(Outcome.HumanAnswered, rang: true, picked: true, talked: true);
        // Of a call that was taken up again after a loss not every step is known; it had come to the earlier ones all the same.
        await Call(Outcome.HumanAnswered, talked: true, abandoned: true);
        await Call(Outcome.HumanAnswered, picked: true);
        await Call(Outcome.Machine);
        await Call(Outcome.Abandoned, picked: true, abandoned: true);
        await Call(Outcome.Unknown, picked: true);
        await Call(Outcome.Busy, campaign: OtherCampaign);
        await BeginAsync(await AddLeadAsync(1000));

        Assert.Equal(
            [
                new CallSteps("1", Outcome.HumanAnswered, 3, 3, 3, 1, 2), new("1", Outcome.Abandoned, 1, 1, 1, 1, 0), new("1", Outcome.Machine, 1, 1, 1, 0, 0),
                new("1", Outcome.NoAnswer, 1, 1, 0, 0, 0), new("1", Outcome.Unknown, 1, 1, 1, 0, 0), new("2", Outcome.Busy, 1, 0, 0, 0, 0),
            ],
            await Steps(StepsBy.Attempt));
        Assert.Equal(("1", Outcome.HumanAnswered), Assert.Single((await Steps(StepsBy.Attempt, most: 1)).Select(s => (s.Key, s.Outcome))));
    }

    [StoreFact]
    public async Task A_call_is_of_the_list_that_its_lead_is_in_now()
    {
        var moved = await Call(Outcome.Busy, list: "cold");
        await Call(Outcome.Busy, list: "cold");
        await Call(Outcome.NoAnswer, list: "warm");
        await Call(Outcome.Busy);
        Assert.Equal([("cold", 2L), ("", 1), ("warm", 1)], (await Steps(StepsBy.List)).Select(s => (s.Key, s.Attempts)));
        Assert.NotNull(await Leads.SetPlaceAsync(Campaign, moved.Id, LeadPlace.Default with { List = "warm" }));
        Assert.Equal([("", 1L), ("cold", 1), ("warm", 1), ("warm", 1)], (await Steps(StepsBy.List)).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Attempts)));
    }

    [StoreFact]
    public async Task Quarters_of_an_hour_are_told_and_what_is_outside_of_the_time_is_not()
    {
        await Call(Outcome.Busy);
        Time.Advance(TimeSpan.FromHours(1));
        var from = Now;
        await Call(Outcome.Busy);
        Time.Advance(TimeSpan.FromMinutes(20));
        await Call(Outcome.NoAnswer);
        Time.Advance(TimeSpan.FromMinutes(1));
        var to = Now;
        await Call(Outcome.NoAnswer);
        Assert.Equal(
            [(from, Outcome.Busy, 1L), (from.AddMinutes(15), Outcome.NoAnswer, 1)],
            (await Attempts.StepsByTimeAsync(Campaign, from, to)).OrderBy(s => s.At).Select(s => (s.At, s.Steps.Outcome, s.Steps.Attempts)));
    }
}
