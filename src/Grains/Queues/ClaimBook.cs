using Carillon.Agents;
using Carillon.Servers;

namespace Carillon.Queues;

/// <summary>
/// Which campaigns have how many calls underway to this queue, so that several campaigns never count on the same agent. A claim that was not renewed
/// within <see cref="Lifetime"/> is forgotten: its campaign is gone, and its calls show as waiting callers if they still come.
/// </summary>
sealed class ClaimBook
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    readonly Dictionary<CampaignId, Entry> _entries = [];

    public IEnumerable<CampaignId> Campaigns => _entries.Keys;

    /// <summary>Renews the campaign's claim, and grants it agents whom no call is underway to.</summary>
    public QueueGrant Grant(QueueClaim claim, IReadOnlyList<AgentLine> agents, int callersWaiting, DateTimeOffset now)
    {
        Forget(now);
        _entries[claim.Campaign] = new(claim, [], now);

        var waitingOfOurs = _entries.Values.Sum(e => e.Claim.Waiting);
        var inbound = Math.Max(0, callersWaiting - waitingOfOurs);
        var ringing = agents.Where(a => a.Status == AgentStatus.Available && a.State == AgentState.Ringing).ToList();
        var reserved = _entries.Values.SelectMany(e => e.Claim.Reserved).ToHashSet();
        var underway = _entries.Values.Sum(e => e.Underway);
        var slots = Slots(claim, agents.Where(a => a.IsFree && !reserved.Contains(a.Agent)), ringing, inbound);
        _entries[claim.Campaign] = new(claim, slots, now);
        return new()
        {
            Slots = [.. slots],
            AgentsFree = agents.Count(a => a.IsFree),
            AgentsLoggedIn = agents.Count(a => a.Status != AgentStatus.LoggedOut),
            InboundWaiting = inbound,
            Underway = Math.Max(0, underway - ringing.Count),
        };
    }

    /// <summary>
    /// Takes from the free agents, longest free first, those whom calls underway will need (calls that ring a phone already have theirs), then hands
    /// out the rest. A call takes the agent with the fewest servers to serve, so that those who can serve many stay for others.
    /// </summary>
    List<AgentSlot> Slots(QueueClaim claim, IEnumerable<AgentLine> free, IEnumerable<AgentLine> ringing, int inbound)
    {
        var agents = ByReach(free);
        var rung = ByReach(ringing);
        foreach (var (server, calls) in Demand(inbound))
            for (var needed = calls; needed > 0 && (TakeFor(server, rung) || TakeFor(server, agents)); needed--) { }
        var slots = new List<AgentSlot>();
        var load = claim.Servers.ToDictionary(s => s, s => claim.Underway.GetValueOrDefault(s));
        foreach (var agent in agents)
        {
            if (slots.Count >= claim.Wanted) break;
            var seats = agent.Seats.Where(s => load.ContainsKey(s.Server)).ToList();
            if (seats.Count == 0) continue;
            var seat = seats.MinBy(s => load[s.Server]);
            load[seat.Server]++;
            slots.Add(new(seat.Server, agent.Agent, seat.Interface, agent.Since));
        }
        return slots;
    }

    static List<AgentLine> ByReach(IEnumerable<AgentLine> agents) => [.. agents.OrderBy(a => a.Seats.Length).ThenBy(a => a.Since)];

    static bool TakeFor(ServerId? server, List<AgentLine> agents)
    {
        var taken = agents.FindIndex(a => server is null || a.Seats.Any(s => s.Server == server));
        if (taken >= 0) agents.RemoveAt(taken);
        return taken >= 0;
    }

    IEnumerable<(ServerId? Server, int Calls)> Demand(int inbound)
    {
        foreach (var entry in _entries.Values)
        {
            // Agents reserved by name were left out already; their calls must not take another one.
            var byName = entry.Claim.Reserved.Length;
            foreach (var (server, calls) in entry.Claim.Underway)
            {
                var unnamed = Math.Max(0, calls - byName);
                byName -= calls - unnamed;
                yield return (server, unnamed);
            }
            foreach (var slot in entry.Slots) yield return (slot.Server, 1);
        }
        yield return (null, inbound);
    }

    void Forget(DateTimeOffset now)
    {
        foreach (var (campaign, entry) in _entries)
            if (now - entry.At > Lifetime) _entries.Remove(campaign);
    }

    sealed record Entry(QueueClaim Claim, List<AgentSlot> Slots, DateTimeOffset At)
    {
        public int Underway => Claim.Underway.Values.Sum() + Slots.Count;
    }
}
