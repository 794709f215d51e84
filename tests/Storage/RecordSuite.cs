using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_records() : RecordSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_records(PostgresServer server) : RecordSuite(new PostgresStore(server));

/// <summary>Lists and counts of call records.</summary>
public abstract class RecordSuite(TestStore store) : StoreSuite(store)
{
    [StoreFact]
    public async Task Records_are_found_by_campaign_time_outcome_number_and_agent()
    {
        var busy = await RecordAsync(1, Campaign, Outcome.Busy);
        Time.Advance(TimeSpan.FromMinutes(1));
        var talk = await RecordAsync(2, Campaign, Outcome.HumanAnswered, new("PJSIP/9001"));
        Time.Advance(TimeSpan.FromMinutes(1));
        var other = await RecordAsync(2, OtherCampaign, Outcome.NoAnswer);
        var open = await BeginAsync(await AddLeadAsync(3));

        Assert.Equal([other, talk, busy], await FindAsync(new()));
        Assert.Equal([talk, busy], await FindAsync(new() { Campaigns = [Campaign] }));
        Assert.Equal([other, talk, busy], await FindAsync(new() { Campaigns = [Campaign, OtherCampaign] }));
        Assert.Equal([talk], await FindAsync(new() { From = talk.Intent.At, To = other.Intent.At }));
        Assert.Equal([other, busy], await FindAsync(new() { Outcomes = [Outcome.Busy, Outcome.NoAnswer] }));
        Assert.Equal([other, talk], await FindAsync(new() { Number = Number(2) }));
        Assert.Equal([talk], await FindAsync(new() { Agent = new("PJSIP/9001") }));
        Assert.Empty(await FindAsync(new() { Number = new("' OR ''='") }));
        Assert.Contains(open, (await FindAsync(new() { EndedOnly = false })).Select(a => a.Intent));
    }

    [StoreFact]
    public async Task Pages_meet_each_record_once_while_new_ones_are_added_in_front()
    {
        var all = new List<Attempt>();
        for (var i = 0; i < 9; i++) all.Insert(0, await RecordAsync(i, Campaign, Outcome.Busy));
        var seen = new List<AttemptId>();
        AttemptCursor? after = null;
        while (await FindAsync(new() { Limit = 2, After = after }) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(a => a.Intent.Id));
            after = AttemptCursor.Parse(AttemptCursor.After(page[^1]).ToString(), null);
            Time.Advance(TimeSpan.FromSeconds(1));
            await RecordAsync(100 + seen.Count, Campaign, Outcome.Busy);
        }
        Assert.Equal(9, seen.Count);
        Assert.Equal(all.Select(a => a.Intent.Id.Value).Order(), seen.Select(i => i.Value).Order());
    }

    [StoreFact]
    public async Task Records_are_found_by_server_and_trunk_and_paged_from_the_oldest_on()
    {
        var old = await RecordAsync(1, Campaign, Outcome.Busy);
        Time.Advance(TimeSpan.FromMinutes(1));
        var recent = await RecordAsync(2, Campaign, Outcome.Busy);

        Assert.Equal([recent, old], await FindAsync(new() { Server = old.Intent.Server, Trunk = old.Intent.Trunk }));
        Assert.Empty(await FindAsync(new() { Server = new("elsewhere") }));
        Assert.Empty(await FindAsync(new() { Trunk = new("elsewhere") }));
        var first = Assert.Single(await FindAsync(new() { OldestFirst = true, Limit = 1 }));
        Assert.Equal(old, first);
        Assert.Equal([recent], await FindAsync(new() { OldestFirst = true, After = AttemptCursor.After(first) }));
    }

    [StoreFact]
    public async Task A_stream_gives_all_records_across_its_pages()
    {
        for (var i = 0; i < 1005; i += 201)
        {
            var leads = new List<Lead>();
            for (var n = i; n < i + 201; n++) leads.Add(await AddLeadAsync(n));
            var intents = leads.Select(l => Intent(l)).ToArray();
            await Attempts.BeginAsync(intents);
            await Task.WhenAll(intents.Select(t => Attempts.CompleteAsync(Ended(t), new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = 0 })));
        }
        var seen = new List<AttemptId>();
        await foreach (var attempt in Attempts.StreamAsync(new() { Campaigns = [Campaign], Limit = 1 })) seen.Add(attempt.Intent.Id);
        Assert.Equal(1005, seen.Count);
        Assert.Equal(1005, seen.Distinct().Count());
    }

    [StoreFact]
    public async Task Outcomes_and_attempts_are_counted_from_a_time_on()
    {
        await RecordAsync(1, Campaign, Outcome.Busy);
        Time.Advance(TimeSpan.FromMinutes(1));
        var since = Now;
        await RecordAsync(2, Campaign, Outcome.Busy);
        await RecordAsync(3, Campaign, Outcome.Busy);
        await RecordAsync(4, Campaign, Outcome.Machine);
        await RecordAsync(5, OtherCampaign, Outcome.Failed);
        await BeginAsync(await AddLeadAsync(6));

        var counts = await Attempts.CountsByOutcomeAsync(Campaign, since);
        Assert.Equal([(Outcome.Machine, 1), (Outcome.Busy, 2)], counts.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key));
        Assert.Equal(4, await Attempts.CountSinceAsync(Campaign, since));
    }

    [StoreFact]
    public void A_cursor_from_outside_is_read_or_refused()
    {
        Assert.False(AttemptCursor.TryParse("", null, out _));
        Assert.False(AttemptCursor.TryParse("99999999999999999999.x", null, out _));
        Assert.False(AttemptCursor.TryParse("9223372036854775807.x", null, out _));
        Assert.True(AttemptCursor.TryParse("5.' OR 1=1 --", null, out var cursor));
        Assert.Equal("5.' OR 1=1 --", cursor.ToString());
    }

    Task<List<Attempt>> FindAsync(AttemptFilter filter) => Attempts.ListAsync(filter);
}
