using System.Collections.Immutable;
using Carillon.Contacts;

namespace Carillon.Subscribers;

/// <summary>What the store knows of a number, over all campaigns.</summary>
public sealed record SubscriberFacts
{
    /// <summary>The call that the number is in.</summary>
    public AttemptId? OpenAttempt { get; init; }
    /// <summary>From when on <see cref="Calls"/> are known.</summary>
    public DateTimeOffset Since { get; init; }
    /// <summary>Calls of the last <see cref="CapRules.Memory"/>, that one included.</summary>
    public ImmutableArray<PastCall> Calls { get; init; } = [];
    public ImmutableArray<DoNotCallFact> DoNotCall { get; init; } = [];

    public NumberSeen Seen => new(Since, Calls.Length);

    /// <summary>The entry that forbids a campaign's calls for the longest time; null: none does.</summary>
    public DoNotCallFact? ForbiddenIn(CampaignId campaign, DateTimeOffset now) => DoNotCall
        .Where(d => (d.Campaign is null || d.Campaign == campaign) && !(d.Until <= now))
        .OrderByDescending(d => d.Until ?? DateTimeOffset.MaxValue).Cast<DoNotCallFact?>().FirstOrDefault();
}

/// <param name="Campaign">Null: the list of all campaigns.</param>
/// <param name="Until">Null: for ever.</param>
public readonly record struct DoNotCallFact(CampaignId? Campaign, DateTimeOffset? Until, string? Reason);
