using Carillon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Carillon.Hosting;

/// <summary>
/// In every silo: every few seconds wakes what must run, as the store says: all servers, and all campaigns that are not stopped or have calls. What is awake is not
/// disturbed; what was lost with a silo comes back somewhere.
/// </summary>
sealed partial class Keeper(IGrainFactory grains, Configs configs, CampaignStatusStore campaigns, AttemptStore attempts, TimeProvider time, ILogger<Keeper> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
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
        while (await Next(timer, stoppingToken));
    }

    async Task WakeAll(CancellationToken cancellationToken)
    {
        var servers = (await configs.Servers.ListAsync(cancel: cancellationToken)).Select(s => new ServerId(s.Id));
        // A server that is configured no more still has to end the calls that it had.
        foreach (var server in servers.Union(await attempts.ListServersWithOpenAsync(cancellationToken))) await Try(() => grains.Server(server).Wake(), server.Value, cancellationToken);
        foreach (var campaign in await campaigns.ListActiveAsync(cancellationToken)) await Try(() => grains.Campaign(campaign.Campaign).Wake(), campaign.Campaign.Value, cancellationToken);
    }

    /// <summary>One that cannot be woken must not keep the others asleep.</summary>
    async Task Try(Func<Task> wake, string what, CancellationToken stopping)
    {
        try
        {
            await wake().WaitAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            NotWoken(log, what, e);
        }
    }

    static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} could not be woken")]
    static partial void NotWoken(ILogger logger, string what, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keeper could not read what must run; it tries again")]
    static partial void Failed(ILogger logger, Exception error);
}
