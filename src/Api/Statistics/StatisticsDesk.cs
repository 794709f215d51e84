using System.Collections.Immutable;
using System.Globalization;
using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Campaigns;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Statistics;

/// <summary>Sums over call records, for whoever may see these: a supervisor those of their groups' campaigns.</summary>
sealed class StatisticsDesk(
    AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, ConfigStore<AgentConfig> agents, ConfigStore<TrunkConfig> trunks, SumPlace place, IOptions<ApiOptions> options, TimeProvider time)
{
    /// <summary>Caller IDs may be many; whoever wants to see more than this looks at the calls.</summary>
    public const int MostRows = 10_000;

    public async Task<StatisticsAnswer> Sum(Caller caller, StatisticsQuery query, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        var request = query.Read(time.GetUtcNow(), options.Value.StatisticsPeriod);
        var filter = await request.Calls.Filter(caller, campaigns, cancel);
        var groups = filter is null ? [] : await Read(request, filter, cancel);
        var told = groups.Take(MostRows).ToList();
        var names = await Names(request.By, cancel);
        return new(request.By, request.From, request.To, StatisticsRow.Of(told.Aggregate(default(CallSums), (all, sums) => all + sums), null),
            [.. told.Select(g => StatisticsRow.Of(g, g.Key is null ? null : names.GetValueOrDefault(g.Key, Name(request.By, g.Key))))], groups.Length > MostRows);
    }

    Task<ImmutableArray<CallSums>> Read(StatisticsRequest request, AttemptFilter filter, CancellationToken cancel) => place.Read(async () => request.By switch
    {
        StatisticsBy.Hour => Folded(await attempts.SumsByTimeAsync(filter, cancel), at => Hour(request.Local(at).Hour), Enumerable.Range(0, 24).Select(Hour)),
        StatisticsBy.Day => Folded(await attempts.SumsByTimeAsync(filter, cancel), at => Day(request.Local(at).Date), request.Days.Select(Day)),
        StatisticsBy.Agent => await attempts.SumsAsync(SumsBy.Agent, filter, MostRows + 1, cancel),
        StatisticsBy.Trunk => await attempts.SumsAsync(SumsBy.Trunk, filter, MostRows + 1, cancel),
        StatisticsBy.CallerId => await attempts.SumsAsync(SumsBy.CallerId, filter, MostRows + 1, cancel),
        _ => await attempts.SumsAsync(SumsBy.Campaign, filter, MostRows + 1, cancel),
    }, cancel);

    static string Hour(int hour) => hour.ToString("00", CultureInfo.InvariantCulture);

    static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="all">Every hour or day there is, so that those without a call are told too.</param>
    static ImmutableArray<CallSums> Folded(ImmutableArray<(DateTimeOffset At, CallSums Sums)> slices, Func<DateTimeOffset, string> key, IEnumerable<string> all)
    {
        if (slices.IsEmpty) return [];
        var sums = all.ToDictionary(k => k, Nothing, StringComparer.Ordinal);
        foreach (var (at, slice) in slices)
        {
            var group = key(at);
            sums[group] = sums.GetValueOrDefault(group, Nothing(group)) + slice;
        }
        return [.. sums.Values.OrderBy(s => s.Key, StringComparer.Ordinal)];
    }

    static CallSums Nothing(string key) => default(CallSums) with { Key = key };

    static string Name(StatisticsBy by, string key) => by == StatisticsBy.Hour ? key + ":00" : key;

    async Task<Dictionary<string, string>> Names(StatisticsBy by, CancellationToken cancel) => by switch
    {
        StatisticsBy.Campaign => (await campaigns.ListAsync(cancel: cancel)).ToDictionary(c => c.Id, c => c.Config.Name),
        StatisticsBy.Agent => (await agents.ListAsync(cancel: cancel)).ToDictionary(a => a.Id, a => a.Config.Name),
        StatisticsBy.Trunk => (await trunks.ListAsync(cancel: cancel)).ToDictionary(t => t.Id, t => t.Config.Name),
        _ => [],
    };
}
