using Carillon.Campaigns;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Campaigns;

/// <summary>The campaigns that use something.</summary>
sealed class CampaignLinks(ConfigStore<CampaignConfig> store, IGrainFactory grains)
{
    public async Task<IReadOnlyList<string>> Named(Func<CampaignConfig, bool> uses, CancellationToken cancel) =>
        [.. (await store.ListAsync(cancel: cancel)).Where(c => uses(c.Config)).Select(c => $"campaign {c.Config.Name}")];

    /// <summary>Tells them that what they use was changed. Their next decision is by the new one.</summary>
    public async Task Tell(Func<CampaignConfig, bool> uses)
    {
        var concerned = (await store.ListAsync()).Where(c => uses(c.Config));
        await Task.WhenAll(concerned.Select(c => grains.Campaign(new(c.Id)).ConfigChanged()));
    }
}
