using Carillon.Leads;
using Carillon.Numbers;

namespace Carillon.Storage;

public sealed partial class LeadStore
{
    const int RecheckedAtOnce = 5000;

    /// <summary>How far <see cref="DueBeforeAsync"/> counts.</summary>
    public const int MostCounted = 10_000;

    /// <summary>
    /// Puts off leads that are due but cannot be dialed now, and notes why for as long as their next time stays this one. Leads that are being dialed, or have no
    /// next time, are left alone.
    /// </summary>
    public Task<int> PostponeAsync(CampaignId campaign, IReadOnlyCollection<long> ids, DateTimeOffset until, PutOff because, CancellationToken cancel = default) =>
        database.WriteAsync(s => s.ExecuteAsync("""
            UPDATE leads SET next_at = @until, put_off_until = @until, put_off_because = @Because
            WHERE id {{in:ids}} AND campaign_id = @campaign AND next_at IS NOT NULL
            """, new { ids = ids.ToArray(), campaign, until, Because = because.ToString() }), cancel);

    /// <summary>The rules were changed: what they had put off is due again, and is put off anew if they still say so. In steps.</summary>
    public async Task RecheckAsync(CampaignId campaign, CancellationToken cancel = default)
    {
        var rules = new[] { nameof(PutOff.OwnHours), nameof(PutOff.Cap), nameof(PutOff.Gap), nameof(PutOff.DoNotCall) };
        for (var last = 0L; ;)
        {
            var ids = await database.WriteAsync(s => s.QueryAsync<long>("""
                UPDATE leads SET next_at = @Now, put_off_because = NULL
                WHERE id IN (SELECT id FROM leads WHERE campaign_id = @campaign AND put_off_because {{in:rules}} AND next_at = put_off_until AND id > @last ORDER BY id LIMIT @RecheckedAtOnce)
                RETURNING id
                """, new { campaign, rules, last, RecheckedAtOnce, database.Now }), cancel);
            if (ids.Count < RecheckedAtOnce) return;
            last = ids.Max();
        }
    }

    /// <summary>A number was taken off a do-not-call list, in one campaign or (null) in all: leads that were put off for it are due again.</summary>
    public Task<int> RecheckAsync(PhoneNumber number, CampaignId? campaign, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var campaigns = await CampaignsAsync(s, campaign);
        return await s.ExecuteAsync("""
            UPDATE leads SET next_at = @Now, put_off_because = NULL
            WHERE campaign_id {{in:campaigns}} AND number = @number AND put_off_because = 'DoNotCall' AND next_at = put_off_until
            """, new { campaigns, number, database.Now });
    }, cancel);

    /// <summary>
    /// How many leads that are due stand before this one: callbacks, then by priority, then by next time (a campaign that orders otherwise takes it as an
    /// estimate); at most <see cref="MostCounted"/> of each shelf are counted.
    /// </summary>
    public Task<int> DueBeforeAsync(Lead lead, DateTimeOffset now, OpenColumns open, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var (before, own) = (0, Shelf.Rank(lead));
        foreach (var (list, shelf) in await ShelvesAsync(s, lead.Campaign, open))
        {
            if (Shelf.Rank(shelf) > own) continue;
            var ahead = Shelf.Rank(shelf) == own ? " AND (next_at, id) < (@NextAt, @Id)" : "";
            before += await s.FirstAsync<int>($"""
                SELECT CAST(count(*) AS integer) FROM (SELECT 1 FROM leads
                WHERE campaign_id = @Campaign AND list = @list AND shelf = @shelf AND next_at IS NOT NULL AND next_at <= @now{ahead} LIMIT @MostCounted) ahead
                """, new { lead.Campaign, list, shelf, now, NextAt = lead.NextAt ?? now, lead.Id, MostCounted });
        }
        return before;
    }, cancel);

    /// <summary>As <see cref="ExcludeAsync(CampaignId, IReadOnlyCollection{long}, string, CancellationToken)"/>, in one campaign or (null) in all.</summary>
    public Task<int> ExcludeNumbersAsync(IReadOnlyCollection<PhoneNumber> numbers, CampaignId? campaign, string reason, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var campaigns = await CampaignsAsync(s, campaign);
        var changed = 0;
        foreach (var part in numbers.Select(n => n.Value).Chunk(1000))
            changed += await ExcludeAsync(s, reason, await s.QueryAsync<Lead>(
                $"SELECT {Columns} FROM leads WHERE campaign_id {{{{in:campaigns}}}} AND number {{{{in:part}}}} AND status <> 'Excluded' ORDER BY id {{{{for update}}}}", new { campaigns, part }));
        return changed;
    }, cancel);

    /// <summary>Leads are found by campaign and number, because that is what their index has.</summary>
    static async Task<string[]> CampaignsAsync(Session s, CampaignId? campaign) =>
        campaign is { } one ? [one.Value] : [.. await s.QueryAsync<string>("SELECT DISTINCT campaign_id FROM lead_counts")];
}
