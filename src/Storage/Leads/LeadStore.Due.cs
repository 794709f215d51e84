using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>Which column of the schedule is open now.</summary>
[Flags]
public enum OpenColumns { None = 0, Unanswered = 1, Answered = 2, Both = 3 }

/// <summary>Where <see cref="LeadStore.TakeDueAsync"/> goes on.</summary>
public readonly record struct DueCursor(bool IsCallback, DateTimeOffset NextAt, long Id)
{
    public static DueCursor After(Lead lead) => new(lead.Status == LeadStatus.Callback, lead.NextAt!.Value, lead.Id);
}

public sealed partial class LeadStore
{
    /// <summary>
    /// Leads that may be dialed now, callbacks first, then by next time. Changes nothing: a lead is taken by
    /// <see cref="AttemptStore.BeginAsync"/>. Start again without a cursor from time to time: leads become due behind it.
    /// </summary>
    public Task<List<Lead>> TakeDueAsync(CampaignId campaign, DateTimeOffset now, OpenColumns open, int limit, DueCursor? after = null, CancellationToken cancel = default) =>
        database.ReadAsync(async s =>
        {
            var due = new List<Lead>();
            for (var rank = after is { IsCallback: false } ? 2 : 0; rank <= 2 && due.Count < limit; rank += 2)
            {
                var from = after is { } cursor && cursor.IsCallback == (rank == 0) ? after : null;
                due.AddRange(await RankAsync(s, campaign, now, rank, open, limit - due.Count, from));
            }
            return due;
        }, cancel);

    /// <summary>When the next lead is due, which may be in the past; null: none has a next time.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CampaignId campaign, OpenColumns open = OpenColumns.Both, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        DateTimeOffset? first = null;
        foreach (var dueClass in Classes(0, open).Concat(Classes(2, open)))
        {
            // Min over an index: one look-up each.
            var next = await s.FirstAsync<long?>(
                "SELECT next_at FROM leads WHERE campaign_id = @campaign AND due_class = @dueClass AND next_at IS NOT NULL ORDER BY next_at LIMIT 1", new { campaign, dueClass });
            if (next is { } at && !(first <= Mapping.Time(at))) first = Mapping.Time(at);
        }
        return first;
    }, cancel);

    // One range of the index for each column of the schedule, merged.
    static async Task<List<Lead>> RankAsync(Session s, CampaignId campaign, DateTimeOffset now, int rank, OpenColumns open, int limit, DueCursor? after)
    {
        var found = new List<Lead>();
        foreach (var dueClass in Classes(rank, open))
        {
            var more = after is null ? "" : " AND (next_at, id) > (@AfterAt, @AfterId)";
            found.AddRange(await s.QueryAsync<Lead>($"""
                SELECT {Columns} FROM leads
                WHERE campaign_id = @campaign AND due_class = @dueClass AND next_at IS NOT NULL AND next_at <= @now{more}
                ORDER BY next_at, id LIMIT @limit
                """, new { campaign, dueClass, now, limit, AfterAt = after?.NextAt, AfterId = after?.Id }));
        }
        return [.. found.OrderBy(l => l.NextAt).ThenBy(l => l.Id).Take(limit)];
    }

    static IEnumerable<short> Classes(int rank, OpenColumns open)
    {
        if (open.HasFlag(OpenColumns.Unanswered)) yield return (short)rank;
        if (open.HasFlag(OpenColumns.Answered)) yield return (short)(rank + 1);
    }
}
