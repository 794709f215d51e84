using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Orleans;

namespace Carillon.Api.Campaigns;

public enum CampaignCommand { Start, Pause, Resume, Stop, Drain }

/// <summary>What people do with campaigns at work, and see of them.</summary>
sealed class CampaignDesk(ConfigDesk<CampaignConfig> campaigns, IGrainFactory grains, AuditLog audit)
{
    /// <exception cref="Refusal">404; 409 with the reason why it cannot be done now.</exception>
    public async Task<CampaignCommandResult> Tell(Caller caller, string id, CampaignCommand command, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var grain = grains.Campaign(new(campaign.Id));
        var result = await (command switch
        {
            CampaignCommand.Start => grain.Start(),
            CampaignCommand.Pause => grain.Pause(),
            CampaignCommand.Resume => grain.Resume(),
            CampaignCommand.Stop => grain.Stop(),
            _ => grain.Drain(),
        });
        if (result.Refusal is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, command.ToString().ToLowerInvariant(), "campaign", campaign.Id);
        return result;
    }

    public async Task<CampaignProgress> Progress(Caller caller, string id, CancellationToken cancel) =>
        await grains.Campaign(new((await campaigns.Get(caller, id, cancel)).Id)).GetProgress();

    /// <summary>Why the pace is what it is, now and over the last hour.</summary>
    public async Task<CampaignPace> Pace(Caller caller, string id, CancellationToken cancel) =>
        await grains.Campaign(new((await campaigns.Get(caller, id, cancel)).Id)).GetPace();
}
