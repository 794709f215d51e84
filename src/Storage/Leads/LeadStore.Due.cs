using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>Which column of the schedule is open now.</summary>
[Flags]
public enum OpenColumns { None = 0, Unanswered = 1, Answered = 2, Both = 3 }

public static class OpenColumnsOfLeads
{
    /// <summary>Whether the lead may be called now by the schedule.</summary>
    public static bool Has(this OpenColumns open, Lead lead) => open.HasFlag(lead.HasAnswered ? OpenColumns.Answered : OpenColumns.Unanswered);
}

public sealed partial class LeadStore
{
    internal const string NextShelf =
        "SELECT list, shelf FROM leads WHERE campaign_id = @campaign AND list = @list AND shelf > @shelf AND next_at IS NOT NULL ORDER BY shelf LIMIT 1";

    internal const string NextList =
        "SELECT list, shelf FROM leads WHERE campaign_id = @campaign AND list > @list AND next_at IS NOT NULL ORDER BY list, shelf LIMIT 1";

    internal const string FirstOnShelf =
        "SELECT next_at FROM leads WHERE campaign_id = @campaign AND list = @list AND shelf = @shelf AND next_at IS NOT NULL ORDER BY next_at LIMIT 1";

    public const int MostHolders = 1000;

    internal const string NextHolder =
        "SELECT agent_id FROM leads WHERE campaign_id = @campaign AND agent_id > @last AND agent_id IS NOT NULL AND next_at IS NOT NULL ORDER BY agent_id LIMIT 1";

    internal const string HeldFor =
        $"SELECT {Columns} FROM leads WHERE campaign_id = @campaign AND agent_id = @agent AND next_at IS NOT NULL AND next_at <= @now ORDER BY next_at, id LIMIT @limitEach";

    /// <summary>
    /// Leads that may be dialed now, in the campaign's order: callbacks, then by priority, and within a priority list by list (<see cref="Lead.List"/>), at most
    /// <paramref name="limit"/> of each, so that the caller can give lists their shares. Leads that are held for an agent are not among them
    /// (<see cref="TakeHeldAsync"/>) until they were held long enough. Takes none: <see cref="AttemptStore.BeginAsync"/> does.
    /// </summary>
    public async Task<List<Lead>> TakeDueAsync(
        CampaignId campaign, DateTimeOffset now, OpenColumns open, int limit, LeadOrder? order = null, CancellationToken cancel = default)
    {
        order ??= new();
        if (order.KnowsFresh) await RejoinAsync(campaign, now, open, cancel);
        return await database.ReadAsync(async s =>
        {
            var due = new List<Lead>();
            var read = new DueReader(s, campaign, now, order, limit);
            foreach (var rank in (await ShelvesAsync(s, campaign, open)).GroupBy(p => Shelf.Rank(p.Number)).OrderBy(r => r.Key))
            {
                if (due.Count >= limit) break;
                var found = new List<Lead>();
                foreach (var list in rank.GroupBy(p => p.List)) found.AddRange(await read.ListAsync(list.Key, [.. list.Select(p => p.Number)]));
                // Shares are for what nobody was promised.
                due.AddRange(Shelf.IsPromised(rank.Key) ? found.OrderBy(l => l.NextAt).ThenBy(l => l.Id) : found);
            }
            return due;
        }, cancel);
    }

    /// <summary>Leads that are due and held for one of these agents, whoever has been due for longest first.</summary>
    public Task<List<Lead>> TakeHeldAsync(
        CampaignId campaign, IReadOnlyCollection<AgentId> agents, DateTimeOffset now, OpenColumns open, int limitEach, CancellationToken cancel = default) =>
        database.ReadAsync(async s =>
        {
            var due = new List<Lead>();
            foreach (var agent in agents)
            {
                due.AddRange((await s.QueryAsync<Lead>(HeldFor, new { campaign, agent, now, limitEach })).Where(l => open.Has(l)));
            }
            return due;
        }, cancel);

    /// <summary>Agents for whom leads are held, due or not; at most <see cref="MostHolders"/>.</summary>
    public Task<List<AgentId>> ListHoldersAsync(CampaignId campaign, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var holders = new List<AgentId>();
        var last = "";
        while (holders.Count < MostHolders && await s.FirstAsync<string>(NextHolder, new { campaign, last }) is { } next)
        {
            holders.Add(new(next));
            last = next;
        }
        return holders;
    }, cancel);

    /// <summary>When the next lead is due, which may be in the past; null: none has a next time.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CampaignId campaign, OpenColumns open = OpenColumns.Both, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        DateTimeOffset? first = null;
        foreach (var (list, shelf) in await ShelvesAsync(s, campaign, open))
        {
            // Min over an index: one look-up each.
            var next = await s.FirstAsync<long?>(FirstOnShelf, new { campaign, list, shelf });
            if (next is { } at && !(first <= Mapping.Time(at))) first = Mapping.Time(at);
        }
        return first;
    }, cancel);

    // From one shelf to the next along the index: a look-up or two for each that has leads, however many these are. In two statements, because of
    // (list, shelf) > (…) SQLite would seek the list alone and then walk through all its leads.
    static async Task<List<(string List, short Number)>> ShelvesAsync(Session s, CampaignId campaign, OpenColumns open)
    {
        var shelves = new List<(string List, short Number)>();
        var (list, shelf) = ("", (short)-1);
        while (await NextAsync() is [var next])
        {
            (list, shelf) = next;
            if (open.HasFlag(Shelf.HasAnswered(shelf) ? OpenColumns.Answered : OpenColumns.Unanswered)) shelves.Add(next);
        }
        return shelves;

        async Task<List<(string List, short Number)>> NextAsync()
        {
            var further = await s.QueryAsync<(string, short)>(NextShelf, new { campaign, list, shelf });
            return further.Count > 0 ? further : await s.QueryAsync<(string, short)>(NextList, new { campaign, list });
        }
    }
}
