using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;

namespace Carillon.Queues;

/// <summary>One campaign in the book.</summary>
sealed partial class ClaimBook
{
    /// <summary>What a campaign last asked for, and was granted.</summary>
    sealed record Entry(QueueClaim Claim, List<AgentSlot> Slots, DateTimeOffset At, Standing Standing)
    {
        /// <summary>What one of its calls takes of an agent. A call that is placed ahead takes one only if it is answered.</summary>
        public double Unit => UnitOf(Claim);

        /// <summary>Whoever was granted is rung first: that takes them for sure.</summary>
        public bool IsByName => Claim.Agents is not null;

        public int Underway => Claim.Underway.Values.Sum() + Slots.Count;

        /// <summary>Calls that take an agent for sure: those that wait, and all of a campaign that dials one call for one agent.</summary>
        public int Certain(AgentPool pool) => Claim.Pool is { } ahead
            ? ahead.Calls.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value.Waiting) + (IsByName ? SlotsIn(pool) : 0)
            : Claim.Underway.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value) + SlotsIn(pool)
                // Calls for an agent by name take none of the others, and theirs are left out already.
                - Claim.Reserved.Count(pool.Reserved.Contains);

        public int Ringing(AgentPool pool) =>
            Claim.Pool!.Calls.Where(c => pool.Seats.ContainsKey(c.Key)).Sum(c => c.Value.Ringing) + (IsByName ? 0 : SlotsIn(pool));

        int SlotsIn(AgentPool pool) => Slots.Count(s => pool.Seats.ContainsKey(s.Server));

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
            var granted = IsByName ? 0 : SlotsIn(pool);
            for (var n = 0; n < granted; n++)
            {
                for (var i = 0; i < Horizon.Length; i++)
                    answers.Add(i, ahead.Predictive is { } p ? p.By[i] * (p.Chances.IsEmpty ? 1 : p.Chances[Math.Min(n, p.Chances.Length - 1)]) : 1);
            }
        }
    }

    /// <summary>How a campaign has dealt with what it could have: kept from one of its claims to the next.</summary>
    sealed class Standing
    {
        /// <summary>Calls left to it by others since it last asked.</summary>
        public int Offered { get; set; }
        /// <summary>How often in a row it took nothing of what was left to it, and when that was the last time.</summary>
        public int Declined { get; private set; }
        public DateTimeOffset DeclinedAt { get; private set; }
        /// <summary>How many grants in a row it used nothing of, and when the last one came back.</summary>
        public int Idle { get; private set; }
        public DateTimeOffset IdleAt { get; private set; }

        /// <summary>It asked, and could have had so many.</summary>
        public void Asked(int possible, bool byName, DateTimeOffset now)
        {
            if (possible > 0) Declined = 0;
            if (byName) return;
            if (possible == 0 && Offered > 0) (Declined, DeclinedAt) = (Declined + 1, now);
            Offered = 0;
        }

        /// <summary>A grant came back.</summary>
        public void Used(bool any, DateTimeOffset now) => (Idle, IdleAt) = any ? (0, IdleAt) : (Idle + 1, now);

        /// <summary>It is not waited for: lately it left again and again what it could have had.</summary>
        public bool Absent(DateTimeOffset now) =>
            (Declined >= MostDeclined && now - DeclinedAt < Patience) || (Idle >= MostIdle && now - IdleAt < Patience);
    }
}
