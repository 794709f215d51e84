using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Campaigns;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Campaigns;

static class CampaignsApi
{
    public static void MapCampaigns(this RouteGroupBuilder api)
    {
        var campaigns = api.MapConfigs<CampaignConfig>("campaigns");
        campaigns.MapCommand(CampaignCommand.Start, "Set to work");
        campaigns.MapCommand(CampaignCommand.Pause, "Dial nothing new until resumed");
        campaigns.MapCommand(CampaignCommand.Resume, "Go on after a pause");
        campaigns.MapCommand(CampaignCommand.Stop, "Dial nothing new");
        campaigns.MapCommand(CampaignCommand.Drain, "Dial nothing new, and stop when the last call has ended");
        campaigns.MapGet("/{id}/progress", Progress).For(Role.Supervisor).WithSummary("What the campaign does now, and why")
            .ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("/{id}/pace", Pace).For(Role.Supervisor).WithSummary("Why the pace is what it is, now and over the last hour")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static void MapCommand(this RouteGroupBuilder campaigns, CampaignCommand command, string summary) =>
        campaigns.MapPost("/{id}/" + command.ToString().ToLowerInvariant(),
            async Task<Ok<CampaignCommandResult>> (string id, Caller caller, CampaignDesk desk, CancellationToken cancel) =>
                TypedResults.Ok(await desk.Tell(caller, id, command, cancel)))
            .For(Role.Supervisor).WithSummary(summary)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Ok<CampaignProgress>> Progress(string id, Caller caller, CampaignDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Progress(caller, id, cancel));

    static async Task<Ok<CampaignPace>> Pace(string id, Caller caller, CampaignDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Pace(caller, id, cancel));
}
