using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Campaigns;
using Carillon.Config;
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
        var campaigns = api.MapConfigs<CampaignConfig>("campaigns", List);
        campaigns.MapCommand(CampaignCommand.Start, "Set to work");
        campaigns.MapCommand(CampaignCommand.Pause, "Dial nothing new until resumed");
        campaigns.MapCommand(CampaignCommand.Resume, "Go on after a pause");
        campaigns.MapCommand(CampaignCommand.Stop, "Dial nothing new");
        campaigns.MapCommand(CampaignCommand.Drain, "Dial nothing new, and stop when the last call has ended");
        campaigns.MapPost("/{id}/archive", Archive).For(Role.Supervisor).WithSummary("Put into the archive: not listed, cannot be started; its records stay")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        campaigns.MapPost("/{id}/unarchive", Unarchive).For(Role.Supervisor).WithSummary("Take out of the archive")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
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

    /// <param name="archived">Those in the archive instead of the others.</param>
    static async Task<Ok<IReadOnlyList<Stored<CampaignConfig>>>> List(bool? archived, Caller caller, ConfigDesk<CampaignConfig> desk, CancellationToken cancel) =>
        TypedResults.Ok<IReadOnlyList<Stored<CampaignConfig>>>([.. (await desk.List(caller, cancel)).Where(c => c.Config.Archived == (archived ?? false))]);

    static async Task<Ok<Stored<CampaignConfig>>> Archive(string id, Caller caller, CampaignArchive archive, CancellationToken cancel) =>
        TypedResults.Ok(await archive.Put(caller, id, cancel));

    static async Task<Ok<Stored<CampaignConfig>>> Unarchive(string id, Caller caller, CampaignArchive archive, CancellationToken cancel) =>
        TypedResults.Ok(await archive.TakeOut(caller, id, cancel));

    static async Task<Ok<CampaignProgress>> Progress(string id, Caller caller, CampaignDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Progress(caller, id, cancel));

    static async Task<Ok<CampaignPace>> Pace(string id, Caller caller, CampaignDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Pace(caller, id, cancel));
}
