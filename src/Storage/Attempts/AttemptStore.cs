using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Dispositions;
using Carillon.Leads;
using Microsoft.Extensions.Logging;

namespace Carillon.Storage;

/// <summary>Attempts: open ones are what is being dialed, ended ones are the call records. Each changes together with its lead.</summary>
public sealed partial class AttemptStore(Database database)
{
    /// <summary>Takes back attempts for which nothing was dialed: their rows go, and their leads are as before. Ended attempts are left alone.</summary>
    /// <param name="nextAt">When the leads are due again.</param>
    /// <param name="reason">For the log.</param>
    /// <returns>Those that were taken back.</returns>
    public async Task<ImmutableArray<AttemptId>> WithdrawAsync(
        IReadOnlyCollection<AttemptId> attempts, DateTimeOffset nextAt, string reason, CancellationToken cancel = default)
    {
        var withdrawn = await database.WriteAsync(s => WithdrawAsync(s, attempts, nextAt), cancel);
        if (!withdrawn.IsEmpty) database.Log.Withdrawn(withdrawn.Length, reason);
        return withdrawn;
    }

    /// <summary>Ends an attempt and tells its lead, once: if it has ended already (or never began) nothing is changed.</summary>
    /// <param name="change">
    /// What it makes of the lead as it is now; asked with the attempt as it is stored, with what was said of it meanwhile. May be asked again after a
    /// conflict with another writer.
    /// </param>
    /// <returns>Whether this call ended it.</returns>
    /// <remarks>A lead that was excluded meanwhile stays excluded.</remarks>
    public Task<bool> CompleteAsync(Attempt ended, Func<Attempt, Lead, LeadChange> change, CancellationToken cancel = default)
    {
        if (ended.EndedAt is null || ended.Outcome is null) throw new ArgumentException("The attempt has no end or no outcome.", nameof(ended));
        return database.WriteAsync(async s =>
        {
            var reason = ended.Reason;
            var closed = await s.QueryAsync<Closed>("""
                UPDATE attempts SET ringing_at = @RingingAt, answered_at = @AnsweredAt, bridged_at = @BridgedAt, ended_at = @EndedAt, outcome = @Outcome,
                    cause = @Cause, sip_code = @SipCode, dial_status = @DialStatus, reason_text = @Text, agent_id = @Agent, abandoned = @Abandoned,
                    verdict = @Verdict, verdict_cause = @VerdictCause, verdict_at = @VerdictAt, pressed_key = @Key,
                    trunk_failed = @TrunkFailed
                WHERE id = @Id AND ended_at IS NULL RETURNING disposition, lead_status_before AS statusbefore
                """,
                new
                {
                    ended.Intent.Id,
                    ended.RingingAt,
                    ended.AnsweredAt,
                    ended.BridgedAt,
                    ended.EndedAt,
                    Outcome = ended.Outcome.ToString(),
                    reason.Cause,
                    reason.SipCode,
                    reason.DialStatus,
                    reason.Text,
                    ended.Agent,
                    ended.Abandoned,
                    Verdict = ended.Verdict?.ToString(),
                    ended.VerdictCause,
                    ended.VerdictAt,
                    ended.Key,
                    ended.TrunkFailed,
                });
            if (closed is not [var row]) return false;
            await ApplyAsync(s, ended with { StatusBefore = row.StatusBefore, Disposition = row.Disposition ?? ended.Disposition }, change);
            return true;
        }, cancel);
    }

    /// <summary>Notes how far a running call has come, so that it can be taken up again after a loss. Times that are noted already stay.</summary>
    public Task<bool> UpdateProgressAsync(Attempt running, CancellationToken cancel = default) => database.WriteAsync(async s => await s.ExecuteAsync("""
        UPDATE attempts SET ringing_at = COALESCE(ringing_at, @RingingAt), answered_at = COALESCE(answered_at, @AnsweredAt),
            bridged_at = COALESCE(bridged_at, @BridgedAt), agent_id = COALESCE(@Agent, agent_id),
            verdict = COALESCE(@Verdict, verdict), verdict_cause = COALESCE(@VerdictCause, verdict_cause), verdict_at = COALESCE(verdict_at, @VerdictAt)
        WHERE id = @Id AND ended_at IS NULL
        """,
        new
        {
            running.Intent.Id,
            running.RingingAt,
            running.AnsweredAt,
            running.BridgedAt,
            running.Agent,
            Verdict = running.Verdict?.ToString(),
            running.VerdictCause,
            running.VerdictAt,
        }) > 0, cancel);

    static async Task ApplyAsync(Session s, Attempt ended, Func<Attempt, Lead, LeadChange> decide)
    {
        var lead = await s.FirstAsync<Lead>($"SELECT {LeadStore.Columns} FROM leads WHERE id = @LeadId {{{{for update}}}}", new { ended.Intent.LeadId });
        // Its campaign was deleted, and the leads with it.
        if (lead is null) return;
        var change = decide(ended, lead);
        var args = new
        {
            ended.Intent.LeadId,
            ended.Intent.At,
            ended.Intent.Campaign,
            Outcome = ended.Outcome.ToString(),
            Status = change.Status.ToString(),
            change.NextAt,
            change.AttemptsSinceAnswer,
            Tries = Mapping.Json(change.Tries),
            change.ExcludedBecause,
            change.Agent,
            Back = change.TakenBack ? 1 : 0,
        };
        var becomes = lead.Status == LeadStatus.Dialing ? "status = @Status, next_at = @NextAt, excluded_because = @ExcludedBecause, agent_id = @Agent, " : "";
        await s.ExecuteAsync($"""
            UPDATE leads SET {becomes}attempts = attempts - @Back, attempts_since_answer = @AttemptsSinceAnswer, tries = @Tries, last_outcome = @Outcome, last_attempt_at = @At WHERE id = @LeadId
            """, args);
        if (becomes.Length == 0) return;
        var counts = new LeadCounts();
        counts.Move(ended.Intent.Campaign, LeadStatus.Dialing, false, change.Status, change.NextAt is not null);
        await counts.ApplyAsync(s);
    }

    static async Task<ImmutableArray<AttemptId>> WithdrawAsync(Session s, IReadOnlyCollection<AttemptId> attempts, DateTimeOffset nextAt)
    {
        var ids = attempts.Select(a => a.Value).ToArray();
        var removed = await s.QueryAsync<Removed>("""
            DELETE FROM attempts WHERE id {{in:ids}} AND ended_at IS NULL
            RETURNING id, campaign_id AS campaign, lead_id AS leadid, lead_status_before AS statusbefore
            """, new { ids });
        var counts = new LeadCounts();
        foreach (var attempt in removed.OrderBy(r => r.LeadId))
        {
            var args = new { attempt.LeadId, Status = attempt.StatusBefore.ToString(), nextAt };
            var restored = await s.ExecuteAsync(
                "UPDATE leads SET status = @Status, next_at = @nextAt, attempts = attempts - 1 WHERE id = @LeadId AND status = 'Dialing'", args);
            if (restored > 0) counts.Move(attempt.Campaign, LeadStatus.Dialing, false, attempt.StatusBefore, true);
            else await s.ExecuteAsync("UPDATE leads SET attempts = attempts - 1 WHERE id = @LeadId", args);
        }
        await counts.ApplyAsync(s);
        return [.. removed.Select(r => r.Id)];
    }

    sealed class Closed
    {
        public CallDisposition? Disposition { get; init; }
        public LeadStatus StatusBefore { get; init; }
    }

    sealed class Removed
    {
        public AttemptId Id { get; init; }
        public CampaignId Campaign { get; init; }
        public long LeadId { get; init; }
        public LeadStatus StatusBefore { get; init; }
    }
}

static partial class AttemptLog
{
    [LoggerMessage(2, LogLevel.Information, "Took back {Count} attempts that were not dialed: {Reason}")]
    public static partial void Withdrawn(this ILogger log, int count, string reason);
}
