using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Carillon.Calls;
using Carillon.Numbers;
using Orleans;

namespace Carillon.Leads;

/// <summary>What has become of a lead. Final is a lead without <see cref="Lead.NextAt"/> that is not Dialing.</summary>
public enum LeadStatus { New, Dialing, Answered, Unanswered, Callback, Completed, Excluded }

/// <summary>Why a lead that was due was put off.</summary>
public enum PutOff
{
    /// <summary>No trunk of the campaign has a prefix of its number.</summary>
    NoTrunk,
    /// <summary>It is night, a quiet period or a day off where it is.</summary>
    OwnHours,
    /// <summary>It was called as often as a cap allows.</summary>
    Cap,
    /// <summary>The gap since its last call was too short.</summary>
    Gap,
    /// <summary>It is on a do-not-call list for a time.</summary>
    DoNotCall,
    /// <summary>Trunks that it may go by were full, and very many leads waited for them already.</summary>
    NoRoom,
}

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

    /// <summary>The agent who is to call this lead. Others do so once it has been due for as long as the campaign holds leads (<see cref="LeadOrder.HoldFor"/>).</summary>
    [Id(16)] public AgentId? Agent { get; init; }
    /// <summary>0 to 9; leads of a higher one are called first. Default 0.</summary>
    [Id(17)] public int Priority { get; init; }
    /// <summary>For campaigns that call by it: the lowest first.</summary>
    [Id(18)] public int? CallOrder { get; init; }
    /// <summary>How likely it answers, 0 to 1; for campaigns that call by it.</summary>
    [Id(19)] public double? Chance { get; init; }
    /// <summary>The list that it came with; the campaign may give lists shares. Empty: none.</summary>
    [Id(20)] public string List { get; init; } = "";

    /// <summary>Why it was put off the last time, which counts only while its next time is still <see cref="PutOffUntil"/>.</summary>
    [JsonIgnore, Id(14)] public PutOff? PutOffBecause { get; init; }
    [JsonIgnore, Id(15)] public DateTimeOffset? PutOffUntil { get; init; }

    /// <summary>Which rule set <see cref="NextAt"/> when the lead was due and could not be dialed. Null: none did.</summary>
    public PutOff? PutOff => NextAt is not null && NextAt == PutOffUntil ? PutOffBecause : null;

    public const int MostOtherNumbers = 9;

    public const int HighestPriority = 9;

    /// <summary>Callbacks come before all others, and others by their priority.</summary>
    public int Rank => Status == LeadStatus.Callback ? HighestPriority + 1 : Priority;

    public bool HasAnswered => AttemptsSinceAnswer > 0;

    public int NumberCount => 1 + OtherNumbers.Length;

    /// <summary>The number that is called next, or is being called.</summary>
    public PhoneNumber NextNumber => Tries.Number is var place && place > 0 && place <= OtherNumbers.Length ? OtherNumbers[place - 1] : Number;
}
