using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Numbers;
using Orleans;

namespace Carillon.Leads;

/// <summary>What has become of a lead. Final is a lead without <see cref="Lead.NextAt"/> that is not Dialing.</summary>
public enum LeadStatus { New, Dialing, Answered, Unanswered, Callback, Completed, Excluded }

/// <summary>One number in one campaign.</summary>
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

    public bool HasAnswered => AttemptsSinceAnswer > 0;
}
