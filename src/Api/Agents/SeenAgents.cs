using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Queues;
using Carillon.Storage;
using Carillon.Users;
using Orleans;

namespace Carillon.Api.Agents;

/// <summary>
/// Which agents a caller sees: the configured ones of their groups and every member of their queues, configured or not; an operator only the
/// agent that they are.
/// </summary>
sealed class SeenAgents(ConfigStore<AgentConfig> agents, ConfigStore<QueueConfig> queues, IGrainFactory grains)
{
    public async Task<IReadOnlyCollection<AgentId>> By(Caller caller, CancellationToken cancel)
    {
        if (caller.Role == Role.Operator) return caller.Agent is { } own ? [own] : [];
        IReadOnlyCollection<string>? groups = caller.IsAdministrator ? null : caller.Groups;
        var configured = await agents.ListAsync(groups, cancel);
        var snapshots = await Task.WhenAll((await queues.ListAsync(groups, cancel)).Select(q => grains.Queue(new(q.Id)).GetSnapshot()));
        return [.. configured.Select(a => new AgentId(a.Id)).Concat(snapshots.SelectMany(s => s.Agents).Select(a => a.Agent)).Distinct()];
    }
}
