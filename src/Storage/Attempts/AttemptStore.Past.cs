using System.Collections.Immutable;
using Carillon.Calls;

namespace Carillon.Storage;

/// <summary>How calls of before went, without who was called.</summary>
public sealed partial class AttemptStore
{
    /// <summary>The campaign's attempts that ended last, the oldest of them first. One stretch of an index.</summary>
    public async Task<ImmutableArray<PastAttempt>> LastPastAsync(CampaignId campaign, int most, CancellationToken cancel = default)
    {
        var rows = await database.ReadAsync(s => s.QueryAsync<PastAttempt>("""
            SELECT attempt_number AS attemptnumber, at, answered_at AS answeredat, verdict_at AS verdictat, bridged_at AS bridgedat, ended_at AS endedat, outcome, agent_id AS agent
            FROM attempts WHERE campaign_id = @campaign AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT @most
            """, new { campaign, most }), cancel);
        return [.. Enumerable.Reverse(rows)];
    }
}

/// <summary>Of an ended <see cref="Attempt"/>, what its times and its end were.</summary>
public sealed record PastAttempt
{
    public int AttemptNumber { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? VerdictAt { get; init; }
    public DateTimeOffset? BridgedAt { get; init; }
    public DateTimeOffset EndedAt { get; init; }
    public Outcome Outcome { get; init; }
    public AgentId? Agent { get; init; }
}
