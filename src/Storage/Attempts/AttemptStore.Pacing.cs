using System.Collections.Immutable;
using Carillon.Calls;

namespace Carillon.Storage;

/// <summary>What pacing learns from the calls of before when a campaign is taken up again.</summary>
public sealed partial class AttemptStore
{
    internal const long SliceMicroseconds = 900_000_000;

    // All that it reads is in the index attempts_campaign_ended.
    internal static readonly string AnsweredSlices = $"""
        SELECT ended_at / {SliceMicroseconds} AS slice, COUNT(*) AS answered, SUM(CASE WHEN abandoned THEN 1 ELSE 0 END) AS abandoned
        FROM attempts WHERE campaign_id = @campaign AND ended_at >= @since AND outcome IN ('HumanAnswered', 'Abandoned')
        GROUP BY ended_at / {SliceMicroseconds} ORDER BY slice
        """;

    /// <summary>Calls that people answered, and of these the abandoned ones, by the quarter of an hour in which they ended.</summary>
    public async Task<ImmutableArray<AnsweredSlice>> AnsweredSinceAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancel = default)
    {
        var rows = await database.ReadAsync(s => s.QueryAsync<SliceRow>(AnsweredSlices, new { campaign, since }), cancel);
        return [.. rows.Select(r => new AnsweredSlice(DateTimeOffset.UnixEpoch.AddMicroseconds(r.Slice * SliceMicroseconds), r.Answered, r.Abandoned))];
    }

    /// <summary>The campaign's attempts that ended last, the oldest of them first.</summary>
    public async Task<ImmutableArray<Attempt>> LastEndedAsync(CampaignId campaign, int most, CancellationToken cancel = default)
    {
        var rows = await database.ReadAsync(s => s.QueryAsync<AttemptRow>($"""
            SELECT {AttemptRow.Columns} FROM attempts WHERE campaign_id = @campaign AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT @most
            """, new { campaign, most }), cancel);
        return [.. rows.Select(r => r.ToAttempt()).Reverse()];
    }

    sealed class SliceRow
    {
        public long Slice { get; init; }
        public long Answered { get; init; }
        public long Abandoned { get; init; }
    }
}

/// <param name="At">The beginning of the slice.</param>
public readonly record struct AnsweredSlice(DateTimeOffset At, long Answered, long Abandoned);
