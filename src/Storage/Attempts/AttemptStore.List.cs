using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Carillon.Calls;
using Carillon.Numbers;

namespace Carillon.Storage;

/// <summary>Which attempts to list. What is null or empty does not filter.</summary>
public sealed record AttemptFilter
{
    public ImmutableArray<CampaignId> Campaigns { get; init; } = [];
    /// <summary>Begun at or after.</summary>
    public DateTimeOffset? From { get; init; }
    /// <summary>Begun before.</summary>
    public DateTimeOffset? To { get; init; }
    public ImmutableArray<Outcome> Outcomes { get; init; } = [];
    public PhoneNumber? Number { get; init; }
    public AgentId? Agent { get; init; }
    public ServerId? Server { get; init; }
    public TrunkId? Trunk { get; init; }
    /// <summary>Default: newest first.</summary>
    public bool OldestFirst { get; init; }
    /// <summary>Only ended ones, which are the call records. Default true.</summary>
    public bool EndedOnly { get; init; } = true;
    /// <summary>The last one of the page before.</summary>
    public AttemptCursor? After { get; init; }
    /// <summary>Default 100.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A place in a list of attempts. Stays where it is while attempts are added.</summary>
public readonly record struct AttemptCursor(DateTimeOffset At, AttemptId Id) : IParsable<AttemptCursor>
{
    public static AttemptCursor After(Attempt attempt) => new(attempt.Intent.At, attempt.Intent.Id);

    public static AttemptCursor Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("Not a cursor that a list of calls gave.");

    public static bool TryParse([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? s, IFormatProvider? provider, out AttemptCursor result)
    {
        var dot = s?.IndexOf('.') ?? -1;
        var parsed = long.TryParse(dot < 0 ? "" : s.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
            && micros <= DateTimeOffset.MaxValue.Micros();
        result = parsed ? new(Mapping.Time(micros), new(s![(dot + 1)..])) : default;
        return parsed;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.Micros()}.{Id.Value}");
}

public sealed partial class AttemptStore
{
    const int StreamPage = 1000;

    public Task<Attempt?> GetAsync(AttemptId id, CancellationToken cancel = default) => database.ReadAsync(async s =>
        (await s.FirstAsync<AttemptRow>($"SELECT {AttemptRow.Columns} FROM attempts WHERE id = @id", new { id }))?.ToAttempt(), cancel);

    /// <summary>Those that are there, in no order.</summary>
    public Task<List<Attempt>> GetManyAsync(IReadOnlyCollection<AttemptId> ids, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var found = new List<Attempt>();
        foreach (var part in ids.Select(i => i.Value).Chunk(1000))
            found.AddRange((await s.QueryAsync<AttemptRow>($"SELECT {AttemptRow.Columns} FROM attempts WHERE id {{{{in:part}}}}", new { part })).Select(r => r.ToAttempt()));
        return found;
    }, cancel);

    /// <summary>Calls in progress on a server, oldest first.</summary>
    public Task<List<Attempt>> ListOpenAsync(ServerId server, CancellationToken cancel = default) => ListOpenAsync("server_id", server.Value, cancel);

    /// <summary>Calls in progress of a campaign, oldest first.</summary>
    public Task<List<Attempt>> ListOpenAsync(CampaignId campaign, CancellationToken cancel = default) => ListOpenAsync("campaign_id", campaign.Value, cancel);

    /// <summary>Servers that have calls in progress.</summary>
    public Task<List<ServerId>> ListServersWithOpenAsync(CancellationToken cancel = default) =>
        database.ReadAsync(s => s.QueryAsync<ServerId>("SELECT DISTINCT server_id FROM attempts WHERE ended_at IS NULL"), cancel);

    public Task<List<Attempt>> ListAsync(AttemptFilter filter, CancellationToken cancel = default) => database.ReadAsync(async s =>
        (await s.QueryAsync<AttemptRow>($"SELECT {AttemptRow.Columns} FROM attempts{Where(filter)} ORDER BY {Order(filter)} LIMIT @Limit", Args(filter)))
            .ConvertAll(r => r.ToAttempt()), cancel);

    /// <summary>All that the filter finds, without regard to its limit, in constant memory. Reads page by page and holds nothing open between them.</summary>
    public async IAsyncEnumerable<Attempt> StreamAsync(AttemptFilter filter, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var page = filter with { Limit = StreamPage };
        while (true)
        {
            var found = await ListAsync(page, cancel);
            foreach (var attempt in found) yield return attempt;
            if (found.Count < StreamPage) yield break;
            page = page with { After = AttemptCursor.After(found[^1]) };
        }
    }

    /// <summary>Attempts of a campaign that ended at <paramref name="since"/> or later.</summary>
    public Task<ImmutableDictionary<Outcome, long>> CountsByOutcomeAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancel = default) =>
        database.ReadAsync(async s =>
        {
            var rows = await s.QueryAsync<OutcomeCount>(
                "SELECT outcome, count(*) AS attempts FROM attempts WHERE campaign_id = @campaign AND ended_at >= @since GROUP BY outcome", new { campaign, since });
            return rows.ToImmutableDictionary(r => r.Outcome, r => r.Attempts);
        }, cancel);

    /// <summary>Attempts of a campaign that were begun at <paramref name="time"/> or later.</summary>
    public Task<long> CountSinceAsync(CampaignId campaign, DateTimeOffset time, CancellationToken cancel = default) => database.ReadAsync(s => s.FirstAsync<long>(
        "SELECT count(*) FROM attempts WHERE campaign_id = @campaign AND at >= @time", new { campaign, time }), cancel);

    Task<List<Attempt>> ListOpenAsync(string column, string value, CancellationToken cancel) => database.ReadAsync(async s =>
        (await s.QueryAsync<AttemptRow>($"SELECT {AttemptRow.Columns} FROM attempts WHERE {column} = @value AND ended_at IS NULL ORDER BY at, id", new { value }))
            .ConvertAll(r => r.ToAttempt()), cancel);

    static string Where(AttemptFilter filter)
    {
        var terms = new List<string>();
        if (!filter.Campaigns.IsDefaultOrEmpty) terms.Add(filter.Campaigns.Length == 1 ? "campaign_id = @Campaign" : "campaign_id {{in:Campaigns}}");
        if (filter.From is not null) terms.Add("at >= @From");
        if (filter.To is not null) terms.Add("at < @To");
        if (!filter.Outcomes.IsDefaultOrEmpty) terms.Add("outcome {{in:Outcomes}}");
        if (filter.Number is not null) terms.Add("number = @Number");
        if (filter.Agent is not null) terms.Add("agent_id = @Agent");
        if (filter.Server is not null) terms.Add("server_id = @Server");
        if (filter.Trunk is not null) terms.Add("trunk_id = @Trunk");
        if (filter.EndedOnly) terms.Add("ended_at IS NOT NULL");
        if (filter.After is not null) terms.Add($"(at, id) {(filter.OldestFirst ? ">" : "<")} (@AfterAt, @AfterId)");
        return terms.Count == 0 ? "" : " WHERE " + string.Join(" AND ", terms);
    }

    static string Order(AttemptFilter filter) => filter.OldestFirst ? "at, id" : "at DESC, id DESC";

    static object Args(AttemptFilter filter) => new
    {
        Campaign = filter.Campaigns.IsDefaultOrEmpty ? null : filter.Campaigns[0].Value,
        Campaigns = filter.Campaigns.IsDefault ? [] : filter.Campaigns.Select(c => c.Value).ToArray(),
        filter.From,
        filter.To,
        Outcomes = filter.Outcomes.IsDefault ? [] : filter.Outcomes.Select(o => o.ToString()).ToArray(),
        filter.Number,
        filter.Agent,
        filter.Server,
        filter.Trunk,
        AfterAt = filter.After?.At,
        AfterId = filter.After?.Id,
        filter.Limit,
    };

    sealed class OutcomeCount
    {
        public Outcome Outcome { get; init; }
        public long Attempts { get; init; }
    }
}
