using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_lead_order() : LeadOrderSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_lead_order(PostgresServer server) : LeadOrderSuite(new PostgresStore(server));

public abstract class LeadOrderSuite(TestStore store) : StoreSuite(store)
{
    static readonly AgentId Anna = new("PJSIP/9001");

    Task<Lead> AddAsync(int number, LeadPlace? place = null, DateTimeOffset? dialAt = null) => Task.Run(async () =>
        (await Leads.AddAsync(Campaign, Number(number), place: place, dialAt: dialAt))!);

    /// <summary>A lead that was called once and is due again at a time.</summary>
    async Task<Lead> AddTriedAsync(int number, DateTimeOffset nextAt, LeadPlace? place = null)
    {
        var lead = await AddAsync(number, place);
        await Attempts.CompleteAsync(Ended(await BeginAsync(lead)), new LeadChange { Status = LeadStatus.Unanswered, NextAt = nextAt, AttemptsSinceAnswer = 0, Agent = place?.Agent });
        return lead;
    }

    async Task<string> DueAsync(LeadOrder order, int limit = 100) =>
        string.Join(" ", (await Leads.TakeDueAsync(Campaign, Now, OpenColumns.Both, limit, order)).Select(l => int.Parse(l.Number.Value[5..], null)));

    [StoreFact]
    public async Task Higher_priorities_go_first_and_callbacks_before_all()
    {
        await AddAsync(1);
        await AddAsync(2, new() { Priority = 9 });
        await AddTriedAsync(3, Now, new() { Priority = 5 });
        var promised = await AddAsync(4);
        await Leads.CallBackAsync(Campaign, promised.Id, Now);

        Assert.Equal("4 2 3 1", await DueAsync(new()));
    }

    [StoreFact]
    public async Task Fresh_leads_go_oldest_or_newest_first_before_or_after_those_to_be_called_again()
    {
        await AddTriedAsync(1, Now.AddMinutes(1));
        await AddAsync(2);
        Time.Advance(TimeSpan.FromMinutes(5));
        await AddAsync(3);
        await AddAsync(4, dialAt: Now.AddMinutes(1));
        await AddAsync(5, dialAt: Now.AddHours(1));
        Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("2 1 3 4", await DueAsync(new()));
        Assert.Equal("2 3 1 4", await DueAsync(new() { Due = DueOrder.FreshFirst }));
        Assert.Equal("1 4 3 2", await DueAsync(new() { Due = DueOrder.RetriesFirst, Fresh = FreshOrder.Newest }));
        Assert.Equal("1", await DueAsync(new() { Due = DueOrder.RetriesFirst, Fresh = FreshOrder.Newest }, limit: 1));
    }

    [StoreFact]
    public async Task Call_order_and_chance_order_fresh_leads_and_those_without_come_after()
    {
        await AddAsync(1);
        await AddAsync(2, new() { CallOrder = 7, Chance = 0.1 });
        await AddAsync(3, new() { CallOrder = -1, Chance = 0.2 });
        var fourth = await AddAsync(4, new() { CallOrder = 3 });
        await Leads.SetChancesAsync(Campaign, [(fourth.Id, 0.9)]);

        Assert.Equal("3 4 2 1", await DueAsync(new() { Due = DueOrder.FreshFirst, Fresh = FreshOrder.CallOrder }));
        Assert.Equal("4 3 2 1", await DueAsync(new() { Due = DueOrder.FreshFirst, Fresh = FreshOrder.Chance }));
    }

    [StoreFact]
    public async Task A_lead_that_is_held_for_its_agent_is_others_only_after_a_while()
    {
        await AddAsync(1, new() { Agent = Anna });
        await AddTriedAsync(2, Now.AddMinutes(10), new() { Agent = Anna });
        Time.Advance(TimeSpan.FromMinutes(20));
        await AddAsync(3);
        var order = new LeadOrder { HoldFor = TimeSpan.FromMinutes(30) };

        Assert.Equal("3", await DueAsync(order));
        Assert.Equal([Number(1), Number(2)], (await Leads.TakeHeldAsync(Campaign, [Anna, new("PJSIP/9002")], Now, OpenColumns.Both, 5)).Select(l => l.Number));
        Assert.Equal([Anna], await Leads.ListHoldersAsync(Campaign));
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("1 3", await DueAsync(order));
        Assert.NotNull(await Leads.NextDueAsync(Campaign));
    }

    [StoreFact]
    public async Task Leads_of_several_lists_come_list_by_list_within_a_priority()
    {
        for (var i = 0; i < 6; i++) await AddAsync(i, new() { List = i % 2 == 0 ? "cold" : "warm" });
        await AddAsync(6, new() { List = "cold", Priority = 1 });

        Assert.Equal("6 0 2 1 3", await DueAsync(new(), limit: 2));
        Assert.Equal("6 0 2 4 1 3 5", await DueAsync(new(), limit: 10));
    }

    [StoreFact]
    public async Task A_place_can_be_changed()
    {
        var lead = await AddAsync(1);

        var moved = await Leads.SetPlaceAsync(Campaign, lead.Id, new() { Priority = 3, CallOrder = 4, Chance = 0.5, Agent = Anna, List = "warm" });

        Assert.Equal((3, 4, 0.5, Anna, "warm"), (moved!.Priority, moved.CallOrder!.Value, moved.Chance!.Value, moved.Agent!.Value, moved.List));
        Assert.Null(await Leads.SetPlaceAsync(OtherCampaign, lead.Id, new()));
    }

    [StoreFact]
    public async Task An_import_says_where_its_leads_stand()
    {
        await Leads.ImportAsync(Campaign, new[] { new NewLead(1, Number(1), CallOrder: 5, Agent: Anna.Value), new NewLead(2, Number(2)) }.ToAsyncEnumerable(), place: new() { Priority = 4, List = "warm" });

        var (first, second) = ((await Leads.FindAsync(Campaign, Number(1)))!, (await Leads.FindAsync(Campaign, Number(2)))!);
        Assert.Equal((5, Anna, 4, "warm"), (first.CallOrder!.Value, first.Agent!.Value, first.Priority, first.List));
        Assert.Equal((null, null, 4, "warm"), (second.CallOrder, second.Agent, second.Priority, second.List));
    }

    static readonly LeadOrder[] KnowFresh = [.. new[] { FreshOrder.Oldest, FreshOrder.Newest, FreshOrder.CallOrder, FreshOrder.Chance }
        .SelectMany(fresh => new[] { DueOrder.FreshFirst, DueOrder.RetriesFirst }.Select(due => new LeadOrder { Due = due, Fresh = fresh }))];

    async Task<string[]> DueInEveryOrderAsync()
    {
        var due = new List<string>();
        foreach (var order in KnowFresh) due.Add(await DueAsync(order));
        return [.. due];
    }

    /// <summary>Three leads that every order knows apart, and one that was called before.</summary>
    async Task<Lead> AddFourAsync()
    {
        await AddAsync(1, new() { CallOrder = 2, Chance = 0.1 });
        Time.Advance(TimeSpan.FromMinutes(1));
        var second = await AddAsync(2, new() { CallOrder = 1, Chance = 0.9 });
        Time.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(3);
        await AddTriedAsync(4, Now.AddMinutes(1));
        Time.Advance(TimeSpan.FromMinutes(1));
        return second;
    }

    static readonly string[] Whole =
        ["1 2 3 4", "4 1 2 3", "3 2 1 4", "4 3 2 1", "2 1 3 4", "4 2 1 3", "2 1 3 4", "4 2 1 3"];

    static readonly string[] WithoutTheSecond =
        ["1 3 4", "4 1 3", "3 1 4", "4 3 1", "1 3 4", "4 1 3", "1 3 4", "4 1 3"];

    [StoreFact]
    public async Task A_lead_that_was_put_off_before_its_first_call_has_its_place_again_once_it_is_due()
    {
        var second = await AddFourAsync();
        Assert.Equal(Whole, await DueInEveryOrderAsync());
        foreach (var because in Enum.GetValues<PutOff>())
        {
            await Leads.PostponeAsync(Campaign, [second.Id], Now.AddHours(1), because);
            Assert.Equal(WithoutTheSecond, await DueInEveryOrderAsync());
            Time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(Whole, await DueInEveryOrderAsync());
        }
    }

    [StoreFact]
    public async Task A_lead_whose_rule_was_changed_or_whose_call_was_not_placed_has_its_place_again_too()
    {
        var second = await AddFourAsync();

        await Leads.PostponeAsync(Campaign, [second.Id], Now.AddDays(1), PutOff.OwnHours);
        await Leads.RecheckAsync(Campaign);
        Assert.Equal(Whole, await DueInEveryOrderAsync());

        await Leads.PostponeAsync(Campaign, [second.Id], Now.AddDays(1), PutOff.DoNotCall);
        await Leads.RecheckAsync(second.Number, Campaign);
        Assert.Equal(Whole, await DueInEveryOrderAsync());

        var intent = await BeginAsync(await ReadAsync(second));
        await Attempts.WithdrawAsync([intent.Id], Now.AddMinutes(1), "no line");
        Assert.Equal(WithoutTheSecond, await DueInEveryOrderAsync());
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Whole, await DueInEveryOrderAsync());

        await new LeadOfferStore(Db).SkipAsync(second.Id, Now.AddMinutes(15), most: 3, "not now");
        Assert.Equal(WithoutTheSecond, await DueInEveryOrderAsync());
        Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(Whole, await DueInEveryOrderAsync());
    }

    [StoreFact]
    public async Task A_lead_that_a_trunk_lost_was_not_called_and_has_its_place_again()
    {
        var second = await AddFourAsync();
        var intent = await BeginAsync(second);

        await Attempts.CompleteAsync(Ended(intent), new LeadChange { Status = LeadStatus.New, NextAt = Now.AddMinutes(1), AttemptsSinceAnswer = 0, TakenBack = true });

        Assert.Equal(WithoutTheSecond, await DueInEveryOrderAsync());
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Whole, await DueInEveryOrderAsync());
    }

    [StoreFact]
    public async Task A_lead_with_a_set_time_goes_by_its_time_also_after_it_was_put_off()
    {
        await AddAsync(1, new() { Chance = 0.1 });
        var set = await AddAsync(2, new() { Chance = 0.9 }, dialAt: Now.AddMinutes(10));
        await AddTriedAsync(3, Now.AddMinutes(20));
        Time.Advance(TimeSpan.FromMinutes(30));
        var order = new LeadOrder { Due = DueOrder.FreshFirst, Fresh = FreshOrder.Chance };

        Assert.Equal("1 2 3", await DueAsync(order));
        await Leads.PostponeAsync(Campaign, [set.Id], Now.AddMinutes(10), PutOff.Gap);
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("1 3 2", await DueAsync(order));
    }

    [StoreFact]
    public async Task In_the_order_of_time_a_lead_that_was_put_off_goes_by_when_it_is_due_again()
    {
        var first = await AddAsync(1);
        await AddTriedAsync(2, Now.AddMinutes(5));
        await Leads.PostponeAsync(Campaign, [first.Id], Now.AddMinutes(10), PutOff.Gap);

        Time.Advance(TimeSpan.FromMinutes(10));
        await AddAsync(3);

        Assert.Equal("2 1 3", await DueAsync(new()));
        Assert.Equal(Now, (await ReadAsync(first)).NextAt);
    }

    [StoreFact]
    public async Task A_region_whose_morning_comes_has_its_places_again_in_steps_that_leave_nobody_out()
    {
        const int Region = LeadStore.RejoinedAtOnce + 50;
        await Leads.ImportAsync(Campaign, Enumerable.Range(0, Region).Select(i => new NewLead(i, Number(i), CallOrder: Region - i)).ToAsyncEnumerable());
        var ids = (await Leads.ListAsync(Campaign, new() { Limit = Region })).Select(l => l.Id).ToArray();
        foreach (var part in ids.Chunk(500)) await Leads.PostponeAsync(Campaign, part, Now.AddHours(8), PutOff.OwnHours);
        Time.Advance(TimeSpan.FromHours(8));
        var order = new LeadOrder { Due = DueOrder.RetriesFirst, Fresh = FreshOrder.CallOrder };

        Assert.Equal(LeadStore.RejoinedAtOnce, (await Leads.TakeDueAsync(Campaign, Now, OpenColumns.Both, 2 * Region, order)).Count);
        var all = await Leads.TakeDueAsync(Campaign, Now, OpenColumns.Both, 2 * Region, order);

        Assert.Equal(Region, all.Count);
        Assert.Equal(Number(Region - 1), all[0].Number);
    }

    [StoreFact]
    public async Task An_import_says_when_its_leads_are_to_be_called_and_how_likely_they_answer()
    {
        var leads = new[] { new NewLead(1, Number(1), DialAt: Now.AddHours(2), Chance: 0.9), new NewLead(2, Number(2), DialAt: Now.AddHours(-2), Chance: 0.25), new NewLead(3, Number(3), Chance: 0.75) };
        await Leads.ImportAsync(Campaign, leads.ToAsyncEnumerable());
        var order = new LeadOrder { Due = DueOrder.FreshFirst, Fresh = FreshOrder.Chance };

        Assert.Equal("3 2", await DueAsync(order));
        Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("3 2 1", await DueAsync(order));
        Assert.Equal(0.9, (await Leads.FindAsync(Campaign, Number(1)))!.Chance);
    }

    public static TheoryData<string, string, string> Reads => new()
    {
        { "next_at <= @until", "next_at, id", "leads_due" },
        { "next_at <= @until", "next_at DESC, id DESC", "leads_due" },
        { "call_order IS NOT NULL", "call_order, id", "leads_call_order" },
        { "chance IS NOT NULL", "chance DESC, id", "leads_chance" },
        { "call_order IS NULL AND next_at <= @until", "next_at, id", "leads_due" },
    };

    [StoreFact]
    public async Task Every_read_of_what_is_due_walks_an_index_and_sorts_nothing()
    {
        await Leads.ImportAsync(Campaign, Enumerable.Range(0, 20_000).Select(i => new NewLead(i, Number(i), CallOrder: i % 3 == 0 ? null : i)).ToAsyncEnumerable());
        await Db.WriteAsync(s => s.ExecuteAsync("UPDATE leads SET chance = id % 100 / 100.0 WHERE id % 3 > 0"));
        await Db.WriteAsync(s => s.ExecuteAsync("UPDATE leads SET agent_id = 'a' || id % 50 WHERE id % 7 = 0"));
        await Db.WriteAsync(s => s.ExecuteAsync("ANALYZE leads"));
        var shelf = new { campaign = Campaign, list = "", shelf = (short)102, until = Now, now = Now, most = 50, agent = "a7", last = "a3", limitEach = 5 };

        foreach (var read in Reads)
            await PlanAsync(DueReader.Statement((string)read[0], (string)read[1]), shelf, (string)read[2]);
        await PlanAsync(LeadStore.NextShelf, shelf, "leads_due");
        await PlanAsync(LeadStore.NextList, shelf, "leads_due");
        await PlanAsync(LeadStore.FirstOnShelf, shelf, "leads_due");
        await PlanAsync(LeadStore.HeldFor, shelf, "leads_agent");
        await PlanAsync(LeadStore.NextHolder, shelf, "leads_agent");
        await PlanAsync(LeadStore.Rejoin, shelf, "leads_due");
    }

    [StoreFact]
    public async Task Every_page_of_a_list_walks_an_index_and_sorts_nothing()
    {
        await Leads.ImportAsync(Campaign, Enumerable.Range(0, 20_000).Select(i => new NewLead(i, Number(i))).ToAsyncEnumerable());
        await Db.WriteAsync(s => s.ExecuteAsync("UPDATE leads SET status = 'Answered' WHERE id % 2 = 0"));
        await Db.WriteAsync(s => s.ExecuteAsync("ANALYZE leads"));
        var page = new { campaign = Campaign, After = 5000L, Limit = 50, From = "+749500012", To = "+749500012\uffff", Statuses = new[] { "Answered" } };

        foreach (var status in Enum.GetValues<LeadStatus>()) await PlanAsync(LeadStore.OfStatus(status), page, "leads_status");
        await PlanAsync(LeadStore.ByNumber, page, Store is SqliteStore ? "sqlite_autoindex_leads_1" : "leads_campaign_id_number_key");

        // By the counts, which know nothing of what was changed here, there are 20,000 new ones and none that was answered: each is found its own way.
        foreach (var status in (LeadStatus[])[LeadStatus.New, LeadStatus.Answered])
        {
            var found = await Leads.ListAsync(Campaign, new() { NumberPrefix = "+749500012", Statuses = [status], Limit = 30 });
            Assert.Equal(Enumerable.Range(12_00, 100).Select(i => Number(i)).Where(n => found[0].Number.Value[^1] % 2 == n.Value[^1] % 2).Take(30), found.Select(l => l.Number));
            Assert.All(found, l => Assert.Equal(status, l.Status));
        }
    }

    async Task PlanAsync(string statement, object args, string index)
    {
        var sqlite = Store is SqliteStore;
        var plan = string.Join("\n", await Db.ReadAsync(async s => sqlite
            ? (await s.QueryAsync<(long, long, long, string Detail)>("EXPLAIN QUERY PLAN " + statement, args)).ConvertAll(r => r.Detail)
            : await s.QueryAsync<string>("EXPLAIN " + statement, args)));

        Assert.True(plan.Contains(index, StringComparison.Ordinal), $"{index} is not used for {statement}\n{plan}");
        Assert.DoesNotContain(sqlite ? "TEMP B-TREE" : "Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain(sqlite ? "SCAN" : "Seq Scan", plan, StringComparison.Ordinal);
        // Of a comparison of rows SQLite uses the first column alone, whatever its plan says.
        Assert.DoesNotContain("(list,shelf)", plan, StringComparison.Ordinal);
    }
}
