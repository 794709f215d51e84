namespace Carillon.Network;

/// <summary>An app_queue of one server.</summary>
sealed class CallQueue(Server server, QueueConfig config)
{
    readonly List<QueueMember> _members = [];
    readonly List<QueueApplication> _callers = [];
    int _lastMember = -1;
    int _answeredInTime;

    public Server Server => server;
    public QueueConfig Config => config;
    public string Name => config.Name;
    public TimeSpan WrapUpTime { get; } = server.Network.Scheduler.Real(config.WrapUpTime);
    public IReadOnlyList<QueueMember> Members => _members;
    public IReadOnlyList<QueueApplication> Callers => _callers;
    public int Completed { get; private set; }
    public int Abandoned { get; private set; }
    public int HoldTime { get; private set; }
    public int TalkTime { get; private set; }

    public string ServiceLevel =>
        (Completed == 0 ? 0 : 100.0 * _answeredInTime / Completed).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    public QueueMember? Find(string @interface) => _members.Find(m => m.Interface == @interface);

    public bool Add(string @interface, string name, int penalty, bool paused, string reason)
    {
        if (Find(@interface) is not null) return false;
        var phone = @interface.StartsWith("PJSIP/", StringComparison.Ordinal) ? server.Network.PhoneOf(@interface[6..], server) : null;
        var member = new QueueMember(this, @interface, name.Length == 0 ? @interface : name, penalty, phone);
        if (paused) member.StartPaused(reason);
        _members.Add(member);
        member.Write("QueueMemberAdded"u8);
        return true;
    }

    public bool Remove(string @interface)
    {
        if (Find(@interface) is not { } member) return false;
        _members.Remove(member);
        member.Write("QueueMemberRemoved"u8);
        return true;
    }

    public int Join(QueueApplication caller)
    {
        _callers.Add(caller);
        if (_callers.Count == 1) server.DeviceChanged($"Queue:{Name}", "RINGING");
        return _callers.Count;
    }

    public int PositionOf(QueueApplication caller) => _callers.IndexOf(caller) + 1;

    public void Leave(QueueApplication caller)
    {
        _callers.Remove(caller);
        if (_callers.Count == 0) server.DeviceChanged($"Queue:{Name}", "NOT_INUSE");
    }

    /// <summary>Members that this caller may ring now: none while callers before him can take all who are free.</summary>
    public IReadOnlyList<QueueMember> Offer(QueueApplication caller)
    {
        var free = _members.Count(m => m.IsAvailable);
        if (free == 0 || _callers.TakeWhile(c => c != caller).Count(c => !c.IsRinging) >= free) return [];
        var penalty = _members.Where(m => m.IsAvailable).Min(m => m.Penalty);
        if (config.Strategy == QueueStrategy.RingAll) return [.. _members.Where(m => m.IsAvailable && m.Penalty == penalty)];
        if (config.Strategy == QueueStrategy.LeastRecent) return [_members.Where(m => m.IsAvailable && m.Penalty == penalty).MinBy(m => m.LastCall ?? default)!];
        for (var step = 1; step <= _members.Count; step++)
        {
            var at = (_lastMember + step) % _members.Count;
            if (!_members[at].IsAvailable || _members[at].Penalty != penalty) continue;
            _lastMember = at;
            return [_members[at]];
        }
        return [];
    }

    public void WasConnected(int holdTime)
    {
        HoldTime = (HoldTime * 3 + holdTime) / 4;
        if (holdTime <= config.ServiceLevel) _answeredInTime++;
        Completed++;
    }

    public void WasCompleted(int talkTime) => TalkTime = (TalkTime * 3 + talkTime) / 4;

    public void WasAbandoned() => Abandoned++;

    /// <summary>A restart: callers are gone and counters are zero, but members stay as with persistentmembers=yes.</summary>
    public CallQueue Restarted()
    {
        var fresh = new CallQueue(server, config);
        foreach (var member in _members) fresh.Add(member.Interface, member.Name, member.Penalty, member.Paused, member.PausedReason);
        return fresh;
    }
}
