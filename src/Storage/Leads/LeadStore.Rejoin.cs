using Carillon.Leads;

namespace Carillon.Storage;

public sealed partial class LeadStore
{
    /// <summary>So many at each look: of a region whose morning comes, the rest joins at the next ones.</summary>
    internal const int RejoinedAtOnce = 1000;

    internal const string Rejoin = $"""
        UPDATE leads SET next_at = created_at
        WHERE id IN (SELECT id FROM leads WHERE {DueReader.OnShelf} AND next_at <= @now ORDER BY next_at, id LIMIT @most) AND shelf = @shelf AND next_at <= @now
        """;

    /// <summary>
    /// Leads that were never called and whose rest is over stand where they stood before they were put off. Written, not read past: in an order other than that of time,
    /// a walk over all who are still put off would be as long as these are many.
    /// </summary>
    async Task RejoinAsync(CampaignId campaign, DateTimeOffset now, OpenColumns open, CancellationToken cancel)
    {
        var over = await database.ReadAsync(async s =>
        {
            var shelves = new List<(string List, short Number)>();
            foreach (var (list, shelf) in (await ShelvesAsync(s, campaign, open)).Where(p => Shelf.IsPutOff(p.Number)))
                if (await s.FirstAsync<long?>(FirstOnShelf, new { campaign, list, shelf }) <= now.Micros()) shelves.Add((list, shelf));
            return shelves;
        }, cancel);
        foreach (var (list, shelf) in over)
            await database.WriteAsync(s => s.ExecuteAsync(Rejoin, new { campaign, list, shelf, now, most = RejoinedAtOnce }), cancel);
    }
}
