using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Schedules;
using Orleans;

namespace Carillon.Leads;

/// <summary>How a campaign calls its leads again, where that differs from its schedule's two columns. The default differs in nothing.</summary>
[GenerateSerializer, Immutable]
public sealed record RetryConfig
{
    /// <summary>For leads that have not answered, in place of the schedule's column. Its attempts bound all of theirs, whatever the rules of outcomes say.</summary>
    [Id(0)] public RetryRule? Unanswered { get; init; }
    /// <summary>For leads that have answered, in place of the schedule's column; counted from the first answer on, that one included.</summary>
    [Id(1)] public RetryRule? Answered { get; init; }
    /// <summary>For attempts that ended so, within the attempts of the two above. An outcome without a rule follows these.</summary>
    [Id(2)] public ImmutableDictionary<Outcome, RetryRule> Outcomes { get; init; } = ImmutableDictionary<Outcome, RetryRule>.Empty;

    /// <summary>The rule for leads that have answered, or have not: this one's, else the schedule's.</summary>
    public RetryRule Column(ScheduleConfig schedule, bool hasAnswered)
    {
        if ((hasAnswered ? Answered : Unanswered) is { } own) return own;
        var column = schedule.Column(hasAnswered);
        return new() { Attempts = column.Attempts, Interval = column.Interval };
    }
}
