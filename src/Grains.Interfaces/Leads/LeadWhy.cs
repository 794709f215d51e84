using System.Collections.Immutable;
using Orleans;

namespace Carillon.Leads;

/// <summary>Why a lead was not dialed yet.</summary>
[GenerateSerializer, Immutable]
public sealed record LeadWhy
{
    /// <summary>The first of <see cref="Reasons"/>, as one sentence.</summary>
    [Id(0)] public required string Why { get; init; }
    /// <summary>Everything that stands in the way, the campaign's reasons first, then the lead's, then the number's. Never empty.</summary>
    [Id(1)] public required ImmutableArray<WhyNot> Reasons { get; init; }
    /// <summary>The number whose turn it is.</summary>
    [Id(2)] public required Numbers.PhoneNumber Number { get; init; }
    /// <summary>The time zones that the number may be in.</summary>
    [Id(3)] public ImmutableArray<string> Zones { get; init; } = [];
    /// <summary>How many leads that are due go before it, roughly; null: it is not due.</summary>
    [Id(4)] public int? Ahead { get; init; }
}

/// <param name="Until">When this reason ends by itself; null: not by itself, or nobody knows.</param>
[GenerateSerializer, Immutable]
public sealed record WhyNot([property: Id(0)] WhyNotReason Reason, [property: Id(1)] string Text, [property: Id(2)] DateTimeOffset? Until = null);

public enum WhyNotReason
{
    /// <summary>It will not be dialed any more.</summary>
    Final,
    /// <summary>It is being dialed, or in a call.</summary>
    InCall,
    CampaignNotRunning,
    /// <summary>Something that the campaign needs is missing.</summary>
    CampaignNotReady,
    ScheduleClosed,
    /// <summary>Its next time is in the future: a retry, or a callback that somebody asked for.</summary>
    NextTime,
    NoTrunk,
    DoNotCall,
    OutsideOwnHours,
    OverCap,
    TooSoon,
    /// <summary>The number is in another call of ours.</summary>
    NumberInCall,
    /// <summary>It is held for an agent who has not been free.</summary>
    HeldForAgent,
    /// <summary>An agent is looking at it (Preview).</summary>
    ShownToAgent,
    /// <summary>Nothing else: it is due, and others are before it or agents are busy.</summary>
    WaitsItsTurn,
    /// <summary>Its trunks were full, and very many leads wait for them already.</summary>
    NoRoom,
}
