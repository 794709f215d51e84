using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Carillon.Api.Campaigns;

static class CampaignsApi
{
    public static void MapCampaigns(this RouteGroupBuilder api)
    {
        var campaigns = api.MapConfigs<CampaignConfig, CampaignConfigRules>("campaigns", Role.Supervisor);
        campaigns.MapCommand("start", "Set to work", c => c.Start());
        campaigns.MapCommand("pause", "Dial nothing new until resumed", c => c.Pause());
        campaigns.MapCommand("resume", "Go on after a pause", c => c.Resume());
        campaigns.MapCommand("stop", "Dial nothing new", c => c.Stop());
        campaigns.MapCommand("drain", "Dial nothing new, and stop when the last call has ended", c => c.Drain());
        campaigns.MapGet("/{id}/progress", Progress).For(Role.Supervisor).WithSummary("What the campaign does now, and why")
            .ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("/{id}/pace", Pace).For(Role.Supervisor).WithSummary("Why the pace is what it is, now and over the last hour")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static void MapCommand(this RouteGroupBuilder campaigns, string verb, string summary, Func<ICampaignGrain, Task<CampaignCommandResult>> command) =>
        campaigns.MapPost("/{id}/" + verb,
            async Task<Ok<CampaignCommandResult>> (
                string id, Caller caller, ConfigStore<CampaignConfig> store, CampaignConfigRules rules, IGrainFactory grains, AuditLog audit, CancellationToken cancel) =>
            {
                var campaign = await store.Visible(rules, caller, id, cancel);
                var result = await command(grains.Campaign(new(campaign.Id)));
                if (result.Refusal is { } refusal) throw Refusal.Conflict(refusal);
                await audit.Done(caller, verb, "campaign", campaign.Id);
                return TypedResults.Ok(result);
            }).For(Role.Supervisor).WithSummary(summary)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Ok<CampaignProgress>> Progress(
        string id, Caller caller, ConfigStore<CampaignConfig> store, CampaignConfigRules rules, IGrainFactory grains, CancellationToken cancel)
    {
        var campaign = await store.Visible(rules, caller, id, cancel);
        return TypedResults.Ok(await grains.Campaign(new(campaign.Id)).GetProgress());
    }

    static async Task<Ok<CampaignPace>> Pace(
        string id, Caller caller, ConfigStore<CampaignConfig> store, CampaignConfigRules rules, IGrainFactory grains, CancellationToken cancel)
    {
        var campaign = await store.Visible(rules, caller, id, cancel);
        return TypedResults.Ok(await grains.Campaign(new(campaign.Id)).GetPace());
    }
}
