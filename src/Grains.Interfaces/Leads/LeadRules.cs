using Carillon.Calls;

namespace Carillon.Leads;

/// <summary>
/// What an ended attempt makes of its lead, by VoxLink's two columns: until a lead has answered the Unanswered column counts all its attempts;
/// from the first answer on the Answered column counts, that answer included, whatever the later attempts bring.
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

    /// <param name="ended">The attempt. Without an outcome it was not placed: it is taken back, and the lead comes again after a pause.</param>
    /// <param name="rules">The rules under which it was placed.</param>
    public static LeadChange After(Attempt ended, CallRules rules)
    {
        var intent = ended.Intent;
        var at = ended.EndedAt ?? intent.At;
        if (ended.Outcome is null) return NotPlaced(intent, at);

        var answered = CountsAsAnswered(ended, rules);
        var sinceAnswer = answered || intent.AttemptsSinceAnswer > 0 ? intent.AttemptsSinceAnswer + 1 : 0;
        var (rule, made) = sinceAnswer > 0 ? (rules.Answered, sinceAnswer) : (rules.Unanswered, intent.AttemptNumber);
        // The network says that nobody has this number: another try costs money and, to the carrier, looks like number guessing.
        var retry = made < rule.Attempts && ended.Outcome != Outcome.InvalidNumber;
        return new()
        {
            Status = answered ? LeadStatus.Answered : LeadStatus.Unanswered,
            NextAt = retry ? at + rule.Interval : null,
            AttemptsSinceAnswer = sinceAnswer,
        };
    }

    static LeadChange NotPlaced(AttemptIntent intent, DateTimeOffset at) => new()
    {
        Status = intent.AttemptsSinceAnswer > 0 ? LeadStatus.Answered : intent.AttemptNumber > 1 ? LeadStatus.Unanswered : LeadStatus.New,
        NextAt = at + NotPlacedPause,
        AttemptsSinceAnswer = intent.AttemptsSinceAnswer,
        TakenBack = true,
    };
}
