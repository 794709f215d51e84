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

/// <summary>Looks at all campaigns, servers and queues at once. What does not answer keeps its last state.</summary>
sealed partial class FloorReader(
    IGrainFactory grains, ConfigStore<CampaignConfig> campaigns, ConfigStore<ServerConfig> servers, ConfigStore<TrunkConfig> trunks, ConfigStore<QueueConfig> queues,
    TimeProvider time, ILogger<FloorReader> logger)
{
    public const string Campaigns = "campaign", Servers = "server", Agents = "agent";

    const int AtOnce = 64;

    readonly FloorAnswers _answers = new(time);

    /// <summary>A campaign keeps one moment of its pace for so long.</summary>
    static readonly TimeSpan PaceInterval = TimeSpan.FromSeconds(10);

    /// <param name="paces">Also why paces are what they are: the last decision each time, the last hour every ten seconds.</param>
    public async Task<FloorLook> Look(FloorSnapshot before, bool paces, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var dialed = (await campaigns.ListAsync(cancel: cancel)).FindAll(c => !c.Config.Archived);
        var (pbxes, watched) = (await servers.ListAsync(cancel: cancel), await queues.ListAsync(cancel: cancel));
        var lines = (await trunks.ListAsync(cancel: cancel)).ToDictionary(t => t.Id);

        var ofCampaigns = Each(Campaigns, dialed, before.Campaigns, c => c.Id, async (c, last) =>
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
        }, cancel);
        var ofServers = Each(Servers, pbxes, before.Servers, s => s.Id, async (s, _) =>
        {
            var snapshot = await grains.Server(new(s.Id)).GetSnapshot();
            return new FloorServer(s.Id, s.Config.Name, s.Config.Enabled, s.Config.Channels, snapshot,
                [.. snapshot.Trunks.Where(t => lines.ContainsKey(t.Trunk.Value)).Select(t => new FloorTrunk(t.Trunk.Value, lines[t.Trunk.Value].Config.Name, lines[t.Trunk.Value].Config.Channels, t))]);
        }, cancel);
        var ofQueues = Each(Agents, watched, before.Queues, q => q.Id, async (q, _) => new FloorQueue(q.Id, q.Config.Name, q.Config.Group, await grains.Queue(new(q.Id)).GetSnapshot()), cancel);
        await Task.WhenAll(ofCampaigns, ofServers, ofQueues);

        // An agent of several queues is one: whoever sees one of the queues sees them.
        var agents = ofQueues.Result.States.SelectMany(q => q.Snapshot.Agents.Select(a => (Agent: a, q.Group))).GroupBy(a => a.Agent.Agent)
            .Select(a => new FloorAgent(a.First().Agent, [.. a.Select(x => x.Group).Distinct()]));
        return new(
            new() { At = now, Campaigns = ofCampaigns.Result.States, Servers = ofServers.Result.States, Queues = ofQueues.Result.States, Agents = AgentOrder.Of(agents, before.Agents) },
            [.. new[] { (Campaigns, ofCampaigns.Result.AreAll), (Servers, ofServers.Result.AreAll), (Agents, ofQueues.Result.AreAll) }.Where(k => !k.AreAll).Select(k => k.Item1)]);
    }

    async Task<(ImmutableArray<TState> States, bool AreAll)> Each<TConfig, TState>(
        string kind, IReadOnlyList<Stored<TConfig>> configs, ImmutableArray<TState> before, Func<TState, string> id,
        Func<Stored<TConfig>, TState?, Task<TState>> ask, CancellationToken cancel) where TState : FloorPart
    {
        var known = before.ToDictionary(id);
        var answers = new TState?[configs.Count];
        await Parallel.ForAsync(0, configs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, _) =>
        {
            var last = known.GetValueOrDefault(configs[i].Id);
            try
            {
                var answer = await _answers.Of(kind, configs[i].Id, () => ask(configs[i], last), cancel);
                answers[i] = answer.State ?? Silent(last, answer.SilentSince);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                answers[i] = Silent(last, time.GetUtcNow());
                LogUnanswered(logger, e, kind, configs[i].Id);
            }
        });
        _answers.Keep(kind, configs.Select(c => c.Id).ToHashSet(StringComparer.Ordinal));
        return ([.. answers.OfType<TState>()], !answers.Contains(null));
    }

    static TState? Silent<TState>(TState? last, DateTimeOffset? since) where TState : FloorPart => last is null ? null : last with { SilentSince = last.SilentSince ?? since };

    [LoggerMessage(LogLevel.Debug, "{Kind} {Id} did not tell its state.")]
    static partial void LogUnanswered(ILogger logger, Exception exception, string kind, string id);
}
