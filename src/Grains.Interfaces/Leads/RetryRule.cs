using Orleans;

namespace Carillon.Leads;

/// <summary>How often, and after how long, a lead is called again.</summary>
[GenerateSerializer, Immutable]
public sealed record RetryRule
{
    /// <summary>At least 1. Of an outcome: attempts that end so, at most. Of a column: attempts that it counts, however they end.</summary>
    [Id(0)] public required int Attempts { get; init; }
    /// <summary>From the end of one attempt to the next. At most 366 days.</summary>
    [Id(1)] public required TimeSpan Interval { get; init; }
    /// <summary>Each further interval is so many times the one before. Default 1: all are alike. At most 10.</summary>
    [Id(2)] public double Growth { get; init; } = 1;
    /// <summary>Intervals grow no longer than this. Null: 366 days.</summary>
    [Id(3)] public TimeSpan? LongestInterval { get; init; }
    /// <summary>The lead's other numbers are called next, one after another without an interval, which is kept before the first one's turn comes again. Default false.</summary>
    [Id(4)] public bool OtherNumber { get; init; }
    /// <summary>What a lead is after its last attempt: Completed or Excluded. Null: Answered or Unanswered, as that attempt ended.</summary>
    [Id(5)] public LeadStatus? Final { get; init; }

    /// <summary>How long to wait before a round of calls.</summary>
    /// <param name="round">From 1.</param>
    public TimeSpan IntervalAfter(int round)
    {
        var longest = Math.Max((LongestInterval ?? RetryValidation.LongestInterval).Ticks, Interval.Ticks);
        var grown = Interval.Ticks * Math.Pow(Math.Max(1, Growth), Math.Max(0, round - 1));
        return grown < longest ? TimeSpan.FromTicks((long)grown) : TimeSpan.FromTicks(longest);
    }
}
