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
}

/// <summary>The system's do-not-call list and those of campaigns. <see cref="AttemptStore.BeginAsync"/> looks into them last of all.</summary>
public sealed class DoNotCallStore(Database database)
{
    const string Columns = "number, NULLIF(campaign_id, '') AS campaign, reason, added_by AS \"by\", added_at AS at";

    /// <returns>False: it was there already, and is left as it was.</returns>
    public Task<bool> AddAsync(PhoneNumber number, CampaignId? campaign, string? reason, string? by, CancellationToken cancel = default) =>
        database.WriteAsync(async s => await s.ExecuteAsync("""
            INSERT INTO do_not_call (number, campaign_id, reason, added_by, added_at) VALUES (@number, @Campaign, @reason, @by, @Now)
            ON CONFLICT DO NOTHING
            """, new { number, Campaign = campaign?.Value ?? "", reason, by, database.Now }) > 0, cancel);

    /// <returns>Whether it was there.</returns>
    public Task<bool> RemoveAsync(PhoneNumber number, CampaignId? campaign, CancellationToken cancel = default) => database.WriteAsync(async s =>
        await s.ExecuteAsync("DELETE FROM do_not_call WHERE number = @number AND campaign_id = @Campaign", new { number, Campaign = campaign?.Value ?? "" }) > 0, cancel);

    /// <summary>One list, by number.</summary>
    /// <param name="campaign">Null: the system's list.</param>
    /// <param name="after">The last number of the page before.</param>
    public Task<List<DoNotCallEntry>> ListAsync(CampaignId? campaign, PhoneNumber? after = null, int limit = 100, CancellationToken cancel = default) =>
        database.ReadAsync(s => s.QueryAsync<DoNotCallEntry>(
            $"SELECT {Columns} FROM do_not_call WHERE campaign_id = @Campaign AND number > @After ORDER BY number LIMIT @limit",
            new { Campaign = campaign?.Value ?? "", After = after?.Value ?? "", limit }), cancel);
}
