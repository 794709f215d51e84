using Carillon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Hosting;

/// <summary>Removes call records and agents' times that are older than <see cref="StorageOptions.KeepCallRecords"/>, in small batches with a rest between, so that calls go on meanwhile.</summary>
sealed partial class CallRecordRetention(AttemptStore attempts, AgentTimeStore times, IOptions<StorageOptions> options, TimeProvider time, ILogger<CallRecordRetention> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    const int Batch = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepCallRecords is not { } keep) return;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await Prune(time.GetUtcNow() - keep, stoppingToken);
            }
            catch (StorageException e)
            {
                Failed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Prune(DateTimeOffset before, CancellationToken cancel)
    {
        var removed = await Prune(attempts.RemoveOldestAsync, before, cancel);
        if (removed > 0) Removed(log, removed, before);
        await Prune(times.RemoveOldestAsync, before, cancel);
    }

    async Task<long> Prune(Func<DateTimeOffset, int, CancellationToken, Task<int>> remove, DateTimeOffset before, CancellationToken cancel)
    {
        var (removed, batch) = (0L, Batch);
        while (batch == Batch)
        {
            removed += batch = await remove(before, Batch, cancel);
            if (batch == Batch) await Task.Delay(Rest, time, cancel);
        }
        return removed;
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} call records from before {Before:u}")]
    static partial void Removed(ILogger logger, long count, DateTimeOffset before);

    [LoggerMessage(LogLevel.Warning, "Old call records could not be removed; trying again in ten minutes")]
    static partial void Failed(ILogger logger, Exception error);
}
