using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;

namespace Carillon.Queues;

/// <summary>Grants for campaigns that dial ahead. The queue decides, since it alone knows what all campaigns have placed a moment ago.</summary>
sealed partial class ClaimBook
{
    QueueGrant GrantAhead(QueueClaim claim, PoolClaim ahead, Roster agents, HandlingBook handling, int inbound, Entry? before, DateTimeOffset now)
    {
        var reserved = _entries.Values.SelectMany(e => e.Claim.Reserved).ToHashSet();
        var slots = new List<AgentSlot>();
        var (free, freed, answers, risk) = (0, 0.0, 0.0, 0.0);
        foreach (var pool in AgentPools.Of(agents, reserved))
        {
            var servers = claim.Servers.Where(pool.Seats.ContainsKey).ToList();
            if (servers.Count == 0) continue;
            // Callers of whom it is not known where they wait are counted everywhere.
            var left = pool.Free - inbound - _entries.Values.Sum(e => e.Certain(pool));
            free += left;
            var most = claim.Wanted - slots.Count;
            var calls = 0;
            if (ahead.Ratio is { } ratio) calls = RatioRules.Decide(ratio.Ratio, Base(ratio.Of), left, pool.AtWork, Uncertain(pool), claim.Calls, most);
            else if (ahead.Predictive is { } predictive)
            {
                var snapshot = Snapshot(claim.Campaign, predictive, pool, handling, now);
                var decision = PredictiveRules.Decide(snapshot, left, most);
                calls = decision.Calls;
                risk = Math.Max(risk, decision.Risk);
                freed += At(snapshot.Freed, snapshot.Times);
                answers += At(snapshot.Answers, snapshot.Times);
            }
            Spread(slots, calls, servers, pool, claim);
        }
        var leftToOthers = LeaveToOthers(claim, slots, agents, before, now);
        return new()
        {
            Slots = [.. slots],
            AgentsFree = agents.Free.Count,
            AgentsLoggedIn = agents.LoggedIn,
            InboundWaiting = inbound,
            Underway = claim.Underway.Values.Sum(),
            Pool = new() { Agents = free, Freed = freed, Answers = answers, Risk = risk },
            LeftToOthers = leftToOthers,
        };
    }

    PredictiveSnapshot Snapshot(CampaignId campaign, PredictiveClaim claim, AgentPool pool, HandlingBook handling, DateTimeOffset now)
    {
        var answers = new CountForecast();
        foreach (var entry in _entries.Values) entry.AddAnswers(answers, pool);
        return new()
        {
            Freed = handling.Freed(pool.Busy, claim.Grace, now),
            Answers = answers,
            Times = new(claim.Shares, claim.By),
            Chances = claim.Chances,
            RiskLimit = claim.RiskLimit,
        };
    }

    static PacingBase Base(RatioOf of) => of switch
    {
        RatioOf.FreeAgents => PacingBase.FreeAgents,
        RatioOf.AgentsAtWork => PacingBase.AgentsAtWork,
        _ => PacingBase.Channels,
    };

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

    sealed record Entry(QueueClaim Claim, List<AgentSlot> Slots, DateTimeOffset At)
    {
        /// <summary>Calls left to this campaign by others since it last asked.</summary>
        public int Offered { get; set; }
        /// <summary>How often in a row it took nothing of what was left to it, and when that was the last time.</summary>
        public int Declined { get; init; }
        public DateTimeOffset DeclinedAt { get; init; }
        /// <summary>How many grants in a row it used nothing of, and when the last one came back.</summary>
        public int Idle { get; set; }
        public DateTimeOffset IdleAt { get; set; }

        /// <summary>What one of its calls takes of an agent. A call that is placed ahead takes one only if it is answered.</summary>
        public double Unit => UnitOf(Claim);

        public int Underway => Claim.Underway.Values.Sum() + Slots.Count;

        /// <summary>Calls that take an agent for sure: those that wait, and all of a campaign that dials one call for one agent.</summary>
        public int Certain(AgentPool pool) => Claim.Pool is { } ahead
            ? ahead.Calls.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value.Waiting)
            : Claim.Underway.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value) + Slots.Count(s => pool.Seats.ContainsKey(s.Server))
                // Calls for an agent by name take none of the others, and theirs are left out already.
                - Claim.Reserved.Count(pool.Reserved.Contains);

        public int Ringing(AgentPool pool) =>
            Claim.Pool!.Calls.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value.Ringing) + Slots.Count(s => pool.Seats.ContainsKey(s.Server));

        /// <summary>Calls that may be answered: those that ring, and those granted since the campaign last told.</summary>
        public void AddAnswers(CountForecast answers, AgentPool pool)
        {
            if (Claim.Pool is not { } ahead) return;
            foreach (var (server, calls) in ahead.Calls)
            {
                if (!pool.Seats.ContainsKey(server)) continue;
                if (!calls.Means.IsEmpty) answers.Add(CountForecast.Of(calls.Means.AsSpan(), calls.Variances.AsSpan()));
                else for (var i = 0; i < Horizon.Length; i++) answers.Add(i, 1, calls.Ringing);
            }
            var granted = Slots.Count(s => pool.Seats.ContainsKey(s.Server));
            for (var n = 0; n < granted; n++)
            {
                for (var i = 0; i < Horizon.Length; i++)
                    answers.Add(i, ahead.Predictive is { } p ? p.By[i] * (p.Chances.IsEmpty ? 1 : p.Chances[Math.Min(n, p.Chances.Length - 1)]) : 1);
            }
        }
    }
}
