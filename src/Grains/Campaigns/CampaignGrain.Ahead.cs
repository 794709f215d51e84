using System.Collections.Immutable;
using Carillon.Pacing;
using Carillon.Pacing.Evidence;
using Carillon.Queues;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>Dialing ahead of free agents: the queue decides how many calls, from what this campaign tells of its own.</summary>
sealed partial class CampaignGrain
{
    /// <summary>Leads whose chances are told; behind them the last one's counts again.</summary>
    const int ChancesTold = 16;

    CallEvidence? _evidence;
    DayBook _days = null!;

    /// <summary>What was learned of calls is kept as long as it fits the campaign, and read from the store otherwise.</summary>
    async Task Recall(CampaignSetup setup)
    {
        if (_evidence?.Fits(setup) == true) return;
        var now = time.GetUtcNow();
        var since = now - setup.Campaign.Pacing.AbandonmentWindow;
        var evidence = new CallEvidence(setup);
        // The law counts in predictive campaigns; in others nobody is abandoned by design, and the count of a long window would be read for nothing.
        var (last, day) = (await attempts.LastEndedAsync(Id, CallEvidence.Remembered), await _days.Recall());
        evidence.Remember(setup.DialsAhead ? await attempts.AnsweredSinceAsync(Id, since) : [], last, _flights.All, day, now);
        _evidence = evidence;
    }

    async Task DialAhead(CampaignSetup setup, OpenColumns open, int wanted, DateTimeOffset now)
    {
        var claim = ClaimAhead(setup, open == OpenColumns.None ? 0 : wanted, now);
        var grant = await Ask(setup, claim);
        if (grant.Pool?.RiskLimit is { } limit) _evidence!.Risked(limit, now);
        var decision = AheadRules.Explain(Explained(setup, open, claim.Pool!, grant, wanted));
        await Carry(setup, open, decision, grant, grant.Slots, wanted, now);
    }

    QueueClaim ClaimAhead(CampaignSetup setup, int wanted, DateTimeOffset now)
    {
        var ahead = new PoolClaim
        {
            Calls = _flights.Underway.ToImmutableDictionary(g => g.Key, g => _evidence!.Forecast(g, now)),
            Predictive = setup.Campaign.Mode == PacingMode.Predictive ? _evidence!.Claim(_buffer.Next.Take(ChancesTold).Select(l => l.Attempts + 1), now) : null,
            Ratio = setup.Campaign.Mode == PacingMode.Ratio ? new(setup.Campaign.Pacing.Ratio, setup.Campaign.Pacing.RatioOf, _flights.ByServer) : null,
        };
        // What others who dial one call for one agent see: not every call that rings will take an agent.
        var underway = ahead.Calls.ToImmutableDictionary(c => c.Key, c => c.Value.Waiting + (int)Math.Ceiling(c.Value.Means.IsEmpty ? c.Value.Ringing : c.Value.Means[^1]));
        return Claim(setup, wanted, now) with { Pool = ahead, Underway = underway };
    }

    AheadSnapshot Explained(CampaignSetup setup, OpenColumns open, PoolClaim ahead, QueueGrant grant, int wanted) => new()
    {
        ScheduleOpen = open != OpenColumns.None,
        AgentsLoggedIn = grant.AgentsLoggedIn,
        Agents = grant.Pool?.Agents ?? 0,
        AgentsExpected = grant.Pool?.Freed ?? 0,
        Ringing = ahead.Calls.Values.Sum(c => c.Ringing),
        AnswersExpected = grant.Pool?.Answers ?? 0,
        AnswerChance = ahead.Predictive is { Chances: [var next, ..] } ? next : null,
        Risk = grant.Pool?.Risk ?? 0,
        RiskLimit = ahead.Predictive is { } predictive ? grant.Pool?.RiskLimit ?? predictive.RiskLimit : null,
        OwnRiskLimit = ahead.Predictive?.RiskLimit,
        Ratio = ahead.Ratio?.Ratio,
        AbandonmentRate = _evidence!.AbandonmentRate,
        AbandonmentCap = setup.Campaign.Pacing.AbandonmentCap,
        AbandonsLeft = _evidence.AbandonsLeft,
        ChannelsLeft = setup.Campaign.Channels - _flights.Count,
        LeadsDue = _buffer.Count,
        Wanted = wanted,
        Granted = grant.Slots.Length,
    };
}
