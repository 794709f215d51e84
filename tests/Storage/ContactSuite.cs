using Carillon.Calls;
using Carillon.Contacts;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_contact() : ContactSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_contact(PostgresServer server) : ContactSuite(new PostgresStore(server));

/// <summary>What limits calls to a number: its calls, do-not-call lists that end, and leads that were put off for it.</summary>
public abstract class ContactSuite(TestStore store) : StoreSuite(store)
{
    SubscriberStore Subscribers => new(Db);

    async Task<Attempt> CallAsync(long number, CampaignId campaign, Outcome outcome, bool answered)
    {
        var lead = await Leads.FindAsync(campaign, Number(number)) ?? await AddLeadAsync(number, campaign);
        var intent = await BeginAsync(lead);
        var ended = Ended(intent, outcome) with { AnsweredAt = answered ? Now : null };
        Assert.True(await Attempts.CompleteAsync(ended, (_, _) => new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0, NextAt = Now }));
        return ended;
    }

    [StoreFact]
    public async Task The_facts_of_a_number_have_its_calls_of_all_campaigns_and_of_a_month()
    {
        await CallAsync(1, Campaign, Outcome.Busy, answered: false);
        Time.Advance(CapRules.Memory + TimeSpan.FromSeconds(1));
        var machine = await CallAsync(1, Campaign, Outcome.Machine, answered: true);
        Time.Advance(TimeSpan.FromHours(1));
        var talk = await CallAsync(1, OtherCampaign, Outcome.HumanAnswered, answered: true);
        await CallAsync(2, Campaign, Outcome.HumanAnswered, answered: true);
        Time.Advance(TimeSpan.FromHours(1));
        var open = await BeginAsync((await Leads.FindAsync(Campaign, Number(1)))!);

        var facts = await Subscribers.FactsAsync(Number(1));
        Assert.Equal(
            [new PastCall(machine.Intent.At, machine.EndedAt, false), new PastCall(talk.Intent.At, talk.EndedAt, true), new PastCall(open.At, null, false)],
            facts.Calls.OrderBy(c => c.At));
        Assert.Equal(open.Id, facts.OpenAttempt);
        var many = await Subscribers.FactsAsync([Number(1), Number(2), Number(3)]);
        Assert.Equal([3, 1, 0], [many[Number(1)].Calls.Length, many[Number(2)].Calls.Length, many[Number(3)].Calls.Length]);
    }

    [StoreFact]
    public async Task A_yes_that_knew_nothing_of_a_call_since_begins_none_and_leaves_its_lead_as_it_was()
    {
        await CallAsync(1, Campaign, Outcome.Busy, answered: false);
        var (stale, fresh) = ((await Subscribers.FactsAsync(Number(1))).Seen, (await Subscribers.FactsAsync(Number(2))).Seen);
        // Another activation of the number's grain said yes too.
        await CallAsync(1, OtherCampaign, Outcome.NoAnswer, answered: false);
        var (again, other, unasked) = ((await Leads.FindAsync(Campaign, Number(1)))!, await AddLeadAsync(2), await AddLeadAsync(3));

        Assert.Equal(
            [BeginResult.NumberCalled, BeginResult.Begun, BeginResult.Begun],
            await TryBeginAsync(Intent(again) with { Seen = stale }, Intent(other) with { Seen = fresh }, Intent(unasked)));
        Assert.Equal(again, await ReadAsync(again));
        await CountsMatchRowsAsync(Campaign);

        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(again) with { Seen = (await Subscribers.FactsAsync(Number(1))).Seen }));
    }

    [StoreFact]
    public async Task A_call_that_has_not_ended_is_found_however_long_ago_it_began()
    {
        var open = await BeginAsync(await AddLeadAsync(1));
        Time.Advance(TimeSpan.FromDays(100));

        Assert.Equal(open.Id, (await Subscribers.FactsAsync(Number(1))).OpenAttempt);
    }

    [StoreFact]
    public async Task An_entry_that_ends_forbids_calls_until_then()
    {
        var end = Now.AddDays(1);
        Assert.True(await DoNotCall.AddAsync(Number(1), null, "on holiday", "anna", end));
        var forbidden = (await Subscribers.FactsAsync(Number(1))).ForbiddenIn(Campaign, Now)!.Value;
        Assert.Equal((end, "on holiday"), (forbidden.Until!.Value, forbidden.Reason));
        var intent = Intent(await AddLeadAsync(1));
        Assert.Equal(BeginResult.DoNotCall, Assert.Single(await Attempts.BeginAsync([intent])));

        Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await Subscribers.FactsAsync(Number(1))).ForbiddenIn(Campaign, Now));
        Assert.Equal(BeginResult.Begun, Assert.Single(await Attempts.BeginAsync([intent])));
    }

    [StoreFact]
    public async Task Adding_again_makes_an_entry_last_longer_and_never_shorter()
    {
        Assert.True(await DoNotCall.AddAsync(Number(1), null, "short", null, Now.AddDays(1)));
        Assert.True(await DoNotCall.AddAsync(Number(1), null, "longer", null, Now.AddDays(2)));
        Assert.False(await DoNotCall.AddAsync(Number(1), null, "shorter", null, Now.AddDays(1)));
        Assert.True(await DoNotCall.AddAsync(Number(1), null, "for ever", null));
        Assert.False(await DoNotCall.AddAsync(Number(1), null, "for a while", null, Now.AddDays(9)));
        Assert.Equal(("for ever", null), Assert.Single(await DoNotCall.ListAsync(null)) is var entry ? (entry.Reason, entry.ExpiresAt) : default);
    }

    [StoreFact]
    public async Task Many_numbers_are_listed_at_once_and_counted()
    {
        await DoNotCall.AddAsync(Number(5), Campaign, null, null);
        Assert.Equal(9, await DoNotCall.AddAllAsync([.. Enumerable.Range(0, 10).Select(i => Number(i)), Number(3)], Campaign, "law", "anna"));
        Assert.Equal(10, (await DoNotCall.ListAsync(Campaign)).Count);
        await DoNotCall.AddAsync(new("+78120000001"), Campaign, null, null);
        Assert.Equal([Number(8), Number(9)], (await DoNotCall.ListAsync(Campaign, after: Number(7), prefix: "+7495")).Select(e => e.Number));
        Assert.Equal(new("+78120000001"), Assert.Single(await DoNotCall.ListAsync(Campaign, prefix: "+7812")).Number);
    }

    [StoreFact]
    public async Task A_lead_that_was_put_off_says_why_until_something_else_sets_its_time()
    {
        var lead = await AddLeadAsync(1);
        await Leads.PostponeAsync(Campaign, [lead.Id], Now.AddHours(1), PutOff.OwnHours);
        var put = (await Leads.GetAsync(lead.Id))!;
        Assert.Equal((PutOff.OwnHours, Now.AddHours(1)), (put.PutOff!.Value, put.NextAt!.Value));

        await Leads.CallBackAsync(Campaign, lead.Id, Now.AddHours(2));
        Assert.Null((await Leads.GetAsync(lead.Id))!.PutOff);
    }

    [StoreFact]
    public async Task When_rules_change_what_they_put_off_is_due_again_and_nothing_else_is()
    {
        var (hours, cap, trunk, called, elsewhere) = (await AddLeadAsync(1), await AddLeadAsync(2), await AddLeadAsync(3), await AddLeadAsync(4), await AddLeadAsync(5, OtherCampaign));
        await Leads.PostponeAsync(Campaign, [hours.Id], Now.AddHours(1), PutOff.OwnHours);
        await Leads.PostponeAsync(Campaign, [cap.Id, called.Id], Now.AddHours(2), PutOff.Cap);
        await Leads.PostponeAsync(Campaign, [trunk.Id], Now.AddHours(3), PutOff.NoTrunk);
        await Leads.PostponeAsync(OtherCampaign, [elsewhere.Id], Now.AddHours(4), PutOff.OwnHours);
        await Leads.CallBackAsync(Campaign, called.Id, Now.AddHours(5));

        await Leads.RecheckAsync(Campaign);

        Assert.Equal([hours.Id, cap.Id], (await Leads.TakeDueAsync(Campaign, Now, OpenColumns.Both, 10)).Select(l => l.Id));
        Assert.Equal(Now.AddHours(4), (await Leads.GetAsync(elsewhere.Id))!.NextAt);
    }

    [StoreFact]
    public async Task A_number_that_is_taken_off_a_list_is_due_again_where_it_was_put_off_for_it()
    {
        var (listed, capped, elsewhere) = (await AddLeadAsync(1), await AddLeadAsync(2), await AddLeadAsync(1, OtherCampaign));
        await Leads.PostponeAsync(Campaign, [listed.Id], Now.AddHours(1), PutOff.DoNotCall);
        await Leads.PostponeAsync(Campaign, [capped.Id], Now.AddHours(1), PutOff.Cap);
        await Leads.PostponeAsync(OtherCampaign, [elsewhere.Id], Now.AddHours(1), PutOff.DoNotCall);

        Assert.Equal(1, await Leads.RecheckAsync(Number(1), Campaign));
        Assert.Equal(0, await Leads.RecheckAsync(Number(2), null));
        Assert.Equal((Now, Now.AddHours(1)), ((await Leads.GetAsync(listed.Id))!.NextAt!.Value, (await Leads.GetAsync(elsewhere.Id))!.NextAt!.Value));
        Assert.Equal(1, await Leads.RecheckAsync(Number(1), null));
    }

    [StoreFact]
    public async Task The_place_of_a_lead_is_how_many_due_ones_are_taken_before_it()
    {
        var leads = new List<Lead>();
        for (var i = 0; i < 5; i++) leads.Add(await AddLeadAsync(i));
        await Leads.CallBackAsync(Campaign, leads[4].Id, Now);
        await Leads.PostponeAsync(Campaign, [leads[1].Id], Now.AddHours(1), PutOff.Cap);
        var order = await Leads.TakeDueAsync(Campaign, Now, OpenColumns.Both, 10);

        Assert.Equal(4, order.Count);
        for (var i = 0; i < order.Count; i++) Assert.Equal(i, await Leads.DueBeforeAsync(order[i], Now, OpenColumns.Both));
    }
}
