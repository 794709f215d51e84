using Carillon.Contacts;
using Orleans;

namespace Carillon.Subscribers;

/// <summary>One phone number across all campaigns. Key: the number in E.164.</summary>
public interface ISubscriberGrain : IGrainWithStringKey
{
    /// <summary>
    /// The last question before an intent is written: may this number be called now? A yes reserves the number for this attempt until
    /// <see cref="Release"/>, or until <see cref="ReservationLifetime"/> has passed without an intent in the store.
    /// </summary>
    /// <param name="terms">What the call must keep to, besides do-not-call lists.</param>
    Task<ReserveResult> Reserve(AttemptId attempt, CampaignId campaign, ContactTerms terms);

    /// <summary>The attempt has ended, or was not placed after all. Repeated and unknown releases are ignored.</summary>
    Task Release(AttemptId attempt);

    /// <summary>Facts in the store were changed by people (do-not-call list): read them again.</summary>
    Task Refresh();

    static TimeSpan ReservationLifetime => TimeSpan.FromSeconds(30);
}

/// <param name="NotBefore">It is no use to ask again earlier; null: soon, or (do-not-call) never.</param>
[GenerateSerializer, Immutable]
public sealed record ReserveResult([property: Id(0)] ReserveRefusal Refusal, [property: Id(1)] DateTimeOffset? NotBefore = null)
{
    public static readonly ReserveResult Granted = new(ReserveRefusal.None);

    /// <summary>What a yes rests on. It goes into the intent (<see cref="Calls.AttemptIntent.Seen"/>).</summary>
    [Id(2)] public NumberSeen? Seen { get; init; }

    public bool IsGranted => Refusal == ReserveRefusal.None;
}

public enum ReserveRefusal
{
    None,
    /// <summary>The number is in another call of ours; try again later.</summary>
    InCall,
    /// <summary>The number is on a do-not-call list: never in this campaign, or not before its entry ends.</summary>
    DoNotCall,
    /// <summary>It is called as often as a cap allows.</summary>
    OverCap,
    /// <summary>The gap since its last call is too short.</summary>
    TooSoon,
    /// <summary>Its own hours, or those of the schedule, have ended meanwhile.</summary>
    OutsideHours,
}
