using Carillon.Calls;

namespace Carillon.Leads;

/// <summary>
/// What an ended attempt makes of its lead. Two columns bound its attempts (VoxLink's): until a lead has answered the Unanswered one counts all of
/// them; from the first answer on the Answered one counts, that answer included, whatever the later attempts bring. Within these, an outcome may have
/// a rule of its own; one that has none follows the column.
/// </summary>
public static class LeadRules
{
    /// <summary>How long a lead rests whose call was not placed, so that a server that refuses everything is not asked for the same lead at once.</summary>
    public static readonly TimeSpan NotPlacedPause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// An attempt is answered if a person did and the call lasted <see cref="CallRules.AnsweredAfter"/> from then on. A machine is nobody, and an
    /// abandoned person met no agent: both count as unanswered, and so does Unknown, since a lead that may have been called must not be called
    /// more often than the rule says.
    /// </summary>
    public static bool CountsAsAnswered(Attempt ended, CallRules rules) =>
        ended.Outcome == Outcome.HumanAnswered && ended.AnsweredAt is { } answered && (ended.EndedAt ?? answered) - answered >= rules.AnsweredAfter;

    /// <param name="ended">The attempt, with its outcome.</param>
    /// <param name="lead">Its lead, as it was while being dialed.</param>
    /// <param name="rules">The rules under which it was placed.</param>
    public static LeadChange After(Attempt ended, Lead lead, CallRules rules)
    {
        if (ended.TrunkFailed && !lead.Tries.TakenBack) return NotCounted(ended, lead, rules);
        var (intent, outcome) = (ended.Intent, ended.Outcome!.Value);
        var answered = CountsAsAnswered(ended, rules);
        var sinceAnswer = answered || intent.AttemptsSinceAnswer > 0 ? intent.AttemptsSinceAnswer + 1 : 0;
        var (column, made) = sinceAnswer > 0 ? (rules.Answered, sinceAnswer) : (rules.Unanswered, intent.AttemptNumber);
        var own = rules.Outcomes.GetValueOrDefault(outcome);
        var tries = lead.Tries.Ended(outcome);
        // The network says that nobody has this number: another try costs money and, to the carrier, looks like number guessing.
        if (outcome == Outcome.InvalidNumber && own is null) (tries, own) = (tries.WithDead(tries.Number), column with { OtherNumber = true });

        var rule = own ?? column;
        var change = new LeadChange { Status = answered ? LeadStatus.Answered : LeadStatus.Unanswered, AttemptsSinceAnswer = sinceAnswer, Tries = tries, Agent = lead.Agent };
        var mayRetry = made < column.Attempts && (own is null || tries.Of(outcome) < own.Attempts);
        return mayRetry && Next(rule, own is null ? made : tries.Of(outcome), tries, lead.NumberCount) is var (wait, number)
            ? change with { NextAt = (ended.EndedAt ?? intent.At) + wait, Tries = tries with { Number = number } }
            : Last(change, rule, outcome, tries);
    }

    /// <summary>
    /// The trunk failed, not the lead: the rules do not count the attempt, while its record stays and the caps of the number count it, as the phone may have rung
    /// although nothing came back. So after silence the lead waits for the interval of its rule too; a call that was refused at the trunk reached nobody.
    /// Not twice in a row: a number that is refused on every trunk looks the same, and its attempts have to come to an end.
    /// </summary>
    static LeadChange NotCounted(Attempt ended, Lead lead, CallRules rules)
    {
        var intent = ended.Intent;
        var column = intent.AttemptsSinceAnswer > 0 ? rules.Answered : rules.Unanswered;
        var wait = ended.Outcome == Outcome.NoAnswer && column.Interval > NotPlacedPause ? column.Interval : NotPlacedPause;
        return new()
        {
            Status = ended.StatusBefore,
            NextAt = (ended.EndedAt ?? intent.At) + wait,
            AttemptsSinceAnswer = intent.AttemptsSinceAnswer,
            Tries = lead.Tries with { TakenBack = true },
            Agent = lead.Agent,
            TakenBack = true,
        };
    }

    /// <summary>How long to wait, and which number is called then; null if none is left.</summary>
    /// <param name="made">Attempts that the rule has counted.</param>
    static (TimeSpan Wait, int Number)? Next(RetryRule rule, int made, LeadTries tries, int numbers)
    {
        if (!rule.OtherNumber) return (rule.IntervalAfter(made), tries.Number);
        if (tries.After(tries.Number, numbers) is not { } next) return null;
        var live = numbers - tries.Dead.Length;
        return (next > tries.Number ? TimeSpan.Zero : rule.IntervalAfter((made + live - 1) / live), next);
    }

    static LeadChange Last(LeadChange change, RetryRule rule, Outcome outcome, LeadTries tries) => rule.Final switch
    {
        LeadStatus.Excluded => change with { Status = LeadStatus.Excluded, ExcludedBecause = $"The attempts are used up; {tries.Of(outcome)} ended as {outcome}." },
        { } final => change with { Status = final },
        null => change,
    };
}
