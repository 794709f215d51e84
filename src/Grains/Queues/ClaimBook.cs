using Carillon.Servers;

namespace Carillon.Queues;

/// <summary>
/// Which campaigns have how many calls underway to this queue, so that several campaigns never count on the same agent. A claim that was not renewed
/// within <see cref="Lifetime"/> is forgotten: its campaign is gone, and its calls show as waiting callers if they still come.
/// </summary>
sealed partial class ClaimBook
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    readonly Dictionary<CampaignId, Entry> _entries = [];

    public IEnumerable<CampaignId> Campaigns => _entries.Keys;

    /// <summary>Renews the campaign's claim, and grants it agents whom no call is underway to.</summary>
    public QueueGrant Grant(QueueClaim claim, Roster agents, HandlingBook handling, int callersWaiting, DateTimeOffset now)
    {
        Forget(now);
        TakeBackUnused(claim, now);
        var standing = _entries.TryGetValue(claim.Campaign, out var before) ? before.Standing : new();
        _entries[claim.Campaign] = new(claim, [], now, standing);

        var waitingOfOurs = _entries.Values.Sum(e => e.Claim.Waiting);
        var inbound = Math.Max(0, callersWaiting - waitingOfOurs);
        if (claim is { Pool: { } ahead, Agents: null }) return GrantAhead(claim, ahead, agents, handling, inbound, now);
        var underway = _entries.Values.Sum(e => e.Underway);
        var slots = Slots(claim, agents, inbound);
        var leftToOthers = LeaveToOthers(claim, slots, agents, now);
        return new()
        {
            Slots = [.. slots],
            AgentsFree = agents.Free.Count,
            AgentsLoggedIn = agents.LoggedIn,
            InboundWaiting = inbound,
            Underway = Math.Max(0, underway - agents.Ringing.Count),
            LeftToOthers = leftToOthers,
        };
    }

    /// <summary>
    /// Goes once through the agents in their turn. Each meets a call that is underway to a server of theirs, or an inbound caller (who is being rung has met
    /// one already); whoever meets none is handed out.
    /// </summary>
    List<AgentSlot> Slots(QueueClaim claim, Roster agents, int inbound)
    {
        var demand = Demand(inbound);
        foreach (var agent in agents.Ringing) demand.Meet(agent);
        var reserved = _entries.Values.SelectMany(e => e.Claim.Reserved).ToHashSet();
        var wanted = claim.Agents?.ToHashSet();
        var slots = new List<AgentSlot>();
        var load = claim.Servers.ToDictionary(s => s, s => claim.Underway.GetValueOrDefault(s));
        foreach (var agent in agents.Free)
        {
            if (slots.Count >= claim.Wanted) break;
            if (reserved.Contains(agent.Agent) || demand.Meet(agent)) continue;
            if (wanted?.Contains(agent.Agent) == false) continue;
            var seats = agent.Seats.Where(s => load.ContainsKey(s.Server)).ToList();
            if (seats.Count == 0) continue;
            var seat = seats.MinBy(s => load[s.Server]);
            load[seat.Server]++;
            slots.Add(new(seat.Server, agent.Agent, seat.Interface, agent.Since));
        }
        return slots;
    }

    Demand Demand(int inbound)
    {
        var demand = new Demand(inbound);
        foreach (var entry in _entries.Values)
        {
            // Agents reserved by name are left out; their calls must not take another one.
            var byName = entry.Claim.Reserved.Length;
            foreach (var (server, calls) in entry.Claim.Underway)
            {
                var unnamed = Math.Max(0, calls - byName);
                byName -= calls - unnamed;
                demand.Add(server, unnamed);
            }
            foreach (var slot in entry.Slots) demand.Add(slot.Server, 1);
        }
        return demand;
    }

    void Forget(DateTimeOffset now)
    {
        foreach (var (campaign, entry) in _entries)
        {
            if (now - entry.At <= Lifetime) continue;
            _entries.Remove(campaign);
            _shares.Remove(campaign);
        }
    }
}

/// <summary>Calls that want an agent: those underway, by server, and inbound callers, whom any agent can take.</summary>
sealed class Demand(int inbound)
{
    readonly Dictionary<ServerId, int> _calls = [];
    int _inbound = inbound;

    public void Add(ServerId server, int calls) => _calls[server] = _calls.GetValueOrDefault(server) + calls;

    /// <summary>Takes away what the agent will do; false if there is nothing for them. A call of the server with the most of them goes first.</summary>
    public bool Meet(AgentLine agent)
    {
        var (most, on) = (0, default(ServerId));
        foreach (var seat in agent.Seats)
            if (_calls.TryGetValue(seat.Server, out var calls) && calls > most) (most, on) = (calls, seat.Server);
        if (most > 0) _calls[on]--;
        else if (_inbound > 0) _inbound--;
        else return false;
        return true;
    }
}
