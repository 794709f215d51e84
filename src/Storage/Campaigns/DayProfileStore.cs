using Carillon.Campaigns;
using Carillon.Pacing.Evidence;

namespace Carillon.Storage;

/// <summary>How the chance to answer goes through a campaign's days, as it was learned: it takes days to learn again.</summary>
public sealed class DayProfileStore(GrainStateStore states)
{
    const string Type = "day-profile";

    /// <summary>Null: nothing is kept.</summary>
    public async Task<(DayProfileMemory Memory, string ETag)?> GetAsync(CampaignId campaign, CancellationToken cancel = default) =>
        await states.ReadAsync(Type, campaign.Value, cancel) is { } stored ? (CarillonJson.Read<DayProfileMemory>(stored.Body), stored.ETag) : null;

    /// <param name="etag">Of what was read or written last; null: nothing was there.</param>
    /// <returns>The new one; null: another node has the campaign and has written meanwhile, and nothing was changed.</returns>
    public Task<string?> SetAsync(CampaignId campaign, DayProfileMemory memory, string? etag, CancellationToken cancel = default) =>
        states.WriteAsync(Type, campaign.Value, etag, CarillonJson.Write(memory), cancel);

    public async Task RemoveAsync(CampaignId campaign, CancellationToken cancel = default)
    {
        if (await states.ReadAsync(Type, campaign.Value, cancel) is { } stored) await states.ClearAsync(Type, campaign.Value, stored.ETag, cancel);
    }
}
