using Carillon.Leads;

namespace Carillon.Campaigns;

/// <summary>Saying why a lead was not dialed.</summary>
sealed partial class CampaignGrain
{
    public async Task<LeadWhy?> WhyNot(long leadId)
    {
        if (await leads.GetAsync(leadId) is not { } lead || lead.Campaign != Id) return null;
        var (setup, problem) = _setupIsStale ? await CampaignSetup.Load(Id, configs) : (_setup, _setupProblem);
        var now = time.GetUtcNow();
        var facts = new WhyFacts { Lead = lead, Campaign = Id, Status = _status, Now = now, Problem = setup is null ? problem : null, Pace = _status == CampaignStatus.Running ? _why : "" };
        if (setup is null) return WhyRules.Explain(facts);
        return WhyRules.Explain(facts with
        {
            Zone = setup.Zone,
            ScheduleOpen = setup.Times.IsOpen(lead.HasAnswered, now),
            ScheduleOpens = setup.Times.NextOpening(lead.HasAnswered, now),
            HasTrunk = setup.HasWayTo(lead.NextNumber),
            OwnHours = setup.Contact.HoursOf(lead, now),
            Terms = setup.Contact.TermsOf(lead, null, now) with { Zones = setup.Contact.ZonesOf(lead) },
            Subscriber = await subscribers.FactsAsync(lead.NextNumber),
            HoldFor = setup.Campaign.Order.HoldFor,
            ShownTo = _preview.Offers.FirstOrDefault(o => o.Lead.Id == lead.Id)?.Agent,
            Ahead = lead.NextAt <= now ? await leads.DueBeforeAsync(lead, now, setup.Open(now)) : 0,
        });
    }
}
