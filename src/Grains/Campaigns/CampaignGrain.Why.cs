using Carillon.Leads;
using Carillon.Pacing;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>What a decision is said with, and why a lead was not dialed.</summary>
sealed partial class CampaignGrain
{
    public async Task<LeadWhy?> WhyNot(long leadId)
    {
        if (await leads.GetAsync(leadId) is not { } lead || lead.Campaign != Id) return null;
        var (setup, problem) = _setupIsStale ? await CampaignSetup.Load(Id, configs) : (_setup, _setupProblem);
        var now = time.GetUtcNow();
        var facts = new WhyFacts { Lead = lead, Campaign = Id, Status = _status, Now = now, Problem = setup is null ? problem : null, Pace = _status == CampaignStatus.Running ? Why : "" };
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

    async Task<string> Explain(CampaignSetup setup, OpenColumns open, string? problem, PacingDecision decision, DateTimeOffset now)
    {
        if (open == OpenColumns.None) return Closed(setup, now);
        if (decision.LimitedBy == LimitingFactor.NoAgents && problem is not null) return $"No agent can be reached: {problem}.";
        if (decision.LimitedBy == LimitingFactor.Leads && _buffer.Count == 0) return await NothingDue(setup);
        return decision.Why;
    }

    static string Closed(CampaignSetup setup, DateTimeOffset now) => setup.NextOpening(now) is { } opening
        ? $"The schedule '{setup.Schedule.Name}' is closed until {TimeZoneInfo.ConvertTime(opening, setup.Zone):yyyy-MM-dd HH:mm}."
        : $"The schedule '{setup.Schedule.Name}' does not open any more.";

    async Task<string> NothingDue(CampaignSetup setup)
    {
        if (_buffer.Aside > 0) return $"{Waiting(_buffer.Aside)}.";
        return await leads.NextDueAsync(Id) is { } due
            ? $"No lead is due before {TimeZoneInfo.ConvertTime(due, setup.Zone):yyyy-MM-dd HH:mm:ss}."
            : "No lead is left to dial; the last calls are still running.";
    }

    static string Waiting(int leads) => $"{leads} {(leads == 1 ? "lead waits" : "leads wait")} for room on a trunk";

    void ExplainMore(CampaignSetup setup, OpenColumns open, DateTimeOffset now)
    {
        if (now < _noWay.Until) Add($"{_noWay.Leads} leads were put off: no trunk of the campaign has a prefix of their numbers.");
        if (open != OpenColumns.None && setup.Plan.Detection is not null) Add(DetectionRules.Explain(_flights.Detection));
    }
}
