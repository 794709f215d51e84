using Carillon.Calls;

namespace Carillon.Servers;

/// <summary>
/// Attempts that are open in the store on a server that has no call of them. Who was begun long ago will have none any more. By the time of day that its node
/// wrote, but where that is still to come (that node's clock is ahead, or ours was set back): then by how long ago it was met first.
/// </summary>
sealed class Strangers(TimeSpan grace)
{
    Dictionary<AttemptId, TimeSpan> _metAhead = [];

    /// <param name="all">Those that there are now.</param>
    /// <param name="now">The time of day.</param>
    /// <param name="uptime">By a clock that is never set.</param>
    /// <returns>Those whose call should have been seen by now.</returns>
    public HashSet<AttemptId> Overdue(IEnumerable<Attempt> all, DateTimeOffset now, TimeSpan uptime)
    {
        var (overdue, metAhead) = (new HashSet<AttemptId>(), new Dictionary<AttemptId, TimeSpan>());
        foreach (var intent in all.Select(a => a.Intent))
        {
            var since = intent.At <= now ? now - intent.At : uptime - (metAhead[intent.Id] = _metAhead.GetValueOrDefault(intent.Id, uptime));
            if (since > grace) overdue.Add(intent.Id);
        }
        _metAhead = metAhead;
        return overdue;
    }
}
