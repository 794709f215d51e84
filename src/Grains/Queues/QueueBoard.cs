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
    readonly Dictionary<AgentId, List<AgentSeat>> _seats = [];
    readonly PriorityQueue<(AgentId Agent, DateTimeOffset At), DateTimeOffset> _wrapUps = new();
    readonly HashSet<AgentId> _changed = [];
    Func<string, AgentId> _agentOf = i => new(i);
    TimeSpan _wrapUp;
    string? _wrapUpReason;

    public IEnumerable<ServerId> ServersSeen => _servers.Keys;

    public int CallersWaiting => _servers.Values.Sum(s => s.CallersWaiting);

    public IEnumerable<ServerId> ServersWithoutQueue => _servers.Where(s => s.Value.NoSuchQueue).Select(s => s.Key);

    /// <summary>The agents as of the last change; see <see cref="Pass"/>. <see cref="QueueAgent.Since"/> is the time at which this board first saw that state.</summary>
    public Roster Agents { get; } = new();

    /// <summary>Agents may be others than before, and be in wrap-up for another time.</summary>
    public void Configure(TimeSpan wrapUp, Func<string, AgentId> agentOf, DateTimeOffset now, string? wrapUpReason = null)
    {
        (_wrapUp, _agentOf, _wrapUpReason) = (wrapUp, agentOf, wrapUpReason);
        var before = _seats.Keys.ToList();
        _seats.Clear();
        foreach (var (server, view) in _servers)
            foreach (var @interface in view.Members.Keys) Sit(new(server, @interface));
        foreach (var agent in before.Union(_seats.Keys)) Look(agent, now);
    }

    /// <summary>False if the change is not newer than what is known, and so was ignored.</summary>
    public bool Apply(QueueChanges changes, DateTimeOffset now)
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
        view.CallersWaiting = changes.CallersWaiting ?? view.CallersWaiting;
        IEnumerable<string> gone = changes.Complete ? view.Members.Keys.Except(changes.Members.Select(m => m.Interface)).ToList() : changes.Removed;
        foreach (var @interface in gone) Leave(view, new(changes.Server, @interface), now);
        foreach (var member in changes.Members)
        {
            if (!view.Members.TryGetValue(member.Interface, out var before)) Sit(new(changes.Server, member.Interface));
            view.Members[member.Interface] = member;
            if (member != before) Look(_agentOf(member.Interface), now);
        }
        return true;
    }

    /// <param name="sequence">If something newer is known of the server, it is not lost.</param>
    public bool Lose(ServerId server, DateTimeOffset now, long sequence = long.MaxValue)
    {
        if (!_servers.TryGetValue(server, out var view) || view.Sequence > sequence) return false;
        foreach (var @interface in view.Members.Keys.ToList()) Leave(view, new(server, @interface), now);
        return _servers.Remove(server);
    }

    /// <summary>Time has passed: wrap-ups end, of which Asterisk says nothing. Returns when the next one does.</summary>
    public DateTimeOffset? Pass(DateTimeOffset now)
    {
        while (_wrapUps.TryPeek(out var next, out _))
        {
            var isOld = Agents.Find(next.Agent)?.WrapUpEnds != next.At;
            if (!isOld && next.At > now) return next.At;
            _wrapUps.Dequeue();
            if (!isOld) Look(next.Agent, now);
        }
        return null;
    }

    /// <summary>Whom something was new of since the last time; null is who is no member any more.</summary>
    public IReadOnlyList<(AgentId Agent, AgentLine? Line)> TakeChanged()
    {
        var changed = _changed.Select(a => (a, Agents.Find(a))).ToList();
        _changed.Clear();
        return changed;
    }

    void Sit(AgentSeat seat)
    {
        var agent = _agentOf(seat.Interface);
        if (!_seats.TryGetValue(agent, out var seats)) _seats[agent] = seats = [];
        seats.Add(seat);
    }

    void Leave(ServerView view, AgentSeat seat, DateTimeOffset now)
    {
        if (!view.Members.Remove(seat.Interface)) return;
        var agent = _agentOf(seat.Interface);
        if (_seats.TryGetValue(agent, out var seats) && seats.Remove(seat) && seats.Count == 0) _seats.Remove(agent);
        Look(agent, now);
    }

    /// <summary>Puts together again what is known of an agent.</summary>
    void Look(AgentId agent, DateTimeOffset now)
    {
        _changed.Add(agent);
        if (!_seats.TryGetValue(agent, out var seats))
        {
            Agents.Remove(agent);
            return;
        }
        var line = seats.Select(s => AgentLine.Of(agent, s.Server, _servers[s.Server].Members[s.Interface], now, _wrapUp, _wrapUpReason)).Aggregate((one, other) => one.With(other));
        var before = Agents.Find(agent);
        var isSame = before is not null && (before.Status, before.State) == (line.Status, line.State);
        Agents.Set(line with { Since = isSame ? before!.Since : line.State == AgentState.WrapUp ? line.Since : now });
        if (line.WrapUpEnds is { } ends && ends != before?.WrapUpEnds) _wrapUps.Enqueue((agent, ends), ends);
    }

    sealed class ServerView
    {
        public readonly Dictionary<string, QueueMember> Members = [];
        public long Sequence = long.MinValue;
        public int CallersWaiting;
        public bool NoSuchQueue;
    }
}

/// <summary>One agent over all servers of a queue.</summary>
sealed record AgentLine(
    AgentId Agent, string Name, AgentStatus Status, AgentState State, string? PausedReason, DateTimeOffset Since, DateTimeOffset? WrapUpEnds,
    ImmutableArray<AgentSeat> Seats)
{
    public bool IsFree => Status == AgentStatus.Available && State == AgentState.Idle;

    public static AgentLine Of(AgentId agent, ServerId server, QueueMember member, DateTimeOffset now, TimeSpan wrapUp, string? wrapUpReason)
    {
        var wrapUpEnds = member.LastCallEndedAt + wrapUp;
        var wrapsUp = member.Paused && wrapUpReason is not null && string.Equals(member.PausedReason, wrapUpReason, StringComparison.OrdinalIgnoreCase);
        // Device states by number: https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/QueueMemberStatus/
        var state = member.InCall ? AgentState.Talking : member.DeviceState switch
        {
            2 or 3 or 7 or 8 => AgentState.Talking,
            6 => AgentState.Ringing,
            _ => wrapsUp || wrapUpEnds > now ? AgentState.WrapUp : AgentState.Idle,
        };
        var status = member.DeviceState is 4 or 5 ? AgentStatus.LoggedOut : member.Paused && !wrapsUp ? AgentStatus.Paused : AgentStatus.Available;
        return new(agent, member.Name, status, state, member.PausedReason,
            state == AgentState.WrapUp && !wrapsUp ? member.LastCallEndedAt!.Value : now, state == AgentState.WrapUp && !wrapsUp ? wrapUpEnds : null,
            [new(server, member.Interface)]);
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
