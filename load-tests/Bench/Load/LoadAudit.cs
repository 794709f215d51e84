using Carillon.Network;

namespace Carillon.Bench.Load;

/// <summary>Holds what the product recorded against what the network saw, call by call.</summary>
sealed class LoadAudit(IReadOnlyList<CallRecord> seen, IReadOnlyList<Recorded> recorded)
{
    public IReadOnlyList<Violation> NumbersInTwoCalls { get; } = NetworkAudit.NumbersInTwoCalls(seen);

    public IReadOnlyList<Violation> NumbersCalledTwice { get; } = NetworkAudit.NumbersCalledOver(seen, 1, TimeSpan.FromDays(1));

    public IReadOnlyList<Violation> ChannelsOver { get; } = NetworkAudit.ChannelsOver(seen, LoadNetwork.TrunkCapacity, c => c.Server);

    public IReadOnlyList<Violation> RateOver { get; } = NetworkAudit.RateOver(seen, LoadSetup.CallsPerSecondOfServer, c => c.Server);

    /// <summary>The most calls that came to one server within any one second.</summary>
    public int MostInASecond => seen.GroupBy(c => c.Server).Select(server =>
    {
        var (placed, first, most) = (server.Select(c => c.Placed).Order().ToList(), 0, 0);
        for (var i = 0; i < placed.Count; i++)
        {
            while (placed[i] - placed[first] >= TimeSpan.FromSeconds(1)) first++;
            most = Math.Max(most, i - first + 1);
        }
        return most;
    }).DefaultIfEmpty().Max();

    public DateTimeOffset LastPlaced => seen.Max(c => c.Placed);

    public int PlacedAfter(DateTimeOffset moment) => seen.Count(c => c.Placed > moment);

    /// <summary>Calls of the network that the product has no record of, or never ended.</summary>
    public int WithoutRecord
    {
        get
        {
            var known = recorded.Where(r => r.Ended).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            return seen.Count(c => !known.Contains(c.UniqueId));
        }
    }

    /// <summary>Records of calls that the network never saw.</summary>
    public int NeverPlaced
    {
        get
        {
            var known = seen.Select(c => c.UniqueId).ToHashSet(StringComparer.Ordinal);
            return recorded.Count(r => !known.Contains(r.Id));
        }
    }

    /// <summary>Records that say something else than what happened: another number, answered or not, talked with an agent or not, another refusal.</summary>
    public IReadOnlyList<string> Different
    {
        get
        {
            var calls = seen.ToDictionary(c => c.UniqueId, StringComparer.Ordinal);
            return [.. recorded.Where(r => calls.TryGetValue(r.Id, out var call) && !r.Says(call)).Select(r => $"{r} against {calls[r.Id].Fate} of {calls[r.Id].Number}, answered {calls[r.Id].Answered is not null}, agent {calls[r.Id].Agent}")];
        }
    }

    /// <summary>
    /// From the end of a call, which frees its agent, to the next call of that server. With agents who are members on one server, and one call for
    /// each free agent, the n-th end makes room for the call that comes n places after the first full house.
    /// </summary>
    /// <param name="agents">Agents of each server, by its name.</param>
    public IReadOnlyList<double> FreeToPlaced(IReadOnlyDictionary<string, int> agents, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. seen.GroupBy(c => c.Server).SelectMany(server =>
        {
            var ends = server.Where(c => c.Ended is not null).Select(c => c.Ended!.Value).Order();
            return server.Select(c => c.Placed).Order().Skip(agents[server.Key]).Zip(ends);
        }).Where(pair => pair.First >= from && pair.First < to).Select(pair => (pair.First - pair.Second).TotalMilliseconds).Order(),
    ];
}
