using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Numbers;
using Orleans;

namespace Carillon.Leads;

/// <summary>What has become of a lead. Final is a lead without <see cref="Lead.NextAt"/> that is not Dialing.</summary>
public enum LeadStatus { New, Dialing, Answered, Unanswered, Callback, Completed, Excluded }

/// <summary>One person to call in one campaign, known by one main number.</summary>
[GenerateSerializer, Immutable]
public sealed record Lead
{
    [Id(0)] public long Id { get; init; }
    [Id(1)] public required CampaignId Campaign { get; init; }
    [Id(2)] public required PhoneNumber Number { get; init; }
    [Id(3)] public LeadStatus Status { get; init; }
    /// <summary>Attempts so far; an attempt counts from its intent on.</summary>
    [Id(4)] public int Attempts { get; init; }
    /// <summary>Of these, the attempts since the first one that was answered, that one included. 0: has never answered.</summary>
    [Id(5)] public int AttemptsSinceAnswer { get; init; }
    /// <summary>Not to be dialed before. Null: not to be dialed (any more), or being dialed.</summary>
    [Id(6)] public DateTimeOffset? NextAt { get; init; }
    [Id(7)] public Outcome? LastOutcome { get; init; }
    [Id(8)] public DateTimeOffset? LastAttemptAt { get; init; }
    [Id(9)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>The columns of the list that are not the number, by their header (or <c>column2</c> …).</summary>
    [Id(10)] public ImmutableDictionary<string, string> Data { get; init; } = ImmutableDictionary<string, string>.Empty;
    /// <summary>Why it was excluded.</summary>
    [Id(11)] public string? ExcludedBecause { get; init; }

    /// <summary>Further numbers of the same person, at most <see cref="MostOtherNumbers"/>. Which of them is called, and when, the retry rules say.</summary>
    [Id(12)] public ImmutableArray<PhoneNumber> OtherNumbers { get; init; } = [];
    [Id(13)] public LeadTries Tries { get; init; } = LeadTries.None;

    public const int MostOtherNumbers = 9;

    public bool HasAnswered => AttemptsSinceAnswer > 0;

    public int NumberCount => 1 + OtherNumbers.Length;

    /// <summary>The number that is called next, or is being called.</summary>
    public PhoneNumber NextNumber => Tries.Number is var place && place > 0 && place <= OtherNumbers.Length ? OtherNumbers[place - 1] : Number;
}
