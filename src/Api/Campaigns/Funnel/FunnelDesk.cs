using System.Collections.Immutable;
using System.Globalization;
using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Api.Statistics;
using Carillon.Campaigns;
using Carillon.Schedules;
using Carillon.Storage;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Campaigns.Funnel;

/// <summary>How far the calls of a campaign came, by attempt, hour of the day and list.</summary>
sealed class FunnelDesk(
    ConfigDesk<CampaignConfig> campaigns, ConfigStore<ScheduleConfig> schedules, AttemptStore attempts, SumPlace place, IOptions<ApiOptions> options, TimeProvider time)
{
    /// <summary>Lists and outcomes; nobody has so many attempts of a lead.</summary>
    public const int MostParts = 10_000;

    /// <exception cref="Refusal">404, also for a campaign of others; 400: each field that is wrong.</exception>
    public async Task<FunnelAnswer> Sum(Caller caller, string id, FunnelQuery query, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var (by, period) = query.Read(time.GetUtcNow(), options.Value.StatisticsPeriod);
        var schedule = await schedules.GetAsync(campaign.Config.Schedule.Value, cancel);
        var zone = ScheduleRules.FindZone(schedule?.Config.TimeZone) ?? TimeZoneInfo.Utc;
        var parts = await place.Read(() => Read(by, new(campaign.Id), period, zone, cancel), cancel);
        var told = parts.Take(MostParts).ToList();
        var rows = told.GroupBy(p => p.Key).Select(g => FunnelRow.Of(g.Key.Length == 0 ? null : g.Key, g));
        return new(by, period.From, period.To, zone.Id, FunnelRow.Of(null, told), InOrder(by, rows), parts.Length > MostParts);
    }

    async Task<ImmutableArray<CallSteps>> Read(FunnelBy by, CampaignId campaign, Period period, TimeZoneInfo zone, CancellationToken cancel) => by switch
    {
        FunnelBy.Hour => Folded(await attempts.StepsByTimeAsync(campaign, period.From, period.To, cancel), zone),
        FunnelBy.List => await attempts.StepsAsync(StepsBy.List, campaign, period.From, period.To, MostParts + 1, cancel),
        _ => await attempts.StepsAsync(StepsBy.Attempt, campaign, period.From, period.To, MostParts + 1, cancel),
    };

    static ImmutableArray<CallSteps> Folded(ImmutableArray<(DateTimeOffset At, CallSteps Steps)> slices, TimeZoneInfo zone) =>
        [.. from slice in slices
            group slice.Steps by (Hour(TimeZoneInfo.ConvertTime(slice.At, zone).Hour), slice.Steps.Outcome) into same
            select same.Aggregate(default(CallSteps) with { Key = same.Key.Item1, Outcome = same.Key.Outcome }, (sum, steps) => sum + steps)];

    /// <summary>Every hour there is if there is any call, so that those without one are told too; lists by their attempts, the most first.</summary>
    static ImmutableArray<FunnelRow> InOrder(FunnelBy by, IEnumerable<FunnelRow> rows)
    {
        if (by == FunnelBy.List) return [.. rows.OrderByDescending(r => r.Attempts).ThenBy(r => r.Key, StringComparer.Ordinal)];
        if (by == FunnelBy.Attempt) return [.. rows.OrderBy(r => int.Parse(r.Key!, CultureInfo.InvariantCulture))];
        var known = rows.ToDictionary(r => r.Key!, StringComparer.Ordinal);
        return known.Count == 0 ? [] : [.. Enumerable.Range(0, 24).Select(Hour).Select(h => known.GetValueOrDefault(h) ?? new() { Key = h })];
    }

    static string Hour(int hour) => hour.ToString("00", CultureInfo.InvariantCulture);
}
