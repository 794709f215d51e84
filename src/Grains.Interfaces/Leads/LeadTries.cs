using System.Collections.Immutable;
using Carillon.Calls;
using Orleans;

namespace Carillon.Leads;

/// <summary>What the rules remember of a lead's attempts, beside how many there were. A lead's numbers are told by their place: 0 is its main one.</summary>
[GenerateSerializer, Immutable]
public sealed record LeadTries
{
    public static readonly LeadTries None = new();

    /// <summary>How many attempts ended so.</summary>
    [Id(0)] public ImmutableDictionary<Outcome, int> Outcomes { get; init; } = ImmutableDictionary<Outcome, int>.Empty;
    /// <summary>The place of the number that is called next.</summary>
    [Id(1)] public int Number { get; init; }
    /// <summary>Places of numbers that are called no more: nobody has them, or they are on a do-not-call list.</summary>
    [Id(2)] public ImmutableArray<int> Dead { get; init; } = [];

    /// <summary>How many calls were followed by this answer of an agent.</summary>
    [Id(3)] public ImmutableDictionary<DispositionId, int> Dispositions { get; init; } = ImmutableDictionary<DispositionId, int>.Empty;

    /// <summary>How often agents who were shown the lead would not call it.</summary>
    [Id(4)] public int Skips { get; init; }

    /// <summary>The last attempt does not count, as a failing trunk lost it.</summary>
    [Id(5)] public bool TakenBack { get; init; }

    public int Of(DispositionId disposition) => Dispositions.GetValueOrDefault(disposition);

    public LeadTries Said(DispositionId disposition) => this with { Dispositions = Dispositions.SetItem(disposition, Of(disposition) + 1) };

    public LeadTries Unsaid(DispositionId disposition) =>
        this with { Dispositions = Of(disposition) > 1 ? Dispositions.SetItem(disposition, Of(disposition) - 1) : Dispositions.Remove(disposition) };

    public int Of(Outcome outcome) => Outcomes.GetValueOrDefault(outcome);

    public LeadTries Ended(Outcome outcome) => this with { Outcomes = Outcomes.SetItem(outcome, Of(outcome) + 1), TakenBack = false };

    public LeadTries WithDead(int place) => Dead.Contains(place) ? this : this with { Dead = Dead.Add(place) };

    /// <summary>The place whose turn is after this one; null if no number is left. With one number left it is that one again.</summary>
    public int? After(int place, int numbers)
    {
        for (var step = 1; step <= numbers; step++)
            if ((place + step) % numbers is var next && !Dead.Contains(next)) return next;
        return null;
    }

    public bool Equals(LeadTries? other) =>
        other is not null && Number == other.Number && Skips == other.Skips && TakenBack == other.TakenBack && Dead.SequenceEqual(other.Dead)
        && Outcomes.Count == other.Outcomes.Count && Outcomes.All(o => other.Of(o.Key) == o.Value)
        && Dispositions.Count == other.Dispositions.Count && Dispositions.All(d => other.Of(d.Key) == d.Value);

    public override int GetHashCode() => HashCode.Combine(Number, Dead.Length, Outcomes.Count, Outcomes.Values.Sum());
}
