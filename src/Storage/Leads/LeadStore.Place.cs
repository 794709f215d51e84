using Carillon.Leads;

namespace Carillon.Storage;

public sealed partial class LeadStore
{
    /// <returns>Null: there is no such lead in the campaign.</returns>
    public Task<Lead?> SetPlaceAsync(CampaignId campaign, long id, LeadPlace place, CancellationToken cancel = default) => database.WriteAsync(s => s.FirstAsync<Lead>($"""
        UPDATE leads SET priority = @Priority, call_order = @CallOrder, chance = @Chance, agent_id = @Agent, list = @List WHERE id = @id AND campaign_id = @campaign
        RETURNING {Columns}
        """, new { campaign, id, place.Priority, place.CallOrder, place.Chance, place.Agent, place.List }), cancel);

    /// <summary>Notes how likely leads answer; for those who work it out from the campaign's own calls.</summary>
    public Task SetChancesAsync(CampaignId campaign, IReadOnlyCollection<(long Id, double Chance)> chances, CancellationToken cancel = default) => database.WriteAsync(s =>
        s.ExecuteEachAsync("UPDATE leads SET chance = @chance WHERE id = @id AND campaign_id = @campaign", ["id", "chance", "campaign"],
            [.. chances.OrderBy(c => c.Id).Select(c => new object?[] { c.Id, c.Chance, campaign.Value })]), cancel);
}
