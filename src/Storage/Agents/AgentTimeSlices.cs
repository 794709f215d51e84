using Carillon.Agents;

namespace Carillon.Storage;

/// <summary>Cuts spells into quarters of an hour, and leaves out what is counted already.</summary>
/// <param name="counted">Of each agent up to when their time is counted, in microseconds; moves on with what is added.</param>
sealed class AgentTimeSlices(Dictionary<string, long> counted)
{
    /// <summary>What somebody typed into a phone or a queue's page goes into an index.</summary>
    const int LongestReason = 80;

    readonly SortedDictionary<(long Slice, string Agent), long[]> _times = new(Keys);
    readonly SortedDictionary<(long Slice, string Agent, string Reason), long> _pauses = new(PauseKeys);

    // In one order for all writers, so that none waits for another that waits for it.
    static readonly Comparer<(long Slice, string Agent)> Keys = Comparer<(long Slice, string Agent)>.Create(
        (a, b) => a.Slice != b.Slice ? a.Slice.CompareTo(b.Slice) : string.CompareOrdinal(a.Agent, b.Agent));

    static readonly Comparer<(long Slice, string Agent, string Reason)> PauseKeys = Comparer<(long Slice, string Agent, string Reason)>.Create(
        (a, b) => Keys.Compare((a.Slice, a.Agent), (b.Slice, b.Agent)) is var c && c != 0 ? c : string.CompareOrdinal(a.Reason, b.Reason));

    public IReadOnlyDictionary<string, long> Counted => counted;

    /// <summary>Rows: slice, agent, and the times of the places in their order in the table.</summary>
    public IEnumerable<object?[]> Times => _times.Select(t => new object?[] { t.Key.Slice, t.Key.Agent, t.Value[0], t.Value[1], t.Value[2], t.Value[3], t.Value[4] });

    public IEnumerable<object?[]> Pauses => _pauses.Select(p => new object?[] { p.Key.Slice, p.Key.Agent, p.Key.Reason, p.Value });

    public void Add(AgentSpell spell)
    {
        if (Column(spell.Place) is not { } column) return;
        var agent = spell.Agent.Value;
        var (from, to) = (Math.Max(spell.From.Micros(), counted.GetValueOrDefault(agent)), spell.To.Micros());
        if (to <= from) return;
        counted[agent] = to;
        var reason = spell.Place == AgentPlace.Paused ? Text(spell.Reason) : "";
        while (from < to)
        {
            var slice = from / AttemptStore.SliceMicroseconds;
            var end = Math.Min(to, (slice + 1) * AttemptStore.SliceMicroseconds);
            if (!_times.TryGetValue((slice, agent), out var times)) _times[(slice, agent)] = times = new long[5];
            times[column] += end - from;
            if (reason.Length > 0)
            {
                var key = (slice, agent, reason);
                _pauses[key] = _pauses.GetValueOrDefault(key) + end - from;
            }
            from = end;
        }
    }

    /// <summary>As a database takes it: PostgreSQL has no zero character, and halves of a character are none.</summary>
    static string Text(string? reason) => string.Concat((reason ?? "").EnumerateRunes().Where(r => r.Value != 0).Take(LongestReason).Select(r => r.ToString()));

    static int? Column(AgentPlace place) => place switch
    {
        AgentPlace.Free => 0,
        AgentPlace.Ringing => 1,
        AgentPlace.Talking => 2,
        AgentPlace.WrappingUp => 3,
        AgentPlace.Paused => 4,
        _ => null,
    };
}
