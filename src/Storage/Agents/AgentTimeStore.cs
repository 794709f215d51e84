using System.Collections.Immutable;
using System.Globalization;
using Carillon.Agents;

namespace Carillon.Storage;

/// <summary>How agents spent their time, by the quarter of an hour.</summary>
public sealed class AgentTimeStore(Database database)
{
    /// <summary>What a clock may be ahead of another one. A count that is further ahead was made before the clock was set back.</summary>
    static readonly TimeSpan ClockSet = TimeSpan.FromMinutes(1);

    static readonly string[] CountedNames = ["agent", "until"];
    static readonly string[] TimeNames = ["slice", "agent", "free", "ringing", "talking", "wrappingUp", "paused"];
    static readonly string[] PauseNames = ["slice", "agent", "reason", "paused"];

    /// <summary>
    /// Adds what has not been added yet: of each agent the time after what is counted already, each moment once, whoever tells of it. So what may or may not have
    /// been written can be told again.
    /// </summary>
    /// <param name="spells">Of each agent in their order.</param>
    /// <param name="cancel">Takes effect until it is begun.</param>
    public Task AddAsync(IReadOnlyCollection<AgentSpell> spells, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var agents = spells.Select(t => t.Agent.Value).Distinct().Order(StringComparer.Ordinal).ToArray();
        await s.ExecuteEachAsync("INSERT INTO agents_counted (agent_id, until) VALUES (@agent, @until) ON CONFLICT DO NOTHING", CountedNames, [.. agents.Select(a => new object?[] { a, 0L })]);
        var rows = await s.QueryAsync<(string Agent, long Until)>("SELECT agent_id, until FROM agents_counted WHERE agent_id {{in:agents}} ORDER BY agent_id {{for update}}", new { agents });
        var latest = (database.Now + ClockSet).Micros();
        var book = new AgentTimeSlices(rows.ToDictionary(r => r.Agent, r => r.Until > latest ? 0 : r.Until, StringComparer.Ordinal));
        foreach (var spell in spells) book.Add(spell);

        await s.ExecuteEachAsync("""
            INSERT INTO agent_time (slice, agent_id, free, ringing, talking, wrapping_up, paused) VALUES (@slice, @agent, @free, @ringing, @talking, @wrappingUp, @paused)
            ON CONFLICT (slice, agent_id) DO UPDATE SET free = agent_time.free + excluded.free, ringing = agent_time.ringing + excluded.ringing, talking = agent_time.talking + excluded.talking,
                wrapping_up = agent_time.wrapping_up + excluded.wrapping_up, paused = agent_time.paused + excluded.paused
            """, TimeNames, [.. book.Times]);
        await s.ExecuteEachAsync("""
            INSERT INTO agent_pauses (slice, agent_id, reason, paused) VALUES (@slice, @agent, @reason, @paused)
            ON CONFLICT (slice, agent_id, reason) DO UPDATE SET paused = agent_pauses.paused + excluded.paused
            """, PauseNames, [.. book.Pauses]);
        await s.ExecuteEachAsync("UPDATE agents_counted SET until = @until WHERE agent_id = @agent", CountedNames, [.. book.Counted.Select(c => new object?[] { c.Key, c.Value })]);
        return true;
    }, cancel);

    /// <summary>Of the quarters of an hour that began in a time. One read of a stretch of the table.</summary>
    /// <param name="agents">Null: all.</param>
    public async Task<ImmutableArray<AgentTimeSums>> SumsAsync(AgentTimeBy by, IReadOnlyCollection<AgentId>? agents, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        var key = by == AgentTimeBy.Agent ? "agent_id" : "CAST(slice AS text)";
        var rows = await database.ReadAsync(s => s.QueryAsync<TimeRow>($"""
            SELECT {key} AS key, CAST(SUM(free) AS bigint) AS free, CAST(SUM(ringing) AS bigint) AS ringing, CAST(SUM(talking) AS bigint) AS talking,
                CAST(SUM(wrapping_up) AS bigint) AS wrappingup, CAST(SUM(paused) AS bigint) AS paused
            FROM agent_time{Where(agents)} GROUP BY {key}
            """, Args(agents, from, to)), cancel);
        return [.. rows.Select(r => new AgentTimeSums(r.Key, Span(r.Free), Span(r.Ringing), Span(r.Talking), Span(r.WrappingUp), Span(r.Paused)))];
    }

    /// <summary>By the quarter of an hour, in order: of these the hours and days of every time zone can be made.</summary>
    public async Task<ImmutableArray<(DateTimeOffset At, AgentTimeSums Sums)>> SumsByTimeAsync(IReadOnlyCollection<AgentId>? agents, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default) =>
        [.. (await SumsAsync(AgentTimeBy.Quarter, agents, from, to, cancel))
            .Select(sums => (Mapping.Time(long.Parse(sums.Key, CultureInfo.InvariantCulture) * AttemptStore.SliceMicroseconds), sums)).OrderBy(s => s.Item1)];

    /// <summary>Pauses that have a reason.</summary>
    /// <param name="agents">Null: of all.</param>
    /// <param name="most">Reasons are what somebody typed: the longest go first.</param>
    public async Task<ImmutableArray<AgentPauseSum>> PausesAsync(IReadOnlyCollection<AgentId>? agents, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel = default)
    {
        var rows = await database.ReadAsync(s => s.QueryAsync<(string Agent, string Reason, long Paused)>($"""
            SELECT agent_id, reason, CAST(SUM(paused) AS bigint) AS total FROM agent_pauses{Where(agents)} GROUP BY agent_id, reason ORDER BY total DESC, agent_id, reason LIMIT @most
            """, Args(agents, from, to, most)), cancel);
        return [.. rows.Select(r => new AgentPauseSum(new(r.Agent), r.Reason, Span(r.Paused)))];
    }

    /// <summary>Removes the oldest rows of quarters before <paramref name="before"/>, some <paramref name="most"/> of each table.</summary>
    /// <returns>How many were removed; fewer than <paramref name="most"/> when there are no more.</returns>
    public Task<int> RemoveOldestAsync(DateTimeOffset before, int most, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var args = new { slice = First(before), until = before, most };
        var removed = await s.ExecuteAsync("DELETE FROM agent_time WHERE (slice, agent_id) IN (SELECT slice, agent_id FROM agent_time WHERE slice < @slice ORDER BY slice, agent_id LIMIT @most)", args);
        var pauses = await s.ExecuteAsync("DELETE FROM agent_pauses WHERE (slice, agent_id, reason) IN (SELECT slice, agent_id, reason FROM agent_pauses WHERE slice < @slice ORDER BY slice, agent_id, reason LIMIT @most)", args);
        var agents = await s.ExecuteAsync("DELETE FROM agents_counted WHERE agent_id IN (SELECT agent_id FROM agents_counted WHERE until < @until ORDER BY until LIMIT @most)", args);
        return Math.Max(removed, Math.Max(pauses, agents));
    }, cancel);

    static string Where(IReadOnlyCollection<AgentId>? agents) => " WHERE slice >= @first AND slice < @end" + (agents is null ? "" : " AND agent_id {{in:ids}}");

    static object Args(IReadOnlyCollection<AgentId>? agents, DateTimeOffset from, DateTimeOffset to, int most = 0) =>
        new { first = First(from), end = First(to), ids = agents?.Select(a => a.Value).ToArray() ?? [], most };

    /// <summary>The first quarter that begins then or later.</summary>
    static long First(DateTimeOffset at) => (long)Math.Ceiling((decimal)at.Micros() / AttemptStore.SliceMicroseconds);

    static TimeSpan Span(long micros) => TimeSpan.FromMicroseconds(micros);

    sealed class TimeRow
    {
        public string Key { get; init; } = "";
        public long Free { get; init; }
        public long Ringing { get; init; }
        public long Talking { get; init; }
        public long WrappingUp { get; init; }
        public long Paused { get; init; }
    }
}

public enum AgentTimeBy { Agent, Quarter }

/// <param name="Key">The agent's id, or the number of the quarter.</param>
public readonly record struct AgentTimeSums(string Key, TimeSpan Free, TimeSpan Ringing, TimeSpan Talking, TimeSpan WrappingUp, TimeSpan Paused)
{
    public static AgentTimeSums operator +(AgentTimeSums a, AgentTimeSums b) => a with
    {
        Free = a.Free + b.Free,
        Ringing = a.Ringing + b.Ringing,
        Talking = a.Talking + b.Talking,
        WrappingUp = a.WrappingUp + b.WrappingUp,
        Paused = a.Paused + b.Paused,
    };
}

public readonly record struct AgentPauseSum(AgentId Agent, string Reason, TimeSpan Paused);
