using System.Collections.Immutable;
using Carillon.Leads;
using Carillon.Numbers;

namespace Carillon.Storage;

/// <summary>The leads of all campaigns.</summary>
public sealed partial class LeadStore(Database database)
{
    internal const string Columns = """
        id, campaign_id AS campaign, number, status, attempts, attempts_since_answer AS attemptssinceanswer, next_at AS nextat, last_outcome AS lastoutcome,
        last_attempt_at AS lastattemptat, created_at AS createdat, data, excluded_because AS excludedbecause,
        other_numbers AS othernumbers, tries, agent_id AS agent, priority, call_order AS callorder, chance, list,
        put_off_because AS putoffbecause, put_off_until AS putoffuntil
        """;

    public Task<Lead?> GetAsync(long id, CancellationToken cancel = default) =>
        database.ReadAsync(s => s.FirstAsync<Lead>($"SELECT {Columns} FROM leads WHERE id = @id", new { id }), cancel);

    public Task<Lead?> FindAsync(CampaignId campaign, PhoneNumber number, CancellationToken cancel = default) => database.ReadAsync(
        s => s.FirstAsync<Lead>($"SELECT {Columns} FROM leads WHERE campaign_id = @campaign AND number = @number", new { campaign, number }), cancel);

    /// <returns>Null: the campaign has this number already.</returns>
    public Task<Lead?> AddAsync(
        CampaignId campaign, PhoneNumber number, ImmutableDictionary<string, string>? data = null, ImmutableArray<PhoneNumber> otherNumbers = default,
        LeadPlace? place = null, DateTimeOffset? dialAt = null, CancellationToken cancel = default) =>
        database.WriteAsync(async s =>
        {
            var at = place ?? LeadPlace.Default;
            var lead = await s.FirstAsync<Lead>($"""
                INSERT INTO leads (campaign_id, number, status, attempts, attempts_since_answer, next_at, dial_at, created_at, data, other_numbers,
                    priority, call_order, chance, agent_id, list)
                VALUES (@campaign, @number, 'New', 0, 0, COALESCE(@Later, @Now), @Later, @Now, @Data, @Others, @Priority, @CallOrder, @Chance, @Agent, @List) ON CONFLICT (campaign_id, number) DO NOTHING RETURNING {Columns}
                """, new { campaign, number, database.Now, Later = dialAt > database.Now ? dialAt : null, at.Priority, at.CallOrder, at.Chance, at.Agent, at.List, Data = Mapping.Json(data ?? ImmutableDictionary<string, string>.Empty), Others = Mapping.Json(otherNumbers) });
            if (lead is null) return null;
            var counts = new LeadCounts();
            counts.Add(campaign, LeadStatus.New, true, 1);
            await counts.ApplyAsync(s);
            return lead;
        }, cancel);

    /// <summary>Exact, and cheap however many leads there are.</summary>
    public Task<ImmutableDictionary<LeadStatus, long>> CountByStatusAsync(CampaignId campaign, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var rows = await s.QueryAsync<StatusCount>(
            "SELECT status, CAST(sum(leads) AS bigint) AS leads FROM lead_counts WHERE campaign_id = @campaign GROUP BY status", new { campaign });
        return rows.Where(r => r.Leads != 0).ToImmutableDictionary(r => r.Status, r => r.Leads);
    }, cancel);

    /// <summary>Leads that have a next time, now or later. Exact and cheap.</summary>
    public Task<long> LeadsLeftAsync(CampaignId campaign, CancellationToken cancel = default) => database.ReadAsync(s => s.FirstAsync<long>(
        "SELECT CAST(COALESCE(sum(leads_left), 0) AS bigint) FROM lead_counts WHERE campaign_id = @campaign", new { campaign }), cancel);

    /// <summary>Not to be dialed any more. A call that is in progress goes on, and leaves the lead excluded.</summary>
    /// <returns>How many were changed; those that were excluded before are left as they are.</returns>
    public Task<int> ExcludeAsync(CampaignId campaign, IReadOnlyCollection<long> ids, string reason, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var changed = 0;
        foreach (var part in ids.Order().Chunk(1000))
        {
            changed += await ExcludeAsync(s, reason, await s.QueryAsync<Lead>(
                $"SELECT {Columns} FROM leads WHERE id {{{{in:part}}}} AND campaign_id = @campaign AND status <> 'Excluded' ORDER BY id {{{{for update}}}}", new { part, campaign }));
        }
        return changed;
    }, cancel);

    /// <summary>
    /// Somebody asked to be called (again) at a time: the lead is dialed once more then, even if its attempts were used up, and before all others that are due.
    /// </summary>
    /// <returns>False if it is being dialed, was excluded, or is not there: then nothing is changed.</returns>
    public Task<bool> CallBackAsync(CampaignId campaign, long id, DateTimeOffset at, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var leads = await s.QueryAsync<Lead>(
            $"SELECT {Columns} FROM leads WHERE id = @id AND campaign_id = @campaign AND status NOT IN ('Dialing', 'Excluded') {{{{for update}}}}", new { id, campaign });
        if (leads is not [var lead]) return false;
        await s.ExecuteAsync("UPDATE leads SET status = 'Callback', next_at = @at WHERE id = @id", new { id, at });
        var counts = new LeadCounts();
        counts.Move(campaign, lead.Status, lead.NextAt is not null, LeadStatus.Callback, true);
        await counts.ApplyAsync(s);
        return true;
    }, cancel);

    /// <summary>Removes all leads of a campaign, in steps. Attempts stay: they are records.</summary>
    public async Task RemoveAllAsync(CampaignId campaign, CancellationToken cancel = default)
    {
        await database.WriteAsync(s => s.ExecuteAsync("DELETE FROM lead_offers WHERE campaign_id = @campaign", new { campaign }), cancel);
        while (await database.WriteAsync(s => RemoveSomeAsync(s, campaign), cancel)) { }
    }

    static async Task<bool> RemoveSomeAsync(Session s, CampaignId campaign)
    {
        var removed = await s.QueryAsync<Lead>(
            $"DELETE FROM leads WHERE id IN (SELECT id FROM leads WHERE campaign_id = @campaign LIMIT 5000) RETURNING {Columns}", new { campaign });
        var counts = new LeadCounts();
        foreach (var lead in removed) counts.Add(campaign, lead.Status, lead.NextAt is not null, -1);
        await counts.ApplyAsync(s);
        return removed.Count > 0;
    }

    internal static async Task<int> ExcludeAsync(Session s, string reason, List<Lead> leads)
    {
        var ids = leads.Select(l => l.Id).ToArray();
        await s.ExecuteAsync("UPDATE leads SET status = 'Excluded', next_at = NULL, excluded_because = @reason WHERE id {{in:ids}}", new { ids, reason });
        var counts = new LeadCounts();
        foreach (var lead in leads) counts.Move(lead.Campaign, lead.Status, lead.NextAt is not null, LeadStatus.Excluded, false);
        await counts.ApplyAsync(s);
        return leads.Count;
    }

    sealed class StatusCount
    {
        public LeadStatus Status { get; init; }
        public long Leads { get; init; }
    }
}
