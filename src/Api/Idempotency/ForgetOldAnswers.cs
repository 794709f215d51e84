using Carillon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Idempotency;

sealed partial class ForgetOldAnswers(IdempotencyStore store, IOptions<ApiOptions> options, TimeProvider time, ILogger<ForgetOldAnswers> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.ForgetAsync(time.GetUtcNow() - options.Value.IdempotencyKept, stoppingToken);
            }
            catch (StorageException e)
            {
                LogFailed(logger, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old answers to idempotency keys could not be removed; trying again in an hour.")]
    static partial void LogFailed(ILogger logger, Exception exception);
}
