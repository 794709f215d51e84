using Carillon.Campaigns;

namespace Carillon.Storage;

/// <summary>Why campaigns' paces were what they were, over the last hour of their work.</summary>
public sealed class CampaignPaceStore(Database database)
{
    // What held when the time began is the last moment before it.
    const string Begin = "COALESCE((SELECT max(at) FROM campaign_paces WHERE campaign_id = @campaign AND at <= @since), @since)";

    /// <summary>One of the same instant is replaced. What is older than <paramref name="keep"/>, and did not hold any more then, is removed.</summary>
    public Task AddAsync(CampaignId campaign, PaceMoment moment, TimeSpan keep, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        await s.ExecuteAsync("""
            INSERT INTO campaign_paces (campaign_id, at, moment) VALUES (@campaign, @At, @Moment)
            ON CONFLICT (campaign_id, at) DO UPDATE SET moment = excluded.moment
            """, new { campaign, moment.At, Moment = CarillonJson.Write(moment) });
        return await s.ExecuteAsync($"DELETE FROM campaign_paces WHERE campaign_id = @campaign AND at < {Begin}", new { campaign, since = moment.At - keep });
    }, cancel);

    /// <summary>From the moment that held at <paramref name="since"/>, the oldest first.</summary>
    public async Task<IReadOnlyList<PaceMoment>> ListAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancel = default) =>
        (await database.ReadAsync(s => s.QueryAsync<string>($"SELECT moment FROM campaign_paces WHERE campaign_id = @campaign AND at >= {Begin} ORDER BY at", new { campaign, since }), cancel))
        .ConvertAll(CarillonJson.Read<PaceMoment>);
}
