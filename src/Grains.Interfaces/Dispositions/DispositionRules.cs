using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Dispositions;

/// <summary>
/// What a disposition makes of the lead. It comes when it comes:
/// <list type="bullet">
/// <item>while the call lives: it takes effect with the call's end, on top of what the outcome makes of the lead;</item>
/// <item>after the end: at once;</item>
/// <item>the same again: nothing;</item>
/// <item>another one for the same call: the last word counts, as if the earlier one had never been said; only a do-not-call list keeps its entry;</item>
/// <item>after the lead was called again, or while it is: it stays in the record of its call and leaves the lead alone, since the later call decides;</item>
/// <item>for a lead that is excluded: likewise; nobody is called against a wish by a later word of an agent.</item>
/// </list>
/// </summary>
public static class DispositionRules
{
    /// <summary>What the end of a call makes of its lead, with what was said of it so far.</summary>
    public static LeadChange AtEnd(Attempt ended, Lead lead, CallRules rules)
    {
        var change = LeadRules.After(ended, lead, rules);
        return ended.Disposition is null ? change : After(ended, null, lead with { Status = change.Status, NextAt = change.NextAt, AttemptsSinceAnswer = change.AttemptsSinceAnswer, Tries = change.Tries });
    }

    /// <summary>Whether the attempt is the lead's last one, and the lead is still to be decided upon.</summary>
    public static bool Decides(Attempt ended, Lead lead) =>
        ended.EndedAt is not null && lead.LastAttemptAt == ended.Intent.At && lead.Status is not (LeadStatus.Dialing or LeadStatus.Excluded);

    /// <param name="ended">The attempt, with what is said of it now.</param>
    /// <param name="before">What was said of it before.</param>
    /// <param name="lead">The lead as that left it.</param>
    public static LeadChange After(Attempt ended, CallDisposition? before, Lead lead)
    {
        var (said, at) = (ended.Disposition!, ended.EndedAt!.Value);
        var place = PlaceOf(ended, lead);
        var tries = Undone(lead.Tries, before, place, ended).Said(said.Id);
        var change = new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = lead.AttemptsSinceAnswer, Tries = tries, Agent = lead.Agent };
        return said.Meaning.Action switch
        {
            DispositionAction.CallAgain => CallAgain(change, said, ended, at),
            DispositionAction.OtherNumber => OtherNumber(change with { Status = LeadStatus.Unanswered }, said, place, lead.NumberCount, at),
            DispositionAction.Exclude or DispositionAction.DoNotCall => Excluded(change, said.Meaning.Name),
            _ => change,
        };
    }

    static LeadChange CallAgain(LeadChange change, CallDisposition said, Attempt ended, DateTimeOffset at)
    {
        var (rule, times) = (said.Meaning.RetryOrDefault, change.Tries.Of(said.Id));
        if (times > rule.Attempts) return UsedUp(change with { Status = LeadStatus.Answered }, rule, said.Meaning.Name);
        return change with
        {
            Status = LeadStatus.Callback,
            NextAt = said.CallAt ?? at + rule.IntervalAfter(times),
            Agent = said.Meaning.SameAgent ? ended.Agent : null,
        };
    }

    static LeadChange OtherNumber(LeadChange change, CallDisposition said, int place, int numbers, DateTimeOffset at)
    {
        var tries = change.Tries.WithDead(place);
        return tries.After(place, numbers) is { } next
            ? change with { NextAt = at, Tries = tries with { Number = next } }
            : UsedUp(change with { Tries = tries }, said.Meaning.RetryOrDefault, said.Meaning.Name);
    }

    static LeadChange UsedUp(LeadChange change, RetryRule rule, string name) =>
        rule.Final == LeadStatus.Excluded ? Excluded(change, name) : change with { Status = rule.Final ?? change.Status };

    static LeadChange Excluded(LeadChange change, string name) => change with { Status = LeadStatus.Excluded, ExcludedBecause = name };

    static LeadTries Undone(LeadTries tries, CallDisposition? before, int place, Attempt ended)
    {
        if (before is null) return tries;
        tries = tries.Unsaid(before.Id);
        return before.Meaning.Action == DispositionAction.OtherNumber && ended.Outcome != Outcome.InvalidNumber
            ? tries with { Dead = tries.Dead.Remove(place), Number = place }
            : tries;
    }

    static int PlaceOf(Attempt ended, Lead lead) => ended.Intent.Number == lead.Number ? 0 : lead.OtherNumbers.IndexOf(ended.Intent.Number) + 1;
}
