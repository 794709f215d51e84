using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Agents;

/// <param name="Reason">Shown in the queue and in reports; at most 80 characters.</param>
sealed record PauseRequest(string? Reason = null);

static class AgentsApi
{
    public static void MapAgents(this RouteGroupBuilder api)
    {
        var agents = api.MapConfigs<AgentConfig>("agents");
        agents.MapGet("/snapshots", Snapshots).For(Role.Operator).WithSummary("What agents do now: those of the caller's queues, for an operator their own");
        agents.MapGet("/{id}/snapshot", Snapshot).For(Role.Operator).WithSummary("What one agent does now").ProducesProblem(StatusCodes.Status404NotFound);
        agents.MapPost("/{id}/pause", Pause).For(Role.Supervisor).WithSummary("Pause the agent in all queues on all servers")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        agents.MapPost("/{id}/unpause", Unpause).For(Role.Supervisor).WithSummary("End the pause in all queues on all servers")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<Ok<IReadOnlyList<AgentSnapshot>>> Snapshots(Caller caller, AgentDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Snapshots(caller, cancel));

    static async Task<Ok<AgentSnapshot>> Snapshot(string id, Caller caller, AgentDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Snapshot(caller, id, cancel));

    static async Task<NoContent> Pause(string id, PauseRequest body, Caller caller, AgentDesk desk, CancellationToken cancel)
    {
        await desk.SetPaused(caller, id, true, body.Reason, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> Unpause(string id, Caller caller, AgentDesk desk, CancellationToken cancel)
    {
        await desk.SetPaused(caller, id, false, null, cancel);
        return TypedResults.NoContent();
    }
}
