using Carillon.Campaigns;

namespace Carillon.Storage;

/// <summary>A campaign's status as it is stored. <see cref="StartedAt"/>: when it was last started; null if never.</summary>
public sealed record StoredCampaignStatus
{
    public CampaignId Campaign { get; init; }
    public CampaignStatus Status { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

public sealed class CampaignStatusStore(Database database)
{
    const string Select = "SELECT campaign_id AS campaign, status, started_at AS startedat, changed_at AS changedat FROM campaign_status";

    /// <summary>Makes the caller the one that places the campaign's calls; intents and statuses of earlier ones are refused from now on.</summary>
    /// <returns>What its intents and statuses carry. Null where no other node can be: there is nothing to fence.</returns>
    public async Task<long?> TakeAsync(CampaignId campaign, CancellationToken cancel = default) => !database.IsShared ? null : await database.WriteAsync(s => s.FirstAsync<long?>("""
        INSERT INTO campaign_owners (campaign_id, epoch) VALUES (@campaign, 1)
        ON CONFLICT (campaign_id) DO UPDATE SET epoch = campaign_owners.epoch + 1 RETURNING epoch
        """, new { campaign }), cancel);

    /// <summary>Null for a campaign that was never started.</summary>
    public Task<StoredCampaignStatus?> GetAsync(CampaignId campaign, CancellationToken cancel = default) =>
        database.ReadAsync(s => s.FirstAsync<StoredCampaignStatus>($"{Select} WHERE campaign_id = @campaign", new { campaign }), cancel);

    public Task<List<StoredCampaignStatus>> ListAsync(CancellationToken cancel = default) =>
        database.ReadAsync(s => s.QueryAsync<StoredCampaignStatus>($"{Select} ORDER BY campaign_id"), cancel);

    /// <summary>Those that a grain must be awake for: Running, Paused and Draining, and any that has calls in progress.</summary>
    public Task<List<StoredCampaignStatus>> ListActiveAsync(CancellationToken cancel = default) => database.ReadAsync(s => s.QueryAsync<StoredCampaignStatus>(
        $"""
        {Select} WHERE status IN ('Running', 'Paused', 'Draining') OR campaign_id IN (SELECT campaign_id FROM attempts WHERE ended_at IS NULL)
        ORDER BY campaign_id
        """), cancel);

    /// <param name="startedAt">Null: as it was.</param>
    /// <param name="epoch">What <see cref="TakeAsync"/> gave the caller. Null: whoever has the campaign.</param>
    /// <returns>False: another has taken the campaign since, and nothing was written.</returns>
    public Task<bool> SetAsync(CampaignId campaign, CampaignStatus status, DateTimeOffset? startedAt = null, long? epoch = null, CancellationToken cancel = default) =>
        database.WriteAsync(async s =>
        {
            // Held until it is written: whoever takes the campaign does so before, or reads this status then.
            if (epoch is not null && await s.FirstAsync<long?>("SELECT epoch FROM campaign_owners WHERE campaign_id = @campaign {{for share}}", new { campaign }) != epoch) return false;
            await s.ExecuteAsync("""
                INSERT INTO campaign_status (campaign_id, status, started_at, changed_at) VALUES (@campaign, @Status, @startedAt, @Now)
                ON CONFLICT (campaign_id) DO UPDATE SET
                    status = excluded.status, started_at = COALESCE(excluded.started_at, campaign_status.started_at), changed_at = excluded.changed_at
                """, new { campaign, Status = status.ToString(), startedAt, database.Now });
            return true;
        }, cancel);

    /// <summary>Also forgets its paces.</summary>
    public Task RemoveAsync(CampaignId campaign, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        await s.ExecuteAsync("DELETE FROM campaign_paces WHERE campaign_id = @campaign", new { campaign });
        return await s.ExecuteAsync("DELETE FROM campaign_status WHERE campaign_id = @campaign", new { campaign });
    }, cancel);
}
