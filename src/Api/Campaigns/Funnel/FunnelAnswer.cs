using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Storage;

namespace Carillon.Api.Campaigns.Funnel;

public enum FunnelBy { Attempt, Hour, List }

/// <param name="TimeZone">Whose hours they are: the zone of the campaign's schedule.</param>
/// <param name="Total">Of all rows.</param>
/// <param name="More">There is more than is told; what is left out has fewer attempts.</param>
sealed record FunnelAnswer(FunnelBy By, DateTimeOffset From, DateTimeOffset To, string TimeZone, FunnelRow Total, ImmutableArray<FunnelRow> Rows, bool More);

/// <summary>How far calls came, step by step: of each step's calls the next one has a part.</summary>
public sealed record FunnelRow
{
    /// <summary>The number of the attempt, from 1; 00 to 23; the name of the list. Null: the leads are in no list.</summary>
    public string? Key { get; init; }
    /// <summary>Calls that were placed and have ended.</summary>
    public long Attempts { get; init; }
    /// <summary>Those that were picked up included, since not every trunk tells that it rings.</summary>
    public long Rang { get; init; }
    /// <summary>By people and machines.</summary>
    public long PickedUp { get; init; }
    /// <summary>By people, those that were abandoned included.</summary>
    public long Answered { get; init; }
    /// <summary>Calls in which an agent and the customer were joined.</summary>
    public long Talks { get; init; }
    /// <summary>Answered by people who met no agent within the campaign's limit; an agent may have come later.</summary>
    public long Abandoned { get; init; }
    /// <summary>How many ended so; together all attempts. What no call ended with is left out.</summary>
    public ImmutableSortedDictionary<Outcome, long> Outcomes { get; init; } = ImmutableSortedDictionary<Outcome, long>.Empty;

    public static FunnelRow Of(string? key, IEnumerable<CallSteps> parts) => parts.Aggregate(new FunnelRow { Key = key }, (row, part) => row.With(part));

    FunnelRow With(CallSteps part) => this with
    {
        Attempts = Attempts + part.Attempts,
        Rang = Rang + part.Rang,
        PickedUp = PickedUp + part.PickedUp,
        Answered = Answered + (part.Outcome is Outcome.HumanAnswered or Outcome.Abandoned ? part.Attempts : 0),
        Talks = Talks + part.Talks,
        Abandoned = Abandoned + part.Abandoned,
        Outcomes = Outcomes.SetItem(part.Outcome, Outcomes.GetValueOrDefault(part.Outcome) + part.Attempts),
    };
}
