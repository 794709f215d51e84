using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Carillon.Api.Servers;

static class ServersApi
{
    public static void MapServers(this RouteGroupBuilder api)
    {
        var servers = api.MapConfigs<ServerConfig>("servers");
        servers.MapGet("/{id}/snapshot", Snapshot).For(Role.Supervisor).WithSummary("What the server does now, and what is wrong with it")
            .ProducesProblem(StatusCodes.Status404NotFound);
        servers.MapGet("/{id}/endpoints", Endpoints).For(Role.Administrator).WithSummary("Endpoints and peers that the server knows, and the dial strings of trunks that dial through them")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Ok<ServerEndpoints>> Endpoints(string id, Caller caller, ServerDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Endpoints(caller, id, cancel));

    static async Task<Ok<ServerSnapshot>> Snapshot(
        string id, Caller caller, ConfigStore<ServerConfig> store, ServerConfigRules rules, IGrainFactory grains, CancellationToken cancel)
    {
        var server = await store.Visible(rules, caller, id, cancel);
        return TypedResults.Ok(await grains.Server(new(server.Id)).GetSnapshot());
    }
}
