using System.Collections.Immutable;
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
    AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, ConfigStore<AgentConfig> agents, ConfigStore<TrunkConfig> trunks, WorkReader worked, SumPlace place, IOptions<ApiOptions> options, TimeProvider time)
{
    /// <summary>Caller IDs may be many; whoever wants to see more than this looks at the calls.</summary>
    public const int MostRows = 10_000;

    public async Task<StatisticsAnswer> Sum(Caller caller, StatisticsQuery query, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        var request = query.Read(time.GetUtcNow(), options.Value.StatisticsPeriod);
        var filter = await request.Calls.Filter(caller, campaigns, cancel);
        var (groups, work) = await place.Read(async () => (filter is null ? [] : await Read(request, filter, cancel), await worked.Read(caller, request, cancel)), cancel);
        var told = groups.Take(MostRows).ToList();
        told.AddRange(AtWorkOnly(request, told, work));
        var names = await Names(request.By, cancel);
        var rows = told.Select(g => StatisticsRow.Of(g, g.Key is null ? null : names.GetValueOrDefault(g.Key, Name(request.By, g.Key))) with { Work = work.GetValueOrDefault(g.Key ?? "") }).ToImmutableArray();
        var total = StatisticsRow.Of(told.Aggregate(default(CallSums), (all, sums) => all + sums), null) with { Work = WorkTime.Sum(rows.Select(r => r.Work)) };
        return new(request.By, request.From, request.To, total, rows, groups.Length > MostRows);
    }

    /// <summary>Agents who had no call, and hours and days without one. Of single campaigns only those who called for these are told.</summary>
    static IEnumerable<CallSums> AtWorkOnly(StatisticsRequest request, List<CallSums> told, Dictionary<string, WorkTime> work)
    {
        if (work.Count == 0 || request.Calls.Campaign.Length > 0) return [];
        if (request.By == StatisticsBy.Agent) return [.. work.Keys.Except(told.Select(g => g.Key)).OfType<string>().Order(StringComparer.Ordinal).Take(MostRows - told.Count).Select(Nothing)];
        return told.Count > 0 ? [] : [.. request.Slots.Select(Nothing)];
    }

    async Task<ImmutableArray<CallSums>> Read(StatisticsRequest request, AttemptFilter filter, CancellationToken cancel) => request.By switch
    {
        StatisticsBy.Hour or StatisticsBy.Day => Folded(request, await attempts.SumsByTimeAsync(filter, cancel)),
        StatisticsBy.Agent => await attempts.SumsAsync(SumsBy.Agent, filter, MostRows + 1, cancel),
        StatisticsBy.Trunk => await attempts.SumsAsync(SumsBy.Trunk, filter, MostRows + 1, cancel),
        StatisticsBy.CallerId => await attempts.SumsAsync(SumsBy.CallerId, filter, MostRows + 1, cancel),
        _ => await attempts.SumsAsync(SumsBy.Campaign, filter, MostRows + 1, cancel),
    };

    /// <summary>Every hour or day there is, so that those without a call are told too.</summary>
    static ImmutableArray<CallSums> Folded(StatisticsRequest request, ImmutableArray<(DateTimeOffset At, CallSums Sums)> slices)
    {
        if (slices.IsEmpty) return [];
        var sums = request.Slots.ToDictionary(k => k, Nothing, StringComparer.Ordinal);
        foreach (var (at, slice) in slices)
        {
            var group = request.Slot(at);
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
