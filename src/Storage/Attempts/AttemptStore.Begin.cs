using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>What became of an intent.</summary>
public enum BeginResult
{
    /// <summary>It is in the store; the call may be placed.</summary>
    Begun,
    /// <summary>The lead was dialed, changed or excluded since it was read.</summary>
    LeadNotDialable,
    /// <summary>The number is in another call of ours, in whatever campaign.</summary>
    NumberInCall,
    /// <summary>There are other calls of the number than those that its yes rests on (<see cref="AttemptIntent.Seen"/>): caps and gaps are to be looked at again.</summary>
    NumberCalled,
    /// <summary>The number is on the system's do-not-call list or the campaign's.</summary>
    DoNotCall,
    /// <summary>The line was granted by an owner of the server that is no more: another node has taken it.</summary>
    ServerMoved,
    /// <summary>The campaign is another activation's now: this one must stop.</summary>
    CampaignMoved,
}

public sealed partial class AttemptStore
{
    static readonly string[] InsertNames =
        ["id", "campaign", "lead", "number", "server", "trunk", "queue", "caller", "at", "attempt", "sinceAnswer", "before", "for"];

    static readonly string[] DialNames = ["lead"];

    /// <summary>
    /// Writes intents, all in one transaction, each on its own merits. Of any number of callers at once, on any nodes, one at most begins a call
    /// to a number. An intent that is in the store already is Begun, so a call whose answer was lost may be repeated.
    /// </summary>
    /// <returns>The result of each intent, in their order.</returns>
    /// <exception cref="StorageException">Also while it is not certain that this node is the one that works (<see cref="Database.Tenure"/>).</exception>
    public Task<ImmutableArray<BeginResult>> BeginAsync(IReadOnlyList<AttemptIntent> intents, CancellationToken cancel = default) => database.Tenure.IsLost
        ? throw new StorageException("Another node may be at work on this database; until that is certain, no call is begun.") { IsTransient = true }
        : database.WriteAsync(s => BeginAsync(s, intents), cancel);

    async Task<ImmutableArray<BeginResult>> BeginAsync(Session s, IReadOnlyList<AttemptIntent> intents)
    {
        var epochs = new Epochs(
            await EpochsAsync(s, "server_owners", "server_id", intents.Where(i => i.ServerEpoch is not null).Select(i => i.Server.Value)),
            await EpochsAsync(s, "campaign_owners", "campaign_id", intents.Where(i => i.CampaignEpoch is not null).Select(i => i.Campaign.Value)));
        var leads = await LockLeadsAsync(s, intents);
        var numbers = intents.Select(i => i.Number.Value).Distinct().ToArray();
        var open = (await s.QueryAsync<string>("SELECT id FROM attempts WHERE number {{in:numbers}} AND ended_at IS NULL", new { numbers })).ToHashSet();
        var refused = (await s.QueryAsync<(string, string)>("SELECT number, campaign_id FROM do_not_call WHERE number {{in:numbers}} AND (expires_at IS NULL OR expires_at > @Now)", new { numbers, database.Now })).ToHashSet();

        var results = intents.Select(i => Judge(i, leads.GetValueOrDefault(i.LeadId), open, refused, epochs, database.Now)).ToArray();
        // In one order for all callers, because an insert waits for another's uncommitted one of the same number.
        var places = Enumerable.Range(0, results.Length).Where(p => results[p] is BeginResult.Begun && !open.Contains(intents[p].Id.Value))
            .OrderBy(p => intents[p].Number.Value, StringComparer.Ordinal).ToArray();
        var inserted = await InsertAsync(s, places.Select(p => (intents[p], leads[intents[p].LeadId].Status)));
        for (var i = 0; i < places.Length; i++) if (inserted[i] == 0) results[places[i]] = BeginResult.NumberInCall;
        var begun = places.Where((_, i) => inserted[i] == 1).ToList();
        var called = await CalledSinceAsync(s, [.. begun.Select(p => intents[p]).Where(i => i.Seen is not null)]);
        foreach (var place in begun.Where(p => called.Contains(intents[p].Id))) results[place] = BeginResult.NumberCalled;

        var dialed = begun.Where(p => results[p] == BeginResult.Begun).Select(p => leads[intents[p].LeadId]).ToList();
        await s.ExecuteEachAsync(
            "UPDATE leads SET status = 'Dialing', attempts = attempts + 1, next_at = NULL WHERE id = @lead", DialNames, dialed.ConvertAll(l => new object?[] { l.Id }));
        var counts = new LeadCounts();
        foreach (var lead in dialed) counts.Move(lead.Campaign, lead.Status, true, LeadStatus.Dialing, false);
        await counts.ApplyAsync(s);
        return [.. results];
    }

    /// <summary>
    /// Whose numbers have other calls than their askers knew; their rows go again. Asked once they are in the store: no other call to these numbers begins from then
    /// on, and those of before have ended and can be seen.
    /// </summary>
    static async Task<HashSet<AttemptId>> CalledSinceAsync(Session s, IReadOnlyCollection<AttemptIntent> begun)
    {
        if (begun.Count == 0) return [];
        var calls = (await s.QueryAsync<(string Number, long At, string Id)>(
            "SELECT number, at, id FROM attempts WHERE number {{in:numbers}} AND at >= @since",
            new { numbers = begun.Select(i => i.Number.Value).Distinct().ToArray(), since = begun.Min(i => i.Seen!.Value.Since) })).ToLookup(c => c.Number);
        var called = begun.Where(i => calls[i.Number.Value].Count(c => c.At >= i.Seen!.Value.Since.Micros() && c.Id != i.Id.Value) != i.Seen!.Value.Calls).Select(i => i.Id).ToHashSet();
        if (called.Count > 0) await s.ExecuteAsync("DELETE FROM attempts WHERE id {{in:ids}}", new { ids = called.Select(c => c.Value).ToArray() });
        return called;
    }

    static BeginResult Judge(
        AttemptIntent intent, LeadToDial? lead, HashSet<string> open, HashSet<(string, string)> refused, Epochs epochs, DateTimeOffset now)
    {
        if (open.Contains(intent.Id.Value)) return BeginResult.Begun;
        if (intent.CampaignEpoch is { } ours && epochs.Campaigns.GetValueOrDefault(intent.Campaign.Value) != ours) return BeginResult.CampaignMoved;
        if (intent.ServerEpoch is { } epoch && epochs.Servers.GetValueOrDefault(intent.Server.Value) != epoch) return BeginResult.ServerMoved;
        if (refused.Contains((intent.Number.Value, "")) || refused.Contains((intent.Number.Value, intent.Campaign.Value))) return BeginResult.DoNotCall;
        var dialable = lead is not null && lead.Campaign == intent.Campaign && (lead.Number == intent.Number || lead.OtherNumbers.Contains(intent.Number))
            && lead.Status is not (LeadStatus.Dialing or LeadStatus.Completed or LeadStatus.Excluded)
            && lead.NextAt <= now && lead.Attempts == intent.AttemptNumber - 1;
        return dialable ? BeginResult.Begun : BeginResult.LeadNotDialable;
    }

    /// <summary>Held until the intents are in the store: whoever takes a server or campaign does so before they are judged, or finds them there.</summary>
    static async Task<Dictionary<string, long>> EpochsAsync(Session s, string table, string key, IEnumerable<string> of)
    {
        var ids = of.Distinct().ToArray();
        if (ids.Length == 0) return [];
        var rows = await s.QueryAsync<(string Id, long Epoch)>($"SELECT {key}, epoch FROM {table} WHERE {key} {{{{in:ids}}}} ORDER BY {key} {{{{for share}}}}", new { ids });
        return rows.ToDictionary(r => r.Id, r => r.Epoch);
    }

    sealed record Epochs(Dictionary<string, long> Servers, Dictionary<string, long> Campaigns);

    static async Task<Dictionary<long, LeadToDial>> LockLeadsAsync(Session s, IReadOnlyList<AttemptIntent> intents)
    {
        var ids = intents.Select(i => i.LeadId).Distinct().ToArray();
        var rows = await s.QueryAsync<LeadToDial>(
            "SELECT id, campaign_id AS campaign, number, status, attempts, next_at AS nextat, other_numbers AS othernumbers FROM leads WHERE id {{in:ids}} ORDER BY id {{for update}}", new { ids });
        return rows.ToDictionary(l => l.Id);
    }

    static Task<int[]> InsertAsync(Session s, IEnumerable<(AttemptIntent Intent, LeadStatus Before)> intents) => s.ExecuteEachAsync("""
        INSERT INTO attempts (id, campaign_id, lead_id, number, server_id, trunk_id, queue_id, caller_id, at, attempt_number, attempts_since_answer,
            lead_status_before, abandoned, for_agent_id)
        VALUES (@id, @campaign, @lead, @number, @server, @trunk, @queue, @caller, @at, @attempt, @sinceAnswer, @before, false, @for)
        ON CONFLICT DO NOTHING
        """,
        InsertNames,
        [.. intents.Select(p => Row(p.Intent, p.Before))]);

    static object?[] Row(AttemptIntent i, LeadStatus before) =>
    [
        i.Id.Value, i.Campaign.Value, i.LeadId, i.Number.Value, i.Server.Value, i.Trunk.Value, i.Queue?.Value ?? "", i.CallerId,
        i.At.Micros(), i.AttemptNumber, i.AttemptsSinceAnswer, before.ToString(), i.For?.Value,
    ];

    sealed class LeadToDial
    {
        public long Id { get; init; }
        public CampaignId Campaign { get; init; }
        public Numbers.PhoneNumber Number { get; init; }
        public LeadStatus Status { get; init; }
        public int Attempts { get; init; }
        public DateTimeOffset? NextAt { get; init; }
        public ImmutableArray<Numbers.PhoneNumber> OtherNumbers { get; init; } = [];
    }
}
