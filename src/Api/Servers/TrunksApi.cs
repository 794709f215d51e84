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

static class TrunksApi
{
    public static void MapTrunks(this RouteGroupBuilder api) =>
        api.MapConfigs<TrunkConfig>("trunks")
            .MapGet("/{id}/status", Status).For(Role.Supervisor).WithSummary("How the trunk works now, as its last calls told, and what to do if it does not")
            .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Ok<TrunkStatus>> Status(
        string id, Caller caller, ConfigStore<TrunkConfig> store, TrunkConfigRules rules, IGrainFactory grains, CancellationToken cancel)
    {
        var trunk = await store.Visible(rules, caller, id, cancel);
        return TypedResults.Ok(await grains.Server(trunk.Config.Server).GetTrunk(new(trunk.Id)));
    }
}
