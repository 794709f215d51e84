using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Storage;

namespace Carillon.Api.Campaigns;

/// <summary>Where campaigns go that are done with: nobody looks at them any more, and their records stay.</summary>
sealed class CampaignArchive(ConfigDesk<CampaignConfig> campaigns, ConfigStore<CampaignConfig> store, CampaignConfigRules rules, CampaignStatusStore statuses, AuditLog audit)
{
    /// <exception cref="Refusal">404; 409: it is at work, or somebody changed it meanwhile.</exception>
    public async Task<Stored<CampaignConfig>> Put(Caller caller, string id, CancellationToken cancel)
    {
        var before = await campaigns.Get(caller, id, cancel);
        if (before.Config.Archived) return before;
        await RefuseAtWork(before, cancel);
        var archived = await Write(before, archived: true, cancel);
        try
        {
            // A start that came in between found it outside of the archive.
            await RefuseAtWork(before, cancel);
        }
        catch
        {
            // Whatever it is, also that nobody waits for the answer any more: a campaign at work must not be out of sight.
            await Write(archived, archived: false, CancellationToken.None);
            throw;
        }
        await audit.Done(caller, "archive", "campaign", before.Id);
        return archived;
    }

    /// <exception cref="Refusal">404; 409: somebody changed it meanwhile.</exception>
    public async Task<Stored<CampaignConfig>> TakeOut(Caller caller, string id, CancellationToken cancel)
    {
        var before = await campaigns.Get(caller, id, cancel);
        if (!before.Config.Archived) return before;
        var stored = await Write(before, archived: false, cancel);
        await audit.Done(caller, "unarchive", "campaign", before.Id);
        return stored;
    }

    async Task RefuseAtWork(Stored<CampaignConfig> campaign, CancellationToken cancel)
    {
        if ((await statuses.ListActiveAsync(cancel)).Exists(s => s.Campaign.Value == campaign.Id))
            throw Refusal.Conflict($"The campaign {campaign.Config.Name} is at work: stop it and let its calls end.");
    }

    async Task<Stored<CampaignConfig>> Write(Stored<CampaignConfig> campaign, bool archived, CancellationToken cancel)
    {
        var config = campaign.Config with { Archived = archived };
        var result = await store.UpdateAsync(campaign.Id, config, campaign.Version, cancel);
        if (!result.IsWritten) throw Refusal.Conflict("The campaign was changed by somebody else in this moment; try again.");
        await rules.Changed(campaign.Id, campaign.Config, config);
        return result.Stored!;
    }
}
