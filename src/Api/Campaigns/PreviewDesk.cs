using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Calls;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Leads;
using Carillon.Pacing;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Campaigns;

/// <summary>A campaign that shows its leads before they are called.</summary>
sealed record PreviewCampaign(string Id, string Name, CampaignStatus Status);

/// <summary>What an agent of a campaign in Preview mode sees and does. The agent is the one whom the caller's user names. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class PreviewDesk(ConfigStore<CampaignConfig> campaigns, AttemptStore attempts, LeadStore leads, IGrainFactory grains, AuditLog audit)
{
    const int LongestReason = 200, MostCalls = 10;

    /// <summary>Those of the caller's groups, the ones at work first.</summary>
    public async Task<List<PreviewCampaign>> Campaigns(Caller caller, CancellationToken cancel)
    {
        var own = (await campaigns.ListAsync(cancel: cancel)).FindAll(c => c.Config is { Mode: PacingMode.Preview, Archived: false } && MaySee(caller, c.Config));
        var all = await Task.WhenAll(own.Select(async c => new PreviewCampaign(c.Id, c.Config.Name, (await grains.Campaign(new(c.Id)).GetProgress()).Status)));
        return [.. all.OrderByDescending(c => c.Status == CampaignStatus.Running).ThenBy(c => c.Name, StringComparer.CurrentCulture)];
    }

    public async Task<CampaignConfig> Campaign(Caller caller, string id, CancellationToken cancel) => (await Visible(caller, id, cancel)).Config;

    /// <summary>Asking says that they are there.</summary>
    public async Task<Preview> Get(Caller caller, string id, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(caller, id, cancel);
        return await grains.Campaign(campaign).GetPreview(agent);
    }

    public async Task Dial(Caller caller, string id, long lead, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(caller, id, cancel);
        var result = await grains.Campaign(campaign).DialPreview(agent, lead);
        if (result.Refusal is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, "dial-lead", "campaign", campaign.Value, new { lead });
    }

    public async Task Skip(Caller caller, string id, long lead, string reason, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(caller, id, cancel);
        var errors = new FieldErrors();
        errors.Text(reason, "reason", LongestReason);
        errors.ThrowIfAny();
        var result = await grains.Campaign(campaign).SkipPreview(agent, lead, reason);
        if (result.Refusal is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, "skip-lead", "campaign", campaign.Value, new { lead, reason });
    }

    /// <summary>The last calls of the campaign to a lead that the caller is shown or has called, the newest first, also the one that is up.</summary>
    /// <exception cref="Refusal">404, also for a lead that is neither.</exception>
    public async Task<List<Attempt>> Calls(Caller caller, string id, long lead, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(caller, id, cancel);
        var found = await leads.GetAsync(lead, cancel);
        if (found?.Campaign != campaign) throw Refusal.NotFound("lead", $"{lead}");
        var calls = new List<Attempt>();
        foreach (var number in found.OtherNumbers.Prepend(found.Number))
            calls.AddRange((await attempts.ListAsync(new() { Campaigns = [campaign], Number = number, EndedOnly = false, Limit = MostCalls }, cancel)).Where(c => c.Intent.LeadId == lead));
        if (!calls.Exists(c => CallDesk.IsOf(agent, c)) && (await grains.Campaign(campaign).GetPreview(agent)).Lead?.Id != lead) throw Refusal.NotFound("lead", $"{lead}");
        return [.. calls.OrderByDescending(c => c.Intent.At).Take(MostCalls)];
    }

    /// <summary>The lead whom the caller is calling now, from this campaign.</summary>
    public async Task<Lead?> Calling(Caller caller, string id, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(caller, id, cancel);
        var call = (await attempts.ListOpenAsync(campaign, cancel)).Find(c => c.Intent.For == agent);
        return call is null ? null : await leads.GetAsync(call.Intent.LeadId, cancel);
    }

    /// <summary>For those who look without pause: what they see once, so that they need not be asked about each time.</summary>
    public async Task<(CampaignId Campaign, AgentId Agent)> Own(Caller caller, string id, CancellationToken cancel)
    {
        var campaign = await Visible(caller, id, cancel);
        return (new(campaign.Id), caller.Agent ?? throw Refusal.Conflict("This is for agents: your user names none."));
    }

    async Task<Stored<CampaignConfig>> Visible(Caller caller, string id, CancellationToken cancel)
    {
        var campaign = await campaigns.GetAsync(id, cancel);
        return campaign is not null && MaySee(caller, campaign.Config) ? campaign : throw Refusal.NotFound("campaign", id);
    }

    // Which agents it is for, the campaign's queue says: a member of it is shown a lead, another one waits in vain.
    static bool MaySee(Caller caller, CampaignConfig campaign) => caller.IsAdministrator || campaign.Group is null || caller.Groups.Contains(campaign.Group);
}
