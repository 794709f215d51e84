using Carillon.Numbers;

namespace Carillon.Storage;

/// <summary>A number that is not to be called: by no campaign (<see cref="Campaign"/> null), or not by one.</summary>
public sealed record DoNotCallEntry
{
    public required PhoneNumber Number { get; init; }
    public CampaignId? Campaign { get; init; }
    public string? Reason { get; init; }
    /// <summary>The user who added it.</summary>
    public string? By { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>From then on it may be called again. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The system's do-not-call list and those of campaigns. <see cref="AttemptStore.BeginAsync"/> looks into them last of all.</summary>
public sealed class DoNotCallStore(Database database)
{
    const string Columns = "number, NULLIF(campaign_id, '') AS campaign, reason, added_by AS \"by\", added_at AS at, expires_at AS expiresat";

    static readonly string[] AddNames = ["number", "campaign", "reason", "by", "now", "expires"];

    /// <returns>False: it was there already for as long or longer, and is left as it was.</returns>
    public async Task<bool> AddAsync(
        PhoneNumber number, CampaignId? campaign, string? reason, string? by, DateTimeOffset? expiresAt = null, CancellationToken cancel = default) =>
        await AddAllAsync([number], campaign, reason, by, expiresAt, cancel) > 0;

    /// <summary>Adds numbers, all in one transaction.</summary>
    /// <returns>How many are new, or stay longer than before; the others are left as they were.</returns>
    public Task<int> AddAllAsync(
        IReadOnlyCollection<PhoneNumber> numbers, CampaignId? campaign, string? reason, string? by, DateTimeOffset? expiresAt = null, CancellationToken cancel = default) =>
        database.WriteAsync(async s => (await s.ExecuteEachAsync("""
            INSERT INTO do_not_call (number, campaign_id, reason, added_by, added_at, expires_at) VALUES (@number, @campaign, @reason, @by, @now, @expires)
            ON CONFLICT (number, campaign_id) DO UPDATE SET reason = excluded.reason, added_by = excluded.added_by, added_at = excluded.added_at, expires_at = excluded.expires_at
            WHERE do_not_call.expires_at IS NOT NULL AND (excluded.expires_at IS NULL OR excluded.expires_at > do_not_call.expires_at)
            """,
            AddNames,
            [.. numbers.Distinct().OrderBy(n => n.Value, StringComparer.Ordinal)
                .Select(n => new object?[] { n.Value, campaign?.Value ?? "", reason, by, database.Now.Micros(), expiresAt.Micros() })])).Sum(), cancel);

    /// <returns>Whether it was there.</returns>
    public Task<bool> RemoveAsync(PhoneNumber number, CampaignId? campaign, CancellationToken cancel = default) => database.WriteAsync(async s =>
        await s.ExecuteAsync("DELETE FROM do_not_call WHERE number = @number AND campaign_id = @Campaign", new { number, Campaign = campaign?.Value ?? "" }) > 0, cancel);

    /// <summary>One list, by number; entries that have expired stay in it until they are removed.</summary>
    /// <param name="campaign">Null: the system's list.</param>
    /// <param name="after">The last number of the page before.</param>
    /// <param name="prefix">How the numbers begin, with their plus. Null: all of them.</param>
    public Task<List<DoNotCallEntry>> ListAsync(CampaignId? campaign, PhoneNumber? after = null, string? prefix = null, int limit = 100, CancellationToken cancel = default) =>
        database.ReadAsync(s => s.QueryAsync<DoNotCallEntry>(
            $"SELECT {Columns} FROM do_not_call WHERE campaign_id = @Campaign AND number > @After{(prefix is null ? "" : " AND number >= @From AND number < @To")} ORDER BY number LIMIT @limit",
            new { Campaign = campaign?.Value ?? "", After = after?.Value ?? "", From = prefix, To = prefix + '\uffff', limit }), cancel);
}
