using System.Runtime.InteropServices;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Pacing.Abandonment;
using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;

namespace Carillon.Queues;

/// <summary>Grants for campaigns that dial ahead. The queue decides, since it alone knows what all campaigns have placed a moment ago.</summary>
sealed partial class ClaimBook
{
    QueueGrant GrantAhead(QueueClaim claim, PoolClaim ahead, Roster agents, HandlingBook handling, int inbound, DateTimeOffset now)
    {
        var reserved = _entries.Values.SelectMany(e => e.Claim.Reserved).ToHashSet();
        var slots = new List<AgentSlot>();
        var (free, freed, answers, risk, limit) = (0, 0.0, 0.0, 0.0, (double?)null);
        foreach (var pool in AgentPools.Of(agents, reserved))
        {
            var servers = claim.Servers.Where(pool.Seats.ContainsKey).ToList();
            if (servers.Count == 0) continue;
            // Callers of whom it is not known where they wait are counted everywhere.
            var left = pool.Free - inbound - _entries.Values.Sum(e => e.Certain(pool));
            free += left;
            var most = claim.Wanted - slots.Count;
            var calls = 0;
            if (ahead.Ratio is { } ratio) calls = RatioRules.Decide(ratio.Ratio, ratio.Of, left, pool.AtWork, Uncertain(pool), ratio.Calls.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value), most);
            else if (ahead.Predictive is { } predictive)
            {
                var snapshot = Snapshot(claim.Campaign, predictive, pool, handling, now);
                var decision = PredictiveRules.Decide(snapshot, left, most);
                calls = decision.Calls;
                risk = Math.Max(risk, decision.Risk);
                limit = Math.Min(limit ?? snapshot.RiskLimit, snapshot.RiskLimit);
                freed += At(snapshot.Freed, snapshot.Times);
                answers += At(snapshot.Answers, snapshot.Times);
            }
            Spread(slots, calls, servers, pool, claim);
        }
        var leftToOthers = LeaveToOthers(claim, slots, agents, now);
        return new()
        {
            Slots = [.. slots],
            AgentsFree = agents.Free.Count,
            AgentsLoggedIn = agents.LoggedIn,
            InboundWaiting = inbound,
            Underway = claim.Underway.Values.Sum(),
            Pool = new() { Agents = free, Freed = freed, Answers = answers, Risk = risk, RiskLimit = limit },
            LeftToOthers = leftToOthers,
        };
    }

    PredictiveSnapshot Snapshot(CampaignId campaign, PredictiveClaim claim, AgentPool pool, HandlingBook handling, DateTimeOffset now)
    {
        var answers = new CountForecast();
        var parties = new List<RiskParty>();
        foreach (var (other, entry) in _entries)
        {
            var before = answers.Means[^1];
            entry.AddAnswers(answers, pool);
            // The call that is decided about is one of its own.
            var more = answers.Means[^1] - before + (other == campaign ? claim.Chances is [var next, ..] ? next : 1 : 0);
            if (more > 0 && entry.Claim.Pool?.Predictive is { } party) parties.Add(new(more, party.RiskLimit, party.RiskBase));
        }
        return new()
        {
            Freed = handling.Freed(pool.Busy, claim.Grace, now),
            Answers = answers,
            Ringing = Uncertain(pool),
            Times = new(claim.Shares, claim.By),
            Chances = claim.Chances,
            RiskLimit = parties.Count > 1 ? SharedRisk.Limit(CollectionsMarshal.AsSpan(parties)) : claim.RiskLimit,
        };
    }

    int Uncertain(AgentPool pool) => _entries.Values.Where(e => e.Claim.Pool is not null).Sum(e => e.Ringing(pool));

    /// <summary>Each call goes to the server that has the fewest of the campaign's calls for each agent there.</summary>
    static void Spread(List<AgentSlot> slots, int calls, List<ServerId> servers, AgentPool pool, QueueClaim claim)
    {
        var load = servers.ToDictionary(s => s, s => claim.Pool!.Calls.TryGetValue(s, out var c) ? c.Waiting + c.Ringing : 0);
        for (var i = 0; i < calls; i++)
        {
            var server = servers.MinBy(s => (double)(load[s] + 1) / pool.Seats[s]);
            load[server]++;
            slots.Add(AgentSlot.Anybody(server));
        }
    }

    /// <summary>What a forecast comes to when a call that is placed now is answered.</summary>
    static double At(CountForecast forecast, AnswerTimes times)
    {
        var sum = 0.0;
        for (var i = 0; i < Horizon.Length; i++) sum += times.Shares[i] * forecast.Means[i];
        return sum;
    }
}
