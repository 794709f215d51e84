using Carillon.Api.Floor;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Events;

/// <summary>Looks at the floor once an interval while at least one client or page listens on this node, whatever their number.</summary>
sealed partial class EventWatch(
    FloorReader reader, FloorState floor, LiveState live, EventClients clients, IOptions<ApiOptions> options, TimeProvider time, ILogger<EventWatch> logger) : BackgroundService
{
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
        var (look, missing) = await reader.Look(floor.Whole, floor.IsWatched, cancel);
        Tell(FloorReader.Campaigns, look.Campaigns.Select(c => new Subject(c.Id, [c.Config.Group], false, c.Progress)));
        Tell(FloorReader.Servers, look.Servers.Select(s => new Subject(s.Id, [], true, s.Snapshot)));
        Tell(FloorReader.Agents, look.Agents.Select(a => new Subject(a.Agent.Agent.Value, [.. a.Groups], false, a.Agent)));
        floor.Replace(look);

        void Tell(string kind, IEnumerable<Subject> subjects) => live.Replace(kind, [.. subjects], complete: !missing.Contains(kind));
    }

    [LoggerMessage(LogLevel.Warning, "Live events could not be read; trying again at the next interval.")]
    static partial void LogFailed(ILogger logger, Exception exception);
}
