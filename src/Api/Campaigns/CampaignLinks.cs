using Carillon.Campaigns;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Campaigns;

/// <summary>The campaigns that use something.</summary>
sealed class CampaignLinks(ConfigStore<CampaignConfig> store, LeadStore leads, IGrainFactory grains)
{
    public async Task<IReadOnlyList<string>> Named(Func<CampaignConfig, bool> uses, CancellationToken cancel) =>
        [.. (await store.ListAsync(cancel: cancel)).Where(c => uses(c.Config)).Select(c => $"campaign {c.Config.Name}")];

    /// <summary>Tells them that what they use was changed. Their next decision is by the new one.</summary>
    public async Task Tell(Func<CampaignConfig, bool> uses)
    {
        var concerned = (await store.ListAsync()).Where(c => uses(c.Config));
        await Task.WhenAll(concerned.Select(c => grains.Campaign(new(c.Id)).ConfigChanged()));
    }

    /// <summary>Rules that all campaigns obey were changed: what they had put off is judged anew.</summary>
    public async Task RulesChanged()
    {
        await Tell(_ => true);
        foreach (var campaign in await store.ListAsync()) await leads.RecheckAsync(new(campaign.Id));
    }
}
