using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Carillon.Api.Floor;

/// <param name="Missing">Kinds of which something did not answer and was never seen before.</param>
sealed record FloorLook(FloorSnapshot Snapshot, ImmutableHashSet<string> Missing);

/// <summary>Looks at all campaigns, servers and queues. What does not answer keeps its last state.</summary>
sealed partial class FloorReader(
    IGrainFactory grains, ConfigStore<CampaignConfig> campaigns, ConfigStore<ServerConfig> servers, ConfigStore<TrunkConfig> trunks, ConfigStore<QueueConfig> queues,
    TimeProvider time, ILogger<FloorReader> logger)
{
    public const string Campaigns = "campaign", Servers = "server", Agents = "agent";

    const int AtOnce = 16;

    /// <summary>A campaign keeps one moment of its pace for so long.</summary>
    static readonly TimeSpan PaceInterval = TimeSpan.FromSeconds(10);

    /// <param name="paces">Also why paces are what they are: the last decision each time, the last hour every ten seconds.</param>
    public async Task<FloorLook> Look(FloorSnapshot before, bool paces, CancellationToken cancel)
    {
        var (now, missing) = (time.GetUtcNow(), ImmutableHashSet.CreateBuilder<string>());
        var ofCampaigns = await Each(Campaigns, (await campaigns.ListAsync(cancel: cancel)).FindAll(c => !c.Config.Archived), before.Campaigns, c => c.Id, async (c, last) =>
        {
            var grain = grains.Campaign(new(c.Id));
            var progress = await grain.GetProgress();
            if (!paces) return new FloorCampaign(c.Id, c.Config, progress, null, []);
            var hour = last?.LastHour ?? [];
            var newest = hour.IsEmpty ? DateTimeOffset.MinValue : hour[^1].At;
            if (progress.Status is CampaignStatus.Stopped or CampaignStatus.Finished && last?.Pace?.Status == progress.Status) return new(c.Id, c.Config, progress, last.Pace, hour);
            if (last?.Pace is not null && now - newest < PaceInterval) return new(c.Id, c.Config, progress, await grain.GetLastPace(), hour);
            var pace = await grain.GetPace();
            return new(c.Id, c.Config, progress, pace.Now, pace.LastHour);
        }, missing, cancel);

        var lines = (await trunks.ListAsync(cancel: cancel)).ToDictionary(t => t.Id);
        var ofServers = await Each(Servers, await servers.ListAsync(cancel: cancel), before.Servers, s => s.Id, async (s, _) =>
        {
            var snapshot = await grains.Server(new(s.Id)).GetSnapshot();
            return new FloorServer(s.Id, s.Config.Name, s.Config.Enabled, s.Config.Channels, snapshot,
                [.. snapshot.Trunks.Where(t => lines.ContainsKey(t.Trunk.Value)).Select(t => new FloorTrunk(t.Trunk.Value, lines[t.Trunk.Value].Config.Name, lines[t.Trunk.Value].Config.Channels, t))]);
        }, missing, cancel);

        var ofQueues = await Each(Agents, await queues.ListAsync(cancel: cancel), before.Queues, q => q.Id, async (q, _) =>
            new FloorQueue(q.Id, q.Config.Name, q.Config.Group, await grains.Queue(new(q.Id)).GetSnapshot()), missing, cancel);
        // An agent of several queues is one: whoever sees one of the queues sees them.
        var agents = ofQueues.SelectMany(q => q.Snapshot.Agents.Select(a => (Agent: a, q.Group))).GroupBy(a => a.Agent.Agent)
            .Select(a => new FloorAgent(a.First().Agent, [.. a.Select(x => x.Group).Distinct()]));
        return new(new() { At = now, Campaigns = ofCampaigns, Servers = ofServers, Queues = ofQueues, Agents = AgentOrder.Of(agents, before.Agents) }, missing.ToImmutable());
    }

    async Task<ImmutableArray<TState>> Each<TConfig, TState>(
        string kind, IReadOnlyList<Stored<TConfig>> configs, ImmutableArray<TState> before, Func<TState, string> id,
        Func<Stored<TConfig>, TState?, Task<TState>> ask, ImmutableHashSet<string>.Builder missing, CancellationToken cancel) where TState : class
    {
        var known = before.ToDictionary(id);
        var answers = new TState?[configs.Count];
        await Parallel.ForAsync(0, configs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, _) =>
        {
            var last = known.GetValueOrDefault(configs[i].Id);
            try
            {
                answers[i] = await ask(configs[i], last);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                answers[i] = last;
                LogUnanswered(logger, e, kind, configs[i].Id);
            }
        });
        if (answers.Any(a => a is null)) missing.Add(kind);
        return [.. answers.OfType<TState>()];
    }

    [LoggerMessage(LogLevel.Debug, "{Kind} {Id} did not tell its state.")]
    static partial void LogUnanswered(ILogger logger, Exception exception, string kind, string id);
}
