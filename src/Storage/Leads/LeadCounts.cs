using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>
/// The changes that one transaction makes to the counts of leads. Applied last, in a fixed order, so that writers neither wait long for
/// each other nor deadlock.
/// </summary>
sealed class LeadCounts
{
    const int Shards = 16;
    static readonly string[] Names = ["campaign", "status", "shard", "leads", "left"];

    readonly SortedDictionary<(string Campaign, string Status), (long Leads, long Left)> _changes = [];

    public void Add(CampaignId campaign, LeadStatus status, bool hasNext, long leads)
    {
        var key = (campaign.Value, status.ToString());
        var (all, left) = _changes.GetValueOrDefault(key);
        _changes[key] = (all + leads, left + (hasNext ? leads : 0));
    }

    public void Move(CampaignId campaign, LeadStatus from, bool hadNext, LeadStatus to, bool hasNext)
    {
        Add(campaign, from, hadNext, -1);
        Add(campaign, to, hasNext, 1);
    }

    public Task ApplyAsync(Session s)
    {
        // One writer has nobody to wait for.
        var shard = s.Connection is Microsoft.Data.Sqlite.SqliteConnection ? 0 : Random.Shared.Next(Shards);
        var rows = _changes.Where(c => c.Value != default)
            .Select(c => new object?[] { c.Key.Campaign, c.Key.Status, (short)shard, c.Value.Leads, c.Value.Left }).ToList();
        return s.ExecuteEachAsync("""
            INSERT INTO lead_counts (campaign_id, status, shard, leads, leads_left) VALUES (@campaign, @status, @shard, @leads, @left)
            ON CONFLICT (campaign_id, status, shard) DO UPDATE SET
                leads = lead_counts.leads + excluded.leads, leads_left = lead_counts.leads_left + excluded.leads_left
            """, Names, rows);
    }
}
