using Carillon.Agents;
using Carillon.Servers;

namespace Carillon.Queues;

/// <summary>
/// The agents of a queue in pools: servers that share an agent are one pool, since a call on any of them competes for the same people. Most floors are one
/// pool (everybody a member everywhere), or one for each server.
/// </summary>
static class AgentPools
{
    public static IReadOnlyList<AgentPool> Of(Roster roster, IReadOnlySet<AgentId> reserved)
    {
        var pools = new Dictionary<ServerId, AgentPool>();
        foreach (var agent in roster.All)
        {
            if (agent.Status != AgentStatus.Available || agent.Seats.IsEmpty) continue;
            var pool = Join(pools, agent);
            pool.AtWork++;
            if (reserved.Contains(agent.Agent)) pool.Reserved.Add(agent.Agent);
            if (agent.State == AgentState.Ringing || (agent.IsFree && !reserved.Contains(agent.Agent))) pool.Free++;
            else if (agent.State is AgentState.Talking or AgentState.WrapUp) pool.Busy.Add(agent);
        }
        return [.. pools.Values.Distinct()];
    }

    static AgentPool Join(Dictionary<ServerId, AgentPool> pools, AgentLine agent)
    {
        AgentPool? joined = null;
        foreach (var seat in agent.Seats)
        {
            if (!pools.TryGetValue(seat.Server, out var pool)) pools[seat.Server] = pool = joined ?? new();
            if (joined is not null && pool != joined)
            {
                joined.Take(pool);
                foreach (var server in pool.Seats.Keys.Append(seat.Server)) pools[server] = joined;
            }
            joined ??= pool;
            joined.Seats[seat.Server] = joined.Seats.GetValueOrDefault(seat.Server) + 1;
        }
        return joined!;
    }
}

sealed class AgentPool
{
    /// <summary>Agents with a seat on each server.</summary>
    public Dictionary<ServerId, int> Seats { get; } = [];
    public int AtWork { get; set; }
    /// <summary>Free now, or being rung by a call that waits.</summary>
    public int Free { get; set; }
    public List<AgentLine> Busy { get; } = [];
    /// <summary>Agents whom a call is for by name.</summary>
    public HashSet<AgentId> Reserved { get; } = [];

    public void Take(AgentPool other)
    {
        foreach (var (server, seats) in other.Seats) Seats[server] = Seats.GetValueOrDefault(server) + seats;
        AtWork += other.AtWork;
        Free += other.Free;
        Busy.AddRange(other.Busy);
        Reserved.UnionWith(other.Reserved);
    }
}
