using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Pacing;
using Carillon.Queues;

namespace Carillon.Campaigns;

/// <summary>How far the campaign is, and at what pace.</summary>
sealed partial class CampaignGrain
{
    readonly PaceHistory _paces = new();
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
            Why = _why,
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

    public Task<CampaignPace> GetPace() => Task.FromResult(new CampaignPace
    {
        Campaign = Id,
        Mode = _setup?.Campaign.Mode ?? default,
        Now = _paces.Last,
        LastHour = _paces.LastHour(time.GetUtcNow()),
    });

    public Task<PaceMoment?> GetLastPace() => Task.FromResult(_paces.Last);

    /// <summary>What a decision looks like to those who ask for it later.</summary>
    PaceMoment Moment(PacingDecision decision, PoolGrant? pool, DateTimeOffset now)
    {
        var predictive = _setup?.Campaign.Mode == PacingMode.Predictive;
        return new()
        {
            At = now,
            Ringing = _flights.In(CallState.Queued) + _flights.In(CallState.Originating) + _flights.In(CallState.Ringing),
            Waiting = _flights.Waiting(_setup?.Plan.Detection is not null),
            Talking = _flights.In(CallState.Bridged),
            AgentsFree = _agentsFree,
            AgentsLoggedIn = _agentsLoggedIn,
            AgentsExpected = predictive ? pool?.Freed : null,
            AnswersExpected = predictive ? pool?.Answers : null,
            AnswerChance = _evidence?.Chance(1, now),
            Risk = predictive ? pool?.Risk : null,
            RiskLimit = predictive ? _evidence?.RiskLimit(now) : null,
            AbandonmentRate = predictive ? _evidence?.AbandonmentRate : null,
            AbandonsLeft = predictive ? _evidence?.AbandonsLeft : null,
            LimitedBy = decision.LimitedBy.ToString(),
        };
    }

    void Note(PaceMoment moment)
    {
        _paces.Add(moment with { Why = _why });
        if (_setup is not null) metrics.Paced(Id, _setup.Campaign.Mode, moment);
    }
}
