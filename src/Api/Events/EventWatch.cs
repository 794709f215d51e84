using Carillon.Agents;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Carillon.Api.Events;

/// <summary>
/// Looks at campaigns, servers and queues once an interval while at least one client listens on this node, whatever the number of clients.
/// A subject that does not answer keeps its last state.
/// </summary>
sealed partial class EventWatch(
    IGrainFactory grains, ConfigStore<CampaignConfig> campaigns, ConfigStore<ServerConfig> servers, ConfigStore<QueueConfig> queues,
    LiveState live, EventClients clients, IOptions<ApiOptions> options, TimeProvider time, ILogger<EventWatch> logger) : BackgroundService
{
    const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.EventInterval, time);
        do
        {
            await clients.WhenAny(stoppingToken);
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Look(CancellationToken cancel)
    {
        var ofCampaigns = await Each(await campaigns.ListAsync(cancel: cancel), c => grains.Campaign(new(c.Id)).GetProgress(), (c, progress) =>
            [new(c.Id, [c.Config.Group], false, progress)], cancel);
        live.Replace("campaign", ofCampaigns.Subjects, ofCampaigns.Complete);

        var ofServers = await Each(await servers.ListAsync(cancel: cancel), s => grains.Server(new(s.Id)).GetSnapshot(), (s, snapshot) =>
            [new(s.Id, [], true, snapshot)], cancel);
        live.Replace("server", ofServers.Subjects, ofServers.Complete);

        var members = await Each(await queues.ListAsync(cancel: cancel), q => grains.Queue(new(q.Id)).GetSnapshot(), (q, snapshot) =>
            snapshot.Agents.Select(a => new Subject(a.Agent.Value, [q.Config.Group], false, a)), cancel);
        // An agent of several queues is one subject: whoever sees one of the queues sees them.
        var agents = members.Subjects.GroupBy(a => a.Id).Select(a => a.First() with { Groups = [.. a.SelectMany(x => x.Groups).Distinct()] });
        live.Replace("agent", [.. agents], members.Complete);
    }

    async Task<(List<Subject> Subjects, bool Complete)> Each<TConfig, TState>(
        IReadOnlyList<Stored<TConfig>> configs, Func<Stored<TConfig>, Task<TState>> ask,
        Func<Stored<TConfig>, TState, IEnumerable<Subject>> tell, CancellationToken cancel)
    {
        var answers = new Subject[]?[configs.Count];
        await Parallel.ForAsync(0, configs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, _) =>
        {
            try
            {
                answers[i] = [.. tell(configs[i], await ask(configs[i]))];
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogUnanswered(logger, e, typeof(TConfig).Name, configs[i].Id);
            }
        });
        return ([.. answers.SelectMany(a => a ?? [])], answers.All(a => a is not null));
    }

    [LoggerMessage(LogLevel.Warning, "Live events could not be read; trying again at the next interval.")]
    static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Debug, "{Config} {Id} did not tell its state.")]
    static partial void LogUnanswered(ILogger logger, Exception exception, string config, string id);
}
