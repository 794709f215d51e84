using Carillon.Contacts;

namespace Carillon.Subscribers;

/// <summary>Whether a number may be called now.</summary>
public static class SubscriberRules
{
    public static ReserveResult MayCall(SubscriberFacts facts, CampaignId campaign, ContactTerms terms, DateTimeOffset now)
    {
        if (facts.OpenAttempt is not null) return new(ReserveRefusal.InCall);
        if (facts.ForbiddenIn(campaign, now) is { } entry) return new(ReserveRefusal.DoNotCall, entry.Until);
        if (now >= terms.Until) return new(ReserveRefusal.OutsideHours, terms.Again);
        return CapRules.Check(terms, facts.Calls, now) is { } cap ? new(cap.IsGap ? ReserveRefusal.TooSoon : ReserveRefusal.OverCap, cap.NotBefore) : ReserveResult.Granted;
    }
}
