using Carillon.Agents;

namespace Carillon.Queues;

/// <summary>The agents of one queue, with those at hand in the order in which calls take them. Kept by change: a floor has thousands of agents and decides many times a second.</summary>
sealed class Roster
{
    // Who can serve few servers goes first, so that those who can serve many stay for others; then who has waited longest.
    static readonly Comparer<AgentLine> Turn = Comparer<AgentLine>.Create((a, b) =>
        a.Seats.Length != b.Seats.Length ? a.Seats.Length.CompareTo(b.Seats.Length)
        : a.Since != b.Since ? a.Since.CompareTo(b.Since)
        : string.CompareOrdinal(a.Agent.Value, b.Agent.Value));

    readonly Dictionary<AgentId, AgentLine> _all = [];
    readonly SortedSet<AgentLine> _free = new(Turn);
    readonly SortedSet<AgentLine> _ringing = new(Turn);

    public IReadOnlyCollection<AgentLine> All => _all.Values;

    public IReadOnlyCollection<AgentLine> Free => _free;

    /// <summary>Agents whose phones ring.</summary>
    public IReadOnlyCollection<AgentLine> Ringing => _ringing;

    public int LoggedIn { get; private set; }

    public AgentLine? Find(AgentId agent) => _all.GetValueOrDefault(agent);

    public void Set(AgentLine agent)
    {
        Remove(agent.Agent);
        _all.Add(agent.Agent, agent);
        if (agent.IsFree) _free.Add(agent);
        if (IsRinging(agent)) _ringing.Add(agent);
        if (IsLoggedIn(agent)) LoggedIn++;
    }

    public void Remove(AgentId id)
    {
        if (!_all.Remove(id, out var agent)) return;
        if (agent.IsFree) _free.Remove(agent);
        if (IsRinging(agent)) _ringing.Remove(agent);
        if (IsLoggedIn(agent)) LoggedIn--;
    }

    static bool IsRinging(AgentLine agent) => agent.Status == AgentStatus.Available && agent.State == AgentState.Ringing;

    static bool IsLoggedIn(AgentLine agent) => agent.Status != AgentStatus.LoggedOut;
}
