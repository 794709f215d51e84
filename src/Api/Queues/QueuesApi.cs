using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Queues;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Carillon.Api.Queues;

static class QueuesApi
{
    public static void MapQueues(this RouteGroupBuilder api) =>
        api.MapConfigs<QueueConfig>("queues")
            .MapGet("/{id}/snapshot", Snapshot).For(Role.Supervisor).WithSummary("Agents and callers of the queue now")
            .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Ok<QueueSnapshot>> Snapshot(
        string id, Caller caller, ConfigStore<QueueConfig> store, QueueConfigRules rules, IGrainFactory grains, CancellationToken cancel)
    {
        var queue = await store.Visible(rules, caller, id, cancel);
        return TypedResults.Ok(await grains.Queue(new(queue.Id)).GetSnapshot());
    }
}
