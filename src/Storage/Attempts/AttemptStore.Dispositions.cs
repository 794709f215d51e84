using Carillon.Calls;
using Carillon.Dispositions;
using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>What became of a word on a call.</summary>
public enum SaidOutcome
{
    /// <summary>The lead is as the disposition has it.</summary>
    Applied,
    /// <summary>The call still lives: the lead will be, when it ends.</summary>
    AtEnd,
    /// <summary>It had been said before, in the same words.</summary>
    SaidBefore,
    /// <summary>It is in the call's record and leaves the lead alone, which was called again since, is excluded, or is not there any more.</summary>
    RecordedOnly,
    NoSuchCall,
}

public sealed partial class AttemptStore
{
    /// <summary>Records what was said of a call and applies it to the lead, together. See <see cref="DispositionRules"/> for what comes late, twice or otherwise.</summary>
    public Task<SaidOutcome> SayAsync(AttemptId id, CallDisposition said, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var row = await s.FirstAsync<AttemptRow>($"SELECT {AttemptRow.Columns} FROM attempts WHERE id = @id {{{{for update}}}}", new { id });
        if (row is null) return SaidOutcome.NoSuchCall;
        if (said.IsSameAs(row.Disposition)) return SaidOutcome.SaidBefore;
        await s.ExecuteAsync("UPDATE attempts SET disposition_id = @Disposition, disposition = @Json WHERE id = @id", new { id, Disposition = said.Id, Json = CarillonJson.Write(said) });
        if (row.EndedAt is null) return SaidOutcome.AtEnd;

        var attempt = row.ToAttempt() with { Disposition = said };
        var lead = await s.FirstAsync<Lead>($"SELECT {LeadStore.Columns} FROM leads WHERE id = @LeadId {{{{for update}}}}", new { row.LeadId });
        if (lead is null || !DispositionRules.Decides(attempt, lead)) return SaidOutcome.RecordedOnly;
        var change = DispositionRules.After(attempt, row.Disposition, lead);
        await s.ExecuteAsync(
            "UPDATE leads SET status = @Status, next_at = @NextAt, tries = @Tries, excluded_because = @ExcludedBecause, agent_id = @Agent WHERE id = @LeadId",
            new { row.LeadId, Status = change.Status.ToString(), change.NextAt, Tries = Mapping.Json(change.Tries), change.ExcludedBecause, change.Agent });
        var counts = new LeadCounts();
        counts.Move(lead.Campaign, lead.Status, lead.NextAt is not null, change.Status, change.NextAt is not null);
        await counts.ApplyAsync(s);
        return SaidOutcome.Applied;
    }, cancel);
}
