using Carillon.Campaigns;
using Carillon.Storage;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

/// <summary>For <c>--for</c>: ends the node and says in one paragraph what it did.</summary>
sealed class EndByItself(
    IOptions<NodeOptions> options, ConfigStore<CampaignConfig> campaigns, AttemptStore attempts, IHostApplicationLifetime life, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.For is not { } length) return;
        // However long the start takes, the node works for as long as it was asked to.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var start = time.GetUtcNow();
        await Task.Delay(length, time, stoppingToken);
        Console.WriteLine(await Summary(start, stoppingToken));
        life.StopApplication();
    }

    async Task<string> Summary(DateTimeOffset start, CancellationToken cancel)
    {
        var (placed, outcomes) = (0L, new SortedDictionary<string, long>(StringComparer.Ordinal));
        var all = await campaigns.ListAsync(cancel: cancel);
        foreach (var campaign in all)
        {
            placed += await attempts.CountSinceAsync(new(campaign.Id), start, cancel);
            foreach (var (outcome, count) in await attempts.CountsByOutcomeAsync(new(campaign.Id), start, cancel))
                outcomes[outcome.ToString()] = outcomes.GetValueOrDefault(outcome.ToString()) + count;
        }
        var ended = outcomes.Count == 0 ? "none ended" : string.Join(", ", outcomes.Select(o => $"{o.Value} {o.Key}"));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"Ran for {(time.GetUtcNow() - start).TotalSeconds:0} s as asked, with {all.Count} campaigns: {placed} calls placed; {ended}.");
    }
}
