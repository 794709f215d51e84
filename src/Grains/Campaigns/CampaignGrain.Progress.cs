using System.Collections.Immutable;
using Carillon.Calls;

namespace Carillon.Campaigns;

/// <summary>How far the campaign is.</summary>
sealed partial class CampaignGrain
{
    (ImmutableDictionary<Leads.LeadStatus, long>, long) _counts = (ImmutableDictionary<Leads.LeadStatus, long>.Empty, 0);
    DateTimeOffset _countedAt;
    readonly LeadsLeft _leadsLeft = new();

    public async Task<CampaignProgress> GetProgress()
    {
        var now = time.GetUtcNow();
        var (counts, left) = await CountLeads(now);
        var perMinute = _flights.PlacedLastMinute(now);
        return new()
        {
            Campaign = Id,
            Status = _status,
            At = now,
            Leads = counts,
            LeadsLeft = left,
            Dialing = _flights.In(CallState.Queued) + _flights.In(CallState.Originating),
            Ringing = _flights.In(CallState.Ringing),
            Waiting = _flights.Waiting(_setup?.Plan.Detection is not null),
            Talking = _flights.In(CallState.Bridged),
            AgentsFree = _agentsFree,
            AgentsLoggedIn = _agentsLoggedIn,
            Outcomes = _flights.Outcomes,
            CallsPerMinute = perMinute,
            EstimatedEnd = _status == CampaignStatus.Running ? _leadsLeft.EndsAt(now, left) : null,
            Why = Why,
            StartedAt = _startedAt,
            Detection = _flights.Detection,
        };
    }

    /// <summary>Counts of leads are read at most every other second, however many ask.</summary>
    async Task<(ImmutableDictionary<Leads.LeadStatus, long>, long)> CountLeads(DateTimeOffset now)
    {
        if (now - _countedAt >= TimeSpan.FromSeconds(2))
        {
            _countedAt = now;
            _counts = (await leads.CountByStatusAsync(Id), await leads.LeadsLeftAsync(Id));
            _leadsLeft.Saw(now, _counts.Item2);
        }
        return _counts;
    }
}
