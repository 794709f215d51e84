using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Users;
using Orleans;

namespace Carillon.Api.Agents;

/// <summary>Agents at work, for whoever sees them. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class AgentDesk(SeenAgents seen, IGrainFactory grains, AuditLog audit)
{
    public async Task<IReadOnlyList<AgentSnapshot>> Snapshots(Caller caller, CancellationToken cancel) =>
        await Task.WhenAll((await seen.By(caller, cancel)).Select(a => grains.Agent(a).GetSnapshot()));

    public async Task<AgentSnapshot> Snapshot(Caller caller, string id, CancellationToken cancel) =>
        await grains.Agent(await Visible(caller, id, cancel)).GetSnapshot();

    /// <summary>In all queues on all servers.</summary>
    public async Task SetPaused(Caller caller, string id, bool paused, string? reason, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        if (reason is not null)
        {
            var errors = new FieldErrors();
            errors.Text(reason, "reason", 80);
            errors.ThrowIfAny();
        }
        var agent = await Visible(caller, id, cancel);
        if (await grains.Agent(agent).SetPaused(paused, reason) is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, paused ? "pause" : "unpause", "agent", agent.Value, new { reason });
    }

    async Task<AgentId> Visible(Caller caller, string id, CancellationToken cancel)
    {
        var agent = new AgentId(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        return (await seen.By(caller, cancel)).Contains(agent) ? agent : throw Refusal.NotFound("agent", agent.Value);
    }
}
