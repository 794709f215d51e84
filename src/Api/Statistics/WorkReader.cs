using Carillon.Api.Access;
using Carillon.Api.Agents;
using Carillon.Storage;

namespace Carillon.Api.Statistics;

/// <summary>The time of the agents that a caller may see, for the rows of statistics that are of agents, hours or days.</summary>
sealed class WorkReader(AgentTimeStore times, SeenAgents seen)
{
    /// <summary>Reasons are what somebody typed.</summary>
    const int MostPauses = 50_000;

    /// <returns>By the key of the row; empty where time cannot be told: hours and days of a campaign have calls of their own, but no agents of their own.</returns>
    public async Task<Dictionary<string, WorkTime>> Read(Caller caller, StatisticsRequest request, CancellationToken cancel)
    {
        if (request.By is not (StatisticsBy.Agent or StatisticsBy.Hour or StatisticsBy.Day) || (request.By != StatisticsBy.Agent && request.Calls.Campaign.Length > 0)) return [];
        IReadOnlyCollection<AgentId>? agents = caller.IsAdministrator ? null : await seen.By(caller, cancel);
        if (request.Calls.Agent is { } one) agents = agents is null || agents.Contains(new(one)) ? [new(one)] : [];
        if (agents is { Count: 0 }) return [];
        if (request.By == StatisticsBy.Agent) return await ByAgent(agents, request, cancel);
        return (await times.SumsByTimeAsync(agents, request.From, request.To, cancel)).GroupBy(s => request.Slot(s.At), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => WorkTime.Of(g.Select(s => s.Sums).Aggregate((a, b) => a + b)), StringComparer.Ordinal);
    }

    async Task<Dictionary<string, WorkTime>> ByAgent(IReadOnlyCollection<AgentId>? agents, StatisticsRequest request, CancellationToken cancel)
    {
        var pauses = (await times.PausesAsync(agents, request.From, request.To, MostPauses, cancel)).ToLookup(p => p.Agent.Value, p => new PauseTime(p.Reason, p.Paused));
        return (await times.SumsAsync(AgentTimeBy.Agent, agents, request.From, request.To, cancel))
            .ToDictionary(s => s.Key, s => WorkTime.Of(s) with { Pauses = [.. pauses[s.Key]] }, StringComparer.Ordinal);
    }
}
