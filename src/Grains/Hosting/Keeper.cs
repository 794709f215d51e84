using Carillon.Nodes;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Carillon.Hosting;

/// <summary>
/// In every silo: every few seconds, and at once when a silo has come or gone, wakes what must run, as the store says: the servers that belong here, and all
/// campaigns that are not stopped or have calls. What is awake is not disturbed; what was lost with a silo comes back somewhere.
/// </summary>
sealed partial class Keeper(
    IGrainFactory grains, Configs configs, CampaignStatusStore campaigns, AttemptStore attempts, INodes nodes, ServerMetrics metrics, TimeProvider time, ILogger<Keeper> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>One whose silo has just died answers only once the cluster knows: the others need not wait for it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            try
            {
                await WakeAll(stoppingToken);
            }
            catch (Exception e)
            {
                // A node that stops wakes nobody: that is no failure.
                if (!stoppingToken.IsCancellationRequested) Failed(log, e);
            }
        }
        while (await Next(stoppingToken));
    }

    async Task WakeAll(CancellationToken stopping)
    {
        var configured = await configs.Servers.ListAsync(cancel: stopping);
        metrics.Want(configured.Where(s => s.Config.Enabled).Select(s => new ServerId(s.Id)));
        var places = ServerPlaces.Of(configured, nodes.Active);
        // A server that is configured no more still has to end the calls that it had.
        var servers = configured.Select(s => new ServerId(s.Id)).Union(await attempts.ListServersWithOpenAsync(stopping));
        await Each(servers.Where(s => places.NodeOf(s) == nodes.Self), s => s.Value, Fetch, stopping);
        await Each(await campaigns.ListActiveAsync(stopping), c => c.Campaign.Value, c => grains.Campaign(c.Campaign).Wake(), stopping);
    }

    async Task Fetch(ServerId server)
    {
        if (!await grains.Server(server).WakeOn(nodes.Self)) await grains.Server(server).WakeOn(nodes.Self);
    }

    /// <summary>One that cannot be woken must not keep the others asleep.</summary>
    Task Each<T>(IEnumerable<T> all, Func<T, string> name, Func<T, Task> wake, CancellationToken stopping) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, async (one, _) =>
        {
            try
            {
                await wake(one).WaitAsync(Patience, time, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                NotWoken(log, name(one), e);
            }
        });

    async Task<bool> Next(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(Interval, time, either.Token), nodes.WhenChanged(either.Token));
        await either.CancelAsync();
        return !stopping.IsCancellationRequested;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} could not be woken")]
    static partial void NotWoken(ILogger logger, string what, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keeper could not read what must run; it tries again")]
    static partial void Failed(ILogger logger, Exception error);
}
