using System.Collections.Immutable;
using System.Globalization;

namespace Carillon.Storage;

/// <summary>Sums over many call records, by what they have in common. Each is one read of a stretch of an index: seconds for a million records (docs/api.md).</summary>
public sealed partial class AttemptStore
{
    const string Sums = """
        COUNT(*) AS attempts, SUM(CASE WHEN outcome IN ('HumanAnswered', 'Abandoned') THEN 1 ELSE 0 END) AS answered, SUM(CASE WHEN abandoned THEN 1 ELSE 0 END) AS abandoned,
        COUNT(bridged_at) AS talks, CAST(COALESCE(SUM(ended_at - bridged_at), 0) AS bigint) AS talkmicros
        """;

    /// <summary>The groups with the most attempts first. Calls that met no agent are in no agent's group.</summary>
    /// <param name="filter">Its cursor and limit do not count.</param>
    public async Task<ImmutableArray<CallSums>> SumsAsync(SumsBy by, AttemptFilter filter, int most, CancellationToken cancel = default)
    {
        var (key, only) = by switch
        {
            SumsBy.Campaign => ("campaign_id", ""),
            SumsBy.Agent => ("agent_id", " AND agent_id IS NOT NULL"),
            SumsBy.Trunk => ("trunk_id", ""),
            SumsBy.CallerId => ("caller_id", ""),
            _ => ($"CAST(at / {SliceMicroseconds} AS text)", ""),
        };
        var where = Where(filter with { EndedOnly = true, After = null });
        var rows = await database.ReadAsync(s => s.QueryAsync<SumsRow>(
            $"SELECT {key} AS key, {Sums} FROM attempts{where}{only} GROUP BY {key} ORDER BY attempts DESC, {key} LIMIT @Limit", Args(filter with { Limit = most })), cancel);
        return [.. rows.Select(r => new CallSums(r.Key, r.Attempts, r.Answered, r.Abandoned, r.Talks, TimeSpan.FromMicroseconds(r.TalkMicros)))];
    }

    /// <summary>By the quarter of an hour in which calls began, in order: of these the hours and days of every time zone can be made.</summary>
    public async Task<ImmutableArray<(DateTimeOffset At, CallSums Sums)>> SumsByTimeAsync(AttemptFilter filter, CancellationToken cancel = default) =>
        [.. from sums in await SumsAsync(SumsBy.Quarter, filter, int.MaxValue, cancel)
            let slice = long.Parse(sums.Key!, CultureInfo.InvariantCulture)
            orderby slice
            select (DateTimeOffset.UnixEpoch.AddMicroseconds(slice * SliceMicroseconds), sums)];

    sealed class SumsRow
    {
        public string? Key { get; init; }
        public long Attempts { get; init; }
        public long Answered { get; init; }
        public long Abandoned { get; init; }
        public long Talks { get; init; }
        public long TalkMicros { get; init; }
    }
}

public enum SumsBy { Campaign, Agent, Trunk, CallerId, Quarter }

/// <param name="Key">What the calls have in common; null: they have none.</param>
/// <param name="Answered">By people, those that were abandoned included.</param>
/// <param name="Talks">Calls in which an agent and the customer were joined.</param>
/// <param name="Talk">All talks together.</param>
public readonly record struct CallSums(string? Key, long Attempts, long Answered, long Abandoned, long Talks, TimeSpan Talk)
{
    public static CallSums operator +(CallSums a, CallSums b) =>
        a with { Attempts = a.Attempts + b.Attempts, Answered = a.Answered + b.Answered, Abandoned = a.Abandoned + b.Abandoned, Talks = a.Talks + b.Talks, Talk = a.Talk + b.Talk };
}
