using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Contacts;
using Carillon.Numbers;
using Carillon.Subscribers;

namespace Carillon.Storage;

public sealed class SubscriberStore(Database database)
{
    public async Task<SubscriberFacts> FactsAsync(PhoneNumber number, CancellationToken cancel = default) => (await FactsAsync([number], cancel))[number];

    /// <summary>For each number. One statement of three index look-ups: one is asked before every call.</summary>
    public Task<Dictionary<PhoneNumber, SubscriberFacts>> FactsAsync(IReadOnlyCollection<PhoneNumber> numbers, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var now = database.Now;
        var since = now - CapRules.Memory;
        var rows = await s.QueryAsync<Row>("""
            SELECT number, id, campaign_id AS campaign, at, ended_at AS endedat, answered_at AS answeredat, outcome, CAST(NULL AS text) AS reason
            FROM attempts WHERE number {{in:Values}} AND at >= @Since AND ended_at IS NOT NULL
            UNION ALL
            SELECT number, id, campaign_id, at, ended_at, answered_at, outcome, CAST(NULL AS text)
            FROM attempts WHERE number {{in:Values}} AND ended_at IS NULL
            UNION ALL
            SELECT number, CAST(NULL AS text), campaign_id, CAST(NULL AS bigint), expires_at, CAST(NULL AS bigint), CAST(NULL AS text), reason
            FROM do_not_call WHERE number {{in:Values}} AND (expires_at IS NULL OR expires_at > @now)
            """, new { Values = numbers.Select(n => n.Value).ToArray(), now, Since = since });
        var found = rows.ToLookup(r => r.Number);
        return numbers.ToDictionary(n => n, n => Facts([.. found[n]], since));
    }, cancel);

    static SubscriberFacts Facts(List<Row> rows, DateTimeOffset since) => new()
    {
        Since = since,
        OpenAttempt = rows.Find(r => r is { Id: not null, EndedAt: null })?.Id is { } id ? new AttemptId(id) : null,
        Calls = [.. rows.Where(r => r.Id is not null).Select(r => new PastCall(r.At!.Value, r.EndedAt, r.AnsweredAt is not null && r.Outcome != nameof(Outcome.Machine)))],
        DoNotCall = [.. rows.Where(r => r.Id is null).Select(r => new DoNotCallFact(r.Campaign.Length > 0 ? new CampaignId(r.Campaign) : null, r.EndedAt, r.Reason))],
    };

    /// <summary>A call, or (without <see cref="Id"/>) an entry of a do-not-call list, which ends when it expires.</summary>
    sealed class Row
    {
        public PhoneNumber Number { get; init; }
        public string? Id { get; init; }
        public string Campaign { get; init; } = "";
        public DateTimeOffset? At { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public DateTimeOffset? AnsweredAt { get; init; }
        public string? Outcome { get; init; }
        public string? Reason { get; init; }
    }
}
