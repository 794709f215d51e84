using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>What the numbers of <c>leads.shelf</c> mean.</summary>
static class Shelf
{
    public const short FirstHeld = 200;

    public static bool HasAnswered(short shelf) => shelf % 2 == 1;

    public static bool IsFresh(short shelf) => shelf is >= 10 and < FirstHeld && shelf % 10 == 2;

    /// <summary>Never called, and put off: goes back among the fresh ones once it is due.</summary>
    public static bool IsPutOff(short shelf) => shelf is >= 10 and < FirstHeld && shelf % 10 == 4;

    public static bool IsPromised(int rank) => rank < 10;

    /// <summary>Callbacks, then leads that were held for an agent in vain, then by priority.</summary>
    public static int Rank(Lead lead) => lead.Agent is not null ? 1 : lead.Status == LeadStatus.Callback ? 0 : 100 - 10 * lead.Priority;

    public static int Rank(short shelf) => shelf < 10 ? 0 : shelf >= FirstHeld ? 1 : shelf / 10 * 10;
}

/// <summary>Reads what is due of one list and one priority. Each statement walks one range of an index, from its beginning, as far as it has to.</summary>
sealed class DueReader(Session session, CampaignId campaign, DateTimeOffset now, LeadOrder order, int limit)
{
    internal const string OnShelf = "campaign_id = @campaign AND list = @list AND shelf = @shelf AND next_at IS NOT NULL";

    public async Task<List<Lead>> ListAsync(string list, IReadOnlyCollection<short> shelves)
    {
        var timed = new List<Lead>();
        foreach (var shelf in shelves.Where(f => !Shelf.IsFresh(f) && !(order.KnowsFresh && Shelf.IsPutOff(f))))
        {
            var until = shelf >= Shelf.FirstHeld ? now - order.HoldFor : now;
            timed.AddRange(await QueryAsync(list, shelf, "next_at <= @until", "next_at, id", limit, until));
        }
        timed = [.. timed.OrderBy(l => l.NextAt).ThenBy(l => l.Id)];
        if (shelves.Where(Shelf.IsFresh).Cast<short?>().SingleOrDefault() is not { } fresh) return [.. timed.Take(limit)];
        // What is taken first spares the look for the rest.
        if (order.Due == DueOrder.RetriesFirst && timed.Count >= limit) return [.. timed.Take(limit)];
        var never = await FreshAsync(list, fresh);
        return order.Due switch
        {
            DueOrder.FreshFirst => [.. never.Concat(timed).Take(limit)],
            DueOrder.RetriesFirst => [.. timed.Concat(never).Take(limit)],
            _ => [.. never.Concat(timed).OrderBy(l => l.NextAt).ThenBy(l => l.Id).Take(limit)],
        };
    }

    async Task<List<Lead>> FreshAsync(string list, short shelf)
    {
        switch (order.Due == DueOrder.LongestDue ? FreshOrder.Oldest : order.Fresh)
        {
            case FreshOrder.Newest: return await QueryAsync(list, shelf, "next_at <= @until", "next_at DESC, id DESC", limit, now);
            case FreshOrder.CallOrder: return await WithRestAsync("call_order", "call_order, id");
            case FreshOrder.Chance: return await WithRestAsync("chance", "chance DESC, id");
            default: return await QueryAsync(list, shelf, "next_at <= @until", "next_at, id", limit, now);
        }

        async Task<List<Lead>> WithRestAsync(string column, string by)
        {
            var found = await QueryAsync(list, shelf, $"{column} IS NOT NULL", by, limit, now);
            if (found.Count < limit) found.AddRange(await QueryAsync(list, shelf, $"{column} IS NULL AND next_at <= @until", "next_at, id", limit - found.Count, now));
            return found;
        }
    }

    Task<List<Lead>> QueryAsync(string list, short shelf, string which, string by, int most, DateTimeOffset until) => session.QueryAsync<Lead>(
        Statement(which, by), new { campaign, list, shelf, until, most });

    internal static string Statement(string which, string by) => $"SELECT {LeadStore.Columns} FROM leads WHERE {OnShelf} AND {which} ORDER BY {by} LIMIT @most";
}
