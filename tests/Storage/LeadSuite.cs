using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_leads() : LeadSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_leads(PostgresServer server) : LeadSuite(new PostgresStore(server));

public abstract class LeadSuite(TestStore store) : StoreSuite(store)
{
    [StoreFact]
    public async Task A_number_is_in_a_campaign_once()
    {
        Assert.NotNull(await Leads.AddAsync(Campaign, Number(1)));
        Assert.Null(await Leads.AddAsync(Campaign, Number(1)));
        Assert.NotNull(await Leads.AddAsync(OtherCampaign, Number(1)));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task Of_32_adds_of_one_number_at_once_one_is_taken()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Leads.AddAsync(Campaign, Number(1)))));
        Assert.Single(added, l => l is not null);
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task The_columns_of_the_list_come_back_whatever_is_in_them()
    {
        var data = new Dictionary<string, string>
        {
            ["name'); DROP TABLE leads; --"] = "Robert'); DROP TABLE leads; --",
            ["пусто"] = "",
            ["long"] = new string('я', 100_000),
            ["signs"] = "\0\r\n\t\"\\ 😀 \u202e @id {{in:ids}} :x $1 ?",
        }.ToImmutableDictionary();
        var lead = await Leads.AddAsync(Campaign, Number(1), data);
        Assert.Equal(data.OrderBy(d => d.Key, StringComparer.Ordinal), (await ReadAsync(lead!)).Data.OrderBy(d => d.Key, StringComparer.Ordinal));
        Assert.Equal(Now, lead!.CreatedAt);
    }

    [StoreFact]
    public async Task Odd_values_in_filters_find_nothing_and_break_nothing()
    {
        await AddLeadAsync(1);
        foreach (var prefix in new[] { "' OR 1=1 --", "%", "_", "+7%", new string('9', 10_000), "١٢٣" })
        {
            Assert.Empty(await Leads.ListAsync(Campaign, new() { NumberPrefix = prefix }));
            Assert.Null(await Leads.FindAsync(new(prefix), new(prefix)));
        }
        Assert.Single(await Leads.ListAsync(Campaign, new() { NumberPrefix = "" }));
        Assert.Single(await Leads.ListAsync(Campaign, new() { NumberPrefix = "+7495" }));
    }

    [StoreFact]
    public async Task Further_numbers_come_back_whether_imported_or_added()
    {
        await Leads.ImportAsync(Campaign, new[] { new NewLead(1, Number(1), OtherNumbers: $"[\"{Number(2)}\",\"{Number(3)}\"]"), new NewLead(2, Number(2)) }.ToAsyncEnumerable());
        var added = await Leads.AddAsync(Campaign, Number(4), otherNumbers: [Number(1)]);

        Assert.Equal([Number(2), Number(3)], (await Leads.FindAsync(Campaign, Number(1)))!.OtherNumbers.ToArray());
        Assert.Empty((await Leads.FindAsync(Campaign, Number(2)))!.OtherNumbers);
        Assert.Equal([Number(1)], (await ReadAsync(added!)).OtherNumbers.ToArray());
    }

    [StoreFact]
    public async Task A_number_that_must_not_be_called_gives_its_turn_to_the_next_and_after_the_last_the_lead_is_excluded()
    {
        var lead = (await Leads.AddAsync(Campaign, Number(1), otherNumbers: [Number(2)]))!;

        await Leads.SkipNumberAsync(Campaign, lead.Id, Number(1), "listed");
        await Leads.SkipNumberAsync(Campaign, lead.Id, Number(1), "listed");
        var second = await ReadAsync(lead);
        await Leads.SkipNumberAsync(Campaign, lead.Id, Number(2), "listed");

        Assert.Equal((Number(2), LeadStatus.New), (second.NextNumber, second.Status));
        Assert.Equal((LeadStatus.Excluded, "listed"), ((await ReadAsync(lead)).Status, (await ReadAsync(lead)).ExcludedBecause));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task An_import_takes_each_number_once_and_names_the_lines_of_the_others()
    {
        await AddLeadAsync(3);
        var lines = new List<int>();
        var report = await Leads.ImportAsync(Campaign, ListAsync([1, 2, 1, 3, 4, 2]), p => lines.AddRange(p.DuplicateLines));

        Assert.Equal((6, 3, 3), (report.Read, report.Imported, report.Duplicates));
        Assert.Equal([3, 4, 6], lines);
        Assert.Equal([Number(1), Number(2), Number(3), Number(4)], (await Leads.ListAsync(Campaign, new())).Select(l => l.Number).Order(Comparer<Numbers.PhoneNumber>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))));
        Assert.Equal("line 5", (await Leads.FindAsync(Campaign, Number(4)))!.Data["note"]);
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task An_aborted_import_leaves_whole_batches_and_can_be_repeated()
    {
        var size = Db.ImportBatch;
        await Assert.ThrowsAsync<IOException>(() => Leads.ImportAsync(Campaign, BreakAfterAsync(size + 10)));
        Assert.Equal(size, (await Leads.CountByStatusAsync(Campaign))[LeadStatus.New]);

        var report = await Leads.ImportAsync(Campaign, ListAsync(Enumerable.Range(0, size + 10)));
        Assert.Equal((10, size), (report.Imported, report.Duplicates));
        Assert.Equal(size + 10, await Leads.LeadsLeftAsync(Campaign));
    }

    [StoreFact]
    public async Task Imports_of_one_list_at_once_take_each_number_once()
    {
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
            Leads.ImportAsync(Campaign, ListAsync(i % 2 == 0 ? Enumerable.Range(0, 2000) : Enumerable.Range(0, 2000).Reverse())))));
        Assert.Equal(2000, reports.Sum(r => r.Imported));
        Assert.Equal(6000, reports.Sum(r => r.Duplicates));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task Callbacks_are_due_first_then_whoever_has_waited_longest()
    {
        var never = await AddLeadAsync(1);
        Time.Advance(TimeSpan.FromMinutes(1));
        var late = await EndAsync(await AddLeadAsync(2), LeadStatus.Unanswered, Now.AddMinutes(20));
        var early = await EndAsync(await AddLeadAsync(3), LeadStatus.Unanswered, Now.AddMinutes(5));
        var answered = await EndAsync(await AddLeadAsync(4), LeadStatus.Answered, Now.AddMinutes(6), sinceAnswer: 1);
        var callback = await EndAsync(await AddLeadAsync(5), LeadStatus.Callback, Now.AddMinutes(9), sinceAnswer: 1);
        var promise = await EndAsync(await AddLeadAsync(6), LeadStatus.Callback, Now.AddMinutes(8));
        await EndAsync(await AddLeadAsync(7), LeadStatus.Completed, null);
        Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(Ids(promise, callback, never, early, answered), await DueAsync(OpenColumns.Both));
        Assert.Equal(Ids(promise, never, early), await DueAsync(OpenColumns.Unanswered));
        Assert.Equal(Ids(callback, answered), await DueAsync(OpenColumns.Answered));
        Assert.Empty(await DueAsync(OpenColumns.None));
        Assert.Empty(await Leads.TakeDueAsync(OtherCampaign, Now, OpenColumns.Both, 10));
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains(late.Id, await DueAsync(OpenColumns.Unanswered));
    }

    [StoreFact]
    public async Task The_next_due_time_is_the_earliest_of_the_open_columns()
    {
        Assert.Null(await Leads.NextDueAsync(Campaign));
        var start = Now;
        await EndAsync(await AddLeadAsync(1), LeadStatus.Unanswered, start.AddHours(2));
        await EndAsync(await AddLeadAsync(2), LeadStatus.Callback, start.AddHours(1), sinceAnswer: 2);
        Assert.Equal(start.AddHours(1), await Leads.NextDueAsync(Campaign));
        Assert.Equal(start.AddHours(2), await Leads.NextDueAsync(Campaign, OpenColumns.Unanswered));
        Assert.Equal(start.AddHours(1), await Leads.NextDueAsync(Campaign, OpenColumns.Answered));
    }

    [StoreFact]
    public async Task Pages_by_id_stay_whole_while_leads_are_added()
    {
        for (var i = 0; i < 10; i++) await AddLeadAsync(i);
        var first = await Leads.ListAsync(Campaign, new() { Limit = 6 });
        for (var i = 10; i < 15; i++) await AddLeadAsync(i);
        var rest = await Leads.ListAsync(Campaign, new() { Limit = 100, After = first[^1].Id });
        Assert.Equal(15, first.Concat(rest).Select(l => l.Id).Distinct().Count());
        Assert.Equal(15, first.Count + rest.Count);
        Assert.Empty(await Leads.ListAsync(Campaign, new() { Limit = 0 }));
        Assert.Empty(await Leads.ListAsync(Campaign, new() { Statuses = [LeadStatus.Answered, LeadStatus.Callback] }));
    }

    [StoreFact]
    public async Task Pages_by_number_stay_whole_and_hold_the_number_that_is_the_beginning_itself()
    {
        for (var i = 20; i > 0; i--) await AddLeadAsync(i);
        await AddLeadAsync(7, OtherCampaign);
        // The same digits and one more: a plan may allow both.
        await Leads.AddAsync(Campaign, new(Number(12).Value + "0"));
        await Leads.ExcludeAsync(Campaign, [(await Leads.FindAsync(Campaign, Number(13)))!.Id], "wished");

        Assert.Equal([Number(12).Value, Number(12).Value + "0"], await PagesAsync(Number(12).Value, []));
        Assert.Equal([.. Enumerable.Range(10, 3).Select(i => Number(i).Value), Number(12).Value + "0", .. Enumerable.Range(14, 6).Select(i => Number(i).Value)], await PagesAsync(Number(10).Value[..^1], [LeadStatus.New]));
        Assert.Equal([Number(13).Value], await PagesAsync("+7", [LeadStatus.Excluded, LeadStatus.Callback]));
        Assert.Equal(21, (await PagesAsync("+7", [])).Count);

        async Task<List<string>> PagesAsync(string prefix, LeadStatus[] statuses)
        {
            var all = new List<string>();
            for (var filter = new LeadFilter { NumberPrefix = prefix, Statuses = [.. statuses], Limit = 2 }; ; filter = filter with { AfterNumber = all[^1] })
            {
                var page = await Leads.ListAsync(Campaign, filter);
                all.AddRange(page.Select(l => l.Number.Value));
                if (page.Count < filter.Limit) return all;
            }
        }
    }

    [StoreFact]
    public async Task Pages_of_several_statuses_are_merged_by_id()
    {
        for (var i = 0; i < 12; i++) await AddLeadAsync(i);
        var ids = (await Leads.ListAsync(Campaign, new())).Select(l => l.Id).ToArray();
        await Leads.ExcludeAsync(Campaign, [.. ids.Where((_, i) => i % 3 == 0)], "wished");
        await Leads.CallBackAsync(Campaign, ids[4], Now);

        Assert.Equal(ids, (await Leads.ListAsync(Campaign, new())).Select(l => l.Id));
        Assert.Equal(ids[2..5], (await Leads.ListAsync(Campaign, new() { After = ids[1], Limit = 3 })).Select(l => l.Id));
        Assert.Equal([ids[0], ids[3], ids[4], ids[6]], (await Leads.ListAsync(Campaign, new() { Statuses = [LeadStatus.Callback, LeadStatus.Excluded, LeadStatus.Callback], Limit = 4 })).Select(l => l.Id));
    }

    [StoreFact]
    public async Task A_callback_is_due_at_its_time_and_comes_before_all_others_that_are_due()
    {
        var earlier = await AddLeadAsync(1);
        var asked = await AddLeadAsync(2);
        var gone = await AddLeadAsync(3);
        await Leads.ExcludeAsync(Campaign, [gone.Id], "asked us");
        var at = asked.CreatedAt.AddMinutes(10);

        Assert.True(await Leads.CallBackAsync(Campaign, asked.Id, at));
        Assert.False(await Leads.CallBackAsync(Campaign, gone.Id, at));
        Assert.False(await Leads.CallBackAsync(OtherCampaign, asked.Id, at));

        Assert.Equal([earlier.Id], (await Leads.TakeDueAsync(Campaign, at.AddTicks(-10), OpenColumns.Both, 10)).Select(l => l.Id));
        Assert.Equal([asked.Id, earlier.Id], (await Leads.TakeDueAsync(Campaign, at, OpenColumns.Both, 10)).Select(l => l.Id));
        Assert.Equal(1, (await Leads.CountByStatusAsync(Campaign))[LeadStatus.Callback]);
        Assert.Equal(2, await Leads.LeadsLeftAsync(Campaign));
    }

    [StoreFact]
    public async Task A_number_is_excluded_everywhere_or_in_one_campaign()
    {
        await AddLeadAsync(1);
        await AddLeadAsync(1, OtherCampaign);
        Assert.Equal(1, await Leads.ExcludeNumbersAsync([Number(1)], OtherCampaign, "asked"));
        Assert.Equal(1, await Leads.ExcludeNumbersAsync([Number(1)], null, "asked again"));
        Assert.Equal("asked", (await Leads.FindAsync(OtherCampaign, Number(1)))!.ExcludedBecause);
        Assert.Equal("asked again", (await Leads.FindAsync(Campaign, Number(1)))!.ExcludedBecause);
        Assert.Equal(0, await Leads.LeadsLeftAsync(Campaign));
    }

    [StoreFact]
    public async Task Removing_a_campaigns_leads_leaves_the_others_and_the_records()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        await Attempts.CompleteAsync(Ended(intent), new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = 0 });
        await AddLeadAsync(1, OtherCampaign);
        await Leads.RemoveAllAsync(Campaign);
        Assert.Empty(await Leads.ListAsync(Campaign, new()));
        Assert.Empty(await Leads.CountByStatusAsync(Campaign));
        Assert.NotNull(await Attempts.GetAsync(intent.Id));
        Assert.Single(await Leads.ListAsync(OtherCampaign, new()));
    }

    [StoreFact]
    public async Task Counts_match_the_rows_after_any_mix_of_concurrent_changes()
    {
        for (var i = 0; i < 60; i++) await AddLeadAsync(i);
        await Task.WhenAll(Enumerable.Range(1, 6).Select(seed => Task.Run(() => MixAsync(new(seed)))));
        await CountsMatchRowsAsync(Campaign);

        async Task MixAsync(Random random)
        {
            for (var step = 0; step < 40; step++)
            {
                var lead = (await Leads.FindAsync(Campaign, Number(random.Next(60))))!;
                var intent = Intent(lead);
                switch (random.Next(8))
                {
                    case 0: await Leads.ExcludeAsync(Campaign, [lead.Id], "test"); break;
                    case 1: await Leads.AddAsync(Campaign, Number(random.Next(60, 90))); break;
                    default:
                        if ((await TryBeginAsync(intent))[0] != BeginResult.Begun) break;
                        if (random.Next(4) == 0) await Attempts.WithdrawAsync([intent.Id], Now, "test");
                        else await Attempts.CompleteAsync(Ended(intent), new LeadChange { Status = LeadStatus.Unanswered, NextAt = random.Next(3) == 0 ? null : Now, AttemptsSinceAnswer = 0 });
                        break;
                }
            }
        }
    }

    async Task<Lead> EndAsync(Lead lead, LeadStatus status, DateTimeOffset? nextAt, int sinceAnswer = 0)
    {
        await Attempts.CompleteAsync(Ended(await BeginAsync(lead)), new LeadChange { Status = status, NextAt = nextAt, AttemptsSinceAnswer = sinceAnswer });
        return await ReadAsync(lead);
    }

    async Task<long[]> DueAsync(OpenColumns open) => [.. (await Leads.TakeDueAsync(Campaign, Now, open, 100)).Select(l => l.Id)];

    static long[] Ids(params Lead[] leads) => [.. leads.Select(l => l.Id)];

    static async IAsyncEnumerable<NewLead> ListAsync(IEnumerable<int> numbers)
    {
        var line = 0;
        foreach (var n in numbers)
        {
            await ValueTask.CompletedTask;
            line++;
            yield return new(line, Number(n), $$"""{"note":"line {{line}}"}""");
        }
    }

    static async IAsyncEnumerable<NewLead> BreakAfterAsync(int count)
    {
        await foreach (var lead in ListAsync(Enumerable.Range(0, count))) yield return lead;
        throw new IOException("The upload was cut off.");
    }
}
