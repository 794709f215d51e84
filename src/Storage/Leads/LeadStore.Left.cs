using System.Collections.Immutable;
using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>What is left of a list.</summary>
public sealed partial class LeadStore
{
    /// <summary>Leads that have a next time, now or later, by their status. Exact and cheap.</summary>
    public async Task<ImmutableDictionary<LeadStatus, long>> LeftByStatusAsync(CampaignId campaign, CancellationToken cancel = default)
    {
        var rows = await database.ReadAsync(s => s.QueryAsync<StatusCount>(
            "SELECT status, CAST(sum(leads_left) AS bigint) AS leads FROM lead_counts WHERE campaign_id = @campaign GROUP BY status", new { campaign }), cancel);
        return rows.Where(r => r.Leads > 0).ToImmutableDictionary(r => r.Status, r => r.Leads);
    }

    /// <summary>Some of the leads that are left, without their data: the first along the index by which they fall due.</summary>
    public Task<List<Lead>> SomeLeftAsync(CampaignId campaign, int most, CancellationToken cancel = default) => database.ReadAsync(s => s.QueryAsync<Lead>("""
        SELECT id, campaign_id AS campaign, number, status, attempts, attempts_since_answer AS attemptssinceanswer, next_at AS nextat, created_at AS createdat,
            other_numbers AS othernumbers, tries
        FROM leads WHERE campaign_id = @campaign AND next_at IS NOT NULL ORDER BY campaign_id, list, shelf, next_at, id LIMIT @most
        """, new { campaign, most }), cancel);
}
