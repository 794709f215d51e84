using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>A lead that is shown to an agent, and where that agent can be rung.</summary>
public sealed record LeadOffer(Lead Lead, AgentId Agent, ServerId Server, string Interface, DateTimeOffset OfferedAt, DateTimeOffset DialAt);

/// <summary>Leads that are shown to agents. A lead is shown to one at a time, whatever is lost: that is the table's key.</summary>
public sealed class LeadOfferStore(Database database)
{
    /// <summary>Offers that still stand, the oldest first; those whose lead was dialed or changed since are removed.</summary>
    public Task<List<LeadOffer>> ListAsync(CampaignId campaign, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        await s.ExecuteAsync("""
            DELETE FROM lead_offers WHERE campaign_id = @campaign AND NOT EXISTS (
                SELECT 1 FROM leads l WHERE l.id = lead_offers.lead_id AND l.attempts = lead_offers.attempts AND l.next_at <= @Now AND l.status <> 'Dialing')
            """, new { campaign, database.Now });
        var rows = await s.QueryAsync<Row>("""
            SELECT lead_id AS leadid, agent_id AS agent, server_id AS server, interface, offered_at AS offeredat, dial_at AS dialat
            FROM lead_offers WHERE campaign_id = @campaign ORDER BY offered_at, lead_id
            """, new { campaign });
        var leads = (await s.QueryAsync<Lead>($"SELECT {LeadStore.Columns} FROM leads WHERE id {{{{in:ids}}}}", new { ids = rows.Select(r => r.LeadId).ToArray() })).ToDictionary(l => l.Id);
        return rows.ConvertAll(r => new LeadOffer(leads[r.LeadId], r.Agent, r.Server, r.Interface, r.OfferedAt, r.DialAt));
    }, cancel);

    /// <returns>False: the lead is shown to somebody already, or was dialed or changed since it was read.</returns>
    public Task<bool> AddAsync(LeadOffer offer, CancellationToken cancel = default) => database.WriteAsync(async s => await s.ExecuteAsync("""
        INSERT INTO lead_offers (lead_id, campaign_id, agent_id, server_id, interface, attempts, offered_at, dial_at)
        SELECT id, campaign_id, @Agent, @Server, @Interface, attempts, @OfferedAt, @DialAt FROM leads
        WHERE id = @Id AND attempts = @Attempts AND next_at <= @Now AND status <> 'Dialing'
        ON CONFLICT DO NOTHING
        """, new { offer.Lead.Id, offer.Lead.Attempts, offer.Agent, offer.Server, offer.Interface, offer.OfferedAt, offer.DialAt, database.Now }) > 0, cancel);

    public Task RemoveAsync(IReadOnlyCollection<long> leads, CancellationToken cancel = default) => leads.Count == 0 ? Task.CompletedTask : database.WriteAsync(
        s => s.ExecuteAsync("DELETE FROM lead_offers WHERE lead_id {{in:ids}}", new { ids = leads.ToArray() }), cancel);

    /// <summary>The agent does not want to call the lead: it rests, or is excluded once that has happened too often.</summary>
    /// <param name="until">When it is due again.</param>
    /// <param name="most">Skips after which it is excluded.</param>
    public Task SkipAsync(long id, DateTimeOffset until, int most, string reason, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        await s.ExecuteAsync("DELETE FROM lead_offers WHERE lead_id = @id", new { id });
        var lead = await s.FirstAsync<Lead>(
            $"SELECT {LeadStore.Columns} FROM leads WHERE id = @id AND next_at IS NOT NULL AND status <> 'Dialing' {{{{for update}}}}", new { id });
        if (lead is null) return 0;
        var tries = lead.Tries with { Skips = lead.Tries.Skips + 1 };
        if (tries.Skips >= most) await LeadStore.ExcludeAsync(s, $"Skipped {tries.Skips} times, at last: {reason}", [lead]);
        else await s.ExecuteAsync("UPDATE leads SET next_at = @until WHERE id = @id", new { id, until });
        return await s.ExecuteAsync("UPDATE leads SET tries = @Tries WHERE id = @id", new { id, Tries = Mapping.Json(tries) });
    }, cancel);

    sealed class Row
    {
        public long LeadId { get; init; }
        public AgentId Agent { get; init; }
        public ServerId Server { get; init; }
        public string Interface { get; init; } = "";
        public DateTimeOffset OfferedAt { get; init; }
        public DateTimeOffset DialAt { get; init; }
    }
}
