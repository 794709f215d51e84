using System.Collections.Immutable;
using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Queues;

namespace Carillon.Servers;

/// <summary>The app_queues of one server: their members, and how many callers wait in each.</summary>
sealed class MemberBoard(ServerId server)
{
    readonly Dictionary<string, QueueView> _queues = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _changed = new(StringComparer.OrdinalIgnoreCase);
    long _sequence;

    public IEnumerable<string> Names => _queues.Keys;

    /// <summary>Whether it is the interface of a member of any queue.</summary>
    public bool Has(string @interface) => _queues.Values.Any(q => q.Members.ContainsKey(@interface));

    /// <summary>Of what was told last.</summary>
    public long Sequence => _sequence;

    /// <summary>Sequences grow over the owners of the server too, whatever their clocks say.</summary>
    public void Begin(long epoch) => _sequence = epoch << 40;

    public void Clear()
    {
        _queues.Clear();
        _changed.Clear();
    }

    public void Replace(AmiSnapshot snapshot, DateTimeOffset at)
    {
        var before = _queues.ToDictionary(q => q.Key, q => q.Value, StringComparer.OrdinalIgnoreCase);
        _queues.Clear();
        foreach (var queue in snapshot.Queues) _queues[queue.Queue] = new(before.GetValueOrDefault(queue.Queue));
        foreach (var row in snapshot.QueueMembers) View(row.Queue).Set(row, at);
        foreach (var row in snapshot.QueueEntries) View(row.Queue).Callers.Add(row.UniqueId);
    }

    /// <summary>True if the event was about a queue.</summary>
    public bool Read(AmiEvent e, DateTimeOffset at)
    {
        switch (e)
        {
            case QueueMemberRemovedEvent m:
                Change(m.Queue).Members.Remove(m.Interface);
                Change(m.Queue).Removed.Add(m.Interface);
                return true;
            case QueueMemberState m:
                Change(m.Queue).Set(m, at);
                return true;
            case QueueCallerJoinEvent c:
                Change(c.Queue).Callers.Add(c.UniqueId);
                return true;
            case QueueCallerLeaveEvent c:
                Change(c.Queue).Callers.Remove(c.UniqueId);
                return true;
            case QueueCallerAbandonEvent c:
                Change(c.Queue).Callers.Remove(c.UniqueId);
                return true;
            // The member's own state comes only after these; until it does, the member would count as free.
            case AgentCalledEvent a:
                Update(a, m => m with { DeviceState = (int)MemberStatus.Ringing });
                return true;
            case AgentConnectEvent a:
                Update(a, m => m with { InCall = true });
                return true;
            case AgentCompleteEvent a:
                Update(a, m => m with { InCall = false, LastCallEndedAt = at });
                return true;
            default:
                return false;
        }
    }

    /// <summary>A call that no queue gave the member is over.</summary>
    public void EndCall(string @interface, DateTimeOffset at)
    {
        foreach (var (name, view) in _queues)
        {
            if (view.EndCall(@interface, at)) _changed.Add(name);
        }
    }

    /// <summary>The clock was set by so much: last calls ended as long ago as before.</summary>
    public void Shift(TimeSpan step)
    {
        foreach (var (name, view) in _queues)
        {
            if (view.Shift(step)) _changed.Add(name);
        }
    }

    /// <summary>What has changed since the last call, for the queues that <paramref name="queuesOf"/> names.</summary>
    public IEnumerable<QueueNews> TakeChanges(Func<string, IEnumerable<QueueId>> queuesOf, DateTimeOffset at)
    {
        foreach (var name in _changed)
        {
            if (!_queues.TryGetValue(name, out var view)) continue;
            var changes = new QueueChanges
            {
                Server = server,
                Complete = false,
                Members = [.. view.Fresh.Select(i => view.Members.GetValueOrDefault(i)).OfType<QueueMember>()],
                Removed = [.. view.Removed.Where(i => !view.Members.ContainsKey(i))],
                CallersWaiting = view.Callers.Count,
                At = at,
                Sequence = ++_sequence,
            };
            view.Fresh.Clear();
            view.Removed.Clear();
            foreach (var queue in queuesOf(name)) yield return new(queue, changes);
        }
        _changed.Clear();
    }

    /// <summary>All that is known of a queue, under a sequence number of its own.</summary>
    public QueueChanges All(string name, DateTimeOffset at) => _queues.TryGetValue(name, out var view)
        ? new() { Server = server, Complete = true, Members = [.. view.Members.Values], CallersWaiting = view.Callers.Count, At = at, Sequence = ++_sequence }
        : new() { Server = server, Complete = true, NoSuchQueue = true, CallersWaiting = 0, At = at, Sequence = ++_sequence };

    void Update(AgentEvent e, Func<QueueMember, QueueMember> change)
    {
        var view = Change(e.Queue);
        if (view.Members.TryGetValue(e.Interface, out var member)) view.Put(change(member));
    }

    QueueView Change(string queue)
    {
        _changed.Add(queue);
        return View(queue);
    }

    QueueView View(string queue)
    {
        if (!_queues.TryGetValue(queue, out var view)) _queues[queue] = view = new();
        return view;
    }

    sealed class QueueView(QueueView? before = null)
    {
        public readonly Dictionary<string, QueueMember> Members = new(StringComparer.OrdinalIgnoreCase);
        public readonly HashSet<string> Callers = new(StringComparer.Ordinal);
        public readonly HashSet<string> Fresh = new(StringComparer.OrdinalIgnoreCase);
        public readonly HashSet<string> Removed = new(StringComparer.OrdinalIgnoreCase);
        readonly Dictionary<string, LastCall> _lastCalls = before?._lastCalls ?? new(StringComparer.OrdinalIgnoreCase);

        public void Set(QueueMemberState m, DateTimeOffset at) => Put(new()
        {
            Interface = m.Interface,
            Name = m.MemberName.Length > 0 ? m.MemberName : m.Interface,
            DeviceState = (int)m.Status,
            Paused = m.Paused,
            PausedReason = m.PausedReason.Length > 0 ? m.PausedReason : null,
            InCall = m.InCall,
            LastCallEndedAt = EndOfLastCall(m, at),
            Penalty = m.Penalty,
        });

        public void Put(QueueMember member)
        {
            Members[member.Interface] = member;
            Fresh.Add(member.Interface);
        }

        /// <summary>False if there is no such member.</summary>
        public bool EndCall(string @interface, DateTimeOffset at)
        {
            if (!Members.TryGetValue(@interface, out var member)) return false;
            _lastCalls[@interface] = new(_lastCalls.GetValueOrDefault(@interface).Told, at);
            Put(member with { LastCallEndedAt = at });
            return true;
        }

        /// <summary>False if no member has had a call.</summary>
        public bool Shift(TimeSpan step)
        {
            foreach (var (of, last) in _lastCalls.ToList()) _lastCalls[of] = last with { EndedAt = last.EndedAt + step };
            var had = Members.Values.Where(m => m.LastCallEndedAt is not null).ToList();
            foreach (var member in had) Put(member with { LastCallEndedAt = member.LastCallEndedAt + step });
            return had.Count > 0;
        }

        /// <summary>
        /// LastCall is of Asterisk's clock, which may be off by minutes, and in whole seconds. So only that it has changed counts, and our own clock says
        /// when; of a call that ended before we looked, no later than now.
        /// </summary>
        DateTimeOffset? EndOfLastCall(QueueMemberState m, DateTimeOffset at)
        {
            var told = DateTimeOffset.FromUnixTimeSeconds(m.LastCall);
            if (!_lastCalls.TryGetValue(m.Interface, out var known))
            {
                if (m.LastCall <= 0) return null;
                known = new(m.LastCall, told < at ? told : at);
            }
            else if (known.Told != m.LastCall) known = new(m.LastCall, SeenJustNow(m.Interface, at) ?? at);
            _lastCalls[m.Interface] = known;
            return known.EndedAt;
        }

        /// <summary>AgentComplete came a moment before the state that carries the new LastCall.</summary>
        DateTimeOffset? SeenJustNow(string @interface, DateTimeOffset at) =>
            Members.GetValueOrDefault(@interface)?.LastCallEndedAt is { } seen && at - seen < TimeSpan.FromSeconds(2) ? seen : null;

        readonly record struct LastCall(long Told, DateTimeOffset EndedAt);
    }
}
