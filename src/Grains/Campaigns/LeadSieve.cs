using Carillon.Contacts;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.Subscribers;

namespace Carillon.Campaigns;

/// <summary>
/// Finds leads that are due and cannot be dialed now, many at a time, before an agent and a line are taken for them. It only saves work: the subscriber has the
/// last word on each.
/// </summary>
sealed class LeadSieve(CampaignId campaign, CampaignSetup setup, SubscriberStore subscribers)
{
    /// <summary>How long a lead is put off to which no trunk leads: somebody has to change a trunk or the list first.</summary>
    public static readonly TimeSpan NoWayRest = TimeSpan.FromMinutes(15);

    /// <summary>Those to put off.</summary>
    public async Task<List<SiftedLead>> Sift(IReadOnlyList<Lead> due, DateTimeOffset now)
    {
        var sifted = new List<SiftedLead>();
        var left = new List<Lead>(due.Count);
        foreach (var lead in due)
        {
            if (!setup.HasWayTo(lead.NextNumber)) sifted.Add(new(lead.Id, now + NoWayRest, PutOff.NoTrunk));
            else if (setup.Contact.HoursOf(lead, now) is { IsOpen: false } hours) sifted.Add(new(lead.Id, hours.Until ?? now + ContactHours.NeverAllowedRest, PutOff.OwnHours));
            else left.Add(lead);
        }
        if (!setup.Contact.HasCaps || left.Count == 0) return sifted;
        var facts = await subscribers.FactsAsync([.. left.Select(l => l.NextNumber).Distinct()]);
        foreach (var lead in left)
        {
            // Being in a call passes soon; for ever on a do-not-call list is more than to put off.
            var answer = SubscriberRules.MayCall(facts[lead.NextNumber] with { OpenAttempt = null }, campaign, setup.Contact.TermsOf(lead, null, now), now);
            if (SiftedLead.Of(lead, answer) is { } late) sifted.Add(late);
        }
        return sifted;
    }
}

/// <summary>A lead that is to be put off.</summary>
readonly record struct SiftedLead(long Id, DateTimeOffset Until, PutOff Because)
{
    /// <summary>Null: the subscriber did not say until when.</summary>
    public static SiftedLead? Of(Lead lead, ReserveResult answer) => answer.NotBefore is { } until ? new(lead.Id, until, answer.Refusal switch
    {
        ReserveRefusal.DoNotCall => PutOff.DoNotCall,
        ReserveRefusal.OverCap => PutOff.Cap,
        ReserveRefusal.TooSoon => PutOff.Gap,
        _ => PutOff.OwnHours,
    }) : null;
}
