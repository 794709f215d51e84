using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Queues;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

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

    static async Task<Ok<IReadOnlyList<AgentSnapshot>>> Snapshots(Caller caller, SeenAgents seen, IGrainFactory grains, CancellationToken cancel)
    {
        IReadOnlyList<AgentSnapshot> snapshots = await Task.WhenAll((await seen.By(caller, cancel)).Select(a => grains.Agent(a).GetSnapshot()));
        return TypedResults.Ok(snapshots);
    }

    static async Task<Ok<AgentSnapshot>> Snapshot(string id, Caller caller, SeenAgents seen, IGrainFactory grains, CancellationToken cancel) =>
        TypedResults.Ok(await grains.Agent(await Visible(id, caller, seen, cancel)).GetSnapshot());

    static Task<NoContent> Pause(string id, PauseRequest body, Caller caller, SeenAgents seen, IGrainFactory grains, AuditLog audit, CancellationToken cancel)
    {
        if (body.Reason is not null)
        {
            var errors = new FieldErrors();
            errors.Text(body.Reason, "reason", 80);
            errors.ThrowIfAny();
        }
        return SetPaused(id, true, body.Reason, caller, seen, grains, audit, cancel);
    }

    static Task<NoContent> Unpause(string id, Caller caller, SeenAgents seen, IGrainFactory grains, AuditLog audit, CancellationToken cancel) =>
        SetPaused(id, false, null, caller, seen, grains, audit, cancel);

    static async Task<NoContent> SetPaused(
        string id, bool paused, string? reason, Caller caller, SeenAgents seen, IGrainFactory grains, AuditLog audit, CancellationToken cancel)
    {
        var agent = await Visible(id, caller, seen, cancel);
        if (await grains.Agent(agent).SetPaused(paused, reason) is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, paused ? "pause" : "unpause", "agent", agent.Value, new { reason });
        return TypedResults.NoContent();
    }

    static async Task<AgentId> Visible(string id, Caller caller, SeenAgents seen, CancellationToken cancel)
    {
        var agent = new AgentId(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        return (await seen.By(caller, cancel)).Contains(agent) ? agent : throw Refusal.NotFound("agent", agent.Value);
    }
}
