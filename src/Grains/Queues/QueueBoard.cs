using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Servers;

namespace Carillon.Queues;

/// <summary>
/// What is known of one queue over all its servers, and what follows from it: who is free, and for how many more calls. A member of the same agent on
/// several servers is one person: busy on one of them is busy on all.
/// </summary>
sealed class QueueBoard
{
    readonly Dictionary<ServerId, ServerView> _servers = [];
    readonly Dictionary<AgentId, Line> _lines = [];

    public IEnumerable<ServerId> ServersSeen => _servers.Keys;

    public int CallersWaiting => _servers.Values.Sum(s => s.CallersWaiting);

    public IEnumerable<ServerId> ServersWithoutQueue => _servers.Where(s => s.Value.NoSuchQueue).Select(s => s.Key);

    /// <summary>False if the change is not newer than what is known, and so was ignored.</summary>
    public bool Apply(QueueChanges changes)
    {
        if (!_servers.TryGetValue(changes.Server, out var view))
        {
            // Before the first complete list, single changes tell too little: a complete list is on its way.
            if (!changes.Complete) return false;
            _servers[changes.Server] = view = new();
        }
        if (changes.Sequence <= view.Sequence) return false;
        view.Sequence = changes.Sequence;
        view.NoSuchQueue = changes.NoSuchQueue;
        if (changes.Complete) view.Members.Clear();
        foreach (var member in changes.Members) view.Members[member.Interface] = member;
        foreach (var gone in changes.Removed) view.Members.Remove(gone);
        view.CallersWaiting = changes.CallersWaiting ?? view.CallersWaiting;
        return true;
    }

    public bool Lose(ServerId server) => _servers.Remove(server);

    /// <summary>The agents as they are now. <see cref="QueueAgent.Since"/> is the time at which this board first saw that state.</summary>
    public IReadOnlyList<AgentLine> Agents(DateTimeOffset now, TimeSpan wrapUp, Func<string, AgentId> agentOf)
    {
        var found = new Dictionary<AgentId, AgentLine>();
        foreach (var (server, view) in _servers)
        {
            foreach (var member in view.Members.Values)
            {
                var id = agentOf(member.Interface);
                var line = AgentLine.Of(id, server, member, now, wrapUp);
                found[id] = found.TryGetValue(id, out var other) ? other.With(line) : line;
            }
        }
        foreach (var gone in _lines.Keys.Where(id => !found.ContainsKey(id)).ToList()) _lines.Remove(gone);
        var agents = new List<AgentLine>(found.Count);
        foreach (var (id, line) in found)
        {
            if (!_lines.TryGetValue(id, out var before) || before.Status != line.Status || before.State != line.State)
                _lines[id] = before = new(line.Status, line.State, line.State == AgentState.WrapUp ? line.Since : now);
            agents.Add(line with { Since = before.Since });
        }
        return agents;
    }

    sealed class ServerView
    {
        public readonly Dictionary<string, QueueMember> Members = [];
        public long Sequence = long.MinValue;
        public int CallersWaiting;
        public bool NoSuchQueue;
    }

    readonly record struct Line(AgentStatus Status, AgentState State, DateTimeOffset Since);
}

/// <summary>One agent over all servers of a queue.</summary>
sealed record AgentLine(
    AgentId Agent, string Name, AgentStatus Status, AgentState State, string? PausedReason, DateTimeOffset Since, DateTimeOffset? WrapUpEnds,
    ImmutableArray<AgentSeat> Seats)
{
    public bool IsFree => Status == AgentStatus.Available && State == AgentState.Idle;

    public static AgentLine Of(AgentId agent, ServerId server, QueueMember member, DateTimeOffset now, TimeSpan wrapUp)
    {
        var wrapUpEnds = member.LastCallEndedAt + wrapUp;
        // Device states by number: https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberStatus/
        var state = member.InCall ? AgentState.Talking : member.DeviceState switch
        {
            2 or 3 or 7 or 8 => AgentState.Talking,
            6 => AgentState.Ringing,
            _ => wrapUpEnds > now ? AgentState.WrapUp : AgentState.Idle,
        };
        var status = member.DeviceState is 4 or 5 ? AgentStatus.LoggedOut : member.Paused ? AgentStatus.Paused : AgentStatus.Available;
        return new(agent, member.Name, status, state, member.PausedReason,
            state == AgentState.WrapUp ? member.LastCallEndedAt!.Value : now, state == AgentState.WrapUp ? wrapUpEnds : null, [new(server, member.Interface)]);
    }

    /// <summary>The same person on another server. The busier line counts; who is paused anywhere is paused; only reachable seats can take calls.</summary>
    public AgentLine With(AgentLine other)
    {
        if (Status == AgentStatus.LoggedOut) return other;
        if (other.Status == AgentStatus.LoggedOut) return this;
        var busier = Busyness(other.State) > Busyness(State) ? other : this;
        var paused = Status == AgentStatus.Paused ? this : other.Status == AgentStatus.Paused ? other : null;
        return busier with
        {
            Status = paused?.Status ?? Status,
            PausedReason = paused?.PausedReason,
            WrapUpEnds = WrapUpEnds > other.WrapUpEnds || other.WrapUpEnds is null ? WrapUpEnds : other.WrapUpEnds,
            Seats = Seats.AddRange(other.Seats),
        };
    }

    static int Busyness(AgentState state) => state switch
    {
        AgentState.Talking => 4,
        AgentState.Ringing => 3,
        AgentState.Reserved => 2,
        AgentState.WrapUp => 1,
        _ => 0,
    };
}
