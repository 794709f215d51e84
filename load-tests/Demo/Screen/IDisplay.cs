namespace Carillon.Demo;

/// <summary>Where a run is shown: a live screen in a terminal, plain lines anywhere else.</summary>
interface IDisplay : IAsyncDisposable
{
    void Show(Sight now, TimeSpan elapsed, bool isDraining);
}

/// <summary>What can be seen at one moment.</summary>
sealed record Sight(Progress Progress, IReadOnlyList<AgentNow> Agents, IReadOnlyList<ServerNow> Servers)
{
    public int AgentsFree => Agents.Count(a => a is { Status: "Available", State: "Idle" });
}

/// <summary>Looks at one campaign, its queue and its servers through the API.</summary>
sealed class Watch(NodeApi api, string campaign, string queue, IReadOnlyList<string> servers)
{
    public async Task<Sight> Look() => new(
        await api.Get<Progress>($"campaigns/{campaign}/progress"),
        (await api.Get<QueueNow>($"queues/{queue}/snapshot")).Agents,
        await Task.WhenAll(servers.Select(server => api.Get<ServerNow>($"servers/{server}/snapshot"))));
}
