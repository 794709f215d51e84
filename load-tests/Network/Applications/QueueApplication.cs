namespace Carillon.Network;

/// <summary>Queue(name,options,url,announce,timeout): a caller waits, members are rung, one of them talks to him.</summary>
sealed class QueueApplication(Channel caller, string data, Action<ApplicationEnd> done) : IApplication
{
    static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);
    readonly Dictionary<Channel, QueueMember> _ringing = [];
    readonly DateTimeOffset _joined = caller.Server.Now;
    CallQueue _queue = null!;
    Channel? _agent;
    QueueMember? _member;
    DateTimeOffset _rungAt;
    DateTimeOffset _connectedAt;
    Alarm? _next;
    Alarm? _timeout;
    int _originalPosition;
    bool _over;

    public Channel Caller => caller;
    public DateTimeOffset Joined => _joined;
    public bool IsRinging => _ringing.Count > 0;
    Server Server => caller.Server;
    Scheduler Clock => Server.Network.Scheduler;

    public void Start()
    {
        caller.Owner = this;
        var parts = data.Split(',');
        if (!Server.Queues.TryGetValue(parts[0], out var queue))
        {
            done(new(false));
            return;
        }
        _queue = queue;
        _originalPosition = queue.Join(this);
        if (Server.Event(EventClass.Agent, "QueueCallerJoin"u8) is { } e)
        {
            Server.Send(e.Snapshot(caller).Line("Queue: "u8, queue.Name).Line("Position: "u8, _originalPosition).Line("Count: "u8, queue.Callers.Count));
        }
        if (Server.Event(EventClass.Call, "MusicOnHoldStart"u8) is { } music) Server.Send(music.Snapshot(caller).Raw("Class: default\r\n"u8));
        if (parts.Length > 4 && int.TryParse(parts[4], out var seconds) && seconds > 0) _timeout = Clock.After(TimeSpan.FromSeconds(seconds), TimeOut);
        TryMembers();
    }

    void TryMembers()
    {
        _next = null;
        if (_over || _agent is not null || _ringing.Count > 0) return;
        var offer = _queue.Offer(this);
        if (offer.Count == 0)
        {
            _next = Clock.After(Recheck, TryMembers);
            return;
        }
        _rungAt = Server.Now;
        foreach (var member in offer) Ring(member);
        _next = Clock.After(_queue.Config.MemberTimeout, () => GiveUpRinging(again: true));
    }

    void Ring(QueueMember member)
    {
        var phone = member.Phone!;
        var leg = Server.NewPhoneChannel(phone, this, caller.LinkedId);
        leg.Begin();
        (leg.ConnectedNumber, leg.ConnectedName) = (caller.CallerNumber, caller.CallerName);
        leg.Enter("AppQueue", "(Outgoing Line)", announce: true);
        ChannelEvents.Plain(leg, EventClass.Call, "NewConnectedLine"u8);
        if (caller.Exten != "s")
        {
            leg.Exten = caller.Exten;
            leg.Enter("AppQueue", "(Outgoing Line)", announce: true);
        }
        WithMember("AgentCalled"u8, leg, member);
        ChannelEvents.DialBegin(caller, leg, member.Interface);
        if (caller.ConnectedNumber != leg.CallerNumber)
        {
            (caller.ConnectedNumber, caller.ConnectedName) = (leg.CallerNumber, leg.CallerName);
            ChannelEvents.Plain(caller, EventClass.Call, "NewConnectedLine"u8);
        }
        _ringing.Add(leg, member);
        leg.FarEnd.Invite(leg);
    }

    public void Ringing(Channel leg) => ChannelEvents.DialState(caller, leg, "RINGING");

    public void Answered(Channel leg)
    {
        if (!_ringing.Remove(leg, out var member)) return;
        _next?.Cancel();
        _timeout?.Cancel();
        (_agent, _member, _connectedAt) = (leg, member, Server.Now);
        leg.MoveTo(ChannelState.Up);
        ChannelEvents.DialEnd(caller, leg, "ANSWER");
        foreach (var other in _ringing.Keys.ToList()) Cancel(other, Causes.AnsweredElsewhere);
        ChannelEvents.Plain(caller, EventClass.Call, "MusicOnHoldStop"u8);
        Leave();
        var hold = (int)(Server.Now - _joined).TotalSeconds;
        _queue.WasConnected(hold);
        WithMember("AgentConnect"u8, leg, member, "HoldTime: "u8, hold, "RingTime: "u8, (int)(Server.Now - _rungAt).TotalSeconds);
        member.InCall = true;
        var bridge = new Bridge(Server);
        bridge.Enter(leg);
        bridge.Enter(caller);
    }

    public void Refused(Channel leg, int cause, int sip)
    {
        if (!_ringing.Remove(leg, out var member)) return;
        ChannelEvents.HangupRequest(leg, cause, sip);
        ChannelEvents.DialEnd(caller, leg, "NOANSWER");
        WithMember("AgentRingNoAnswer"u8, leg, member, "RingTime: "u8, 0);
        leg.End(cause, sip);
        ChannelEvents.Cdr(caller, leg, "NO ANSWER", null);
        if (_ringing.Count > 0) return;
        _next?.Cancel();
        _next = Clock.After(_queue.Config.Retry, TryMembers);
    }

    public void HungUp(Channel leg)
    {
        if (leg != caller && leg != _agent) return;
        ChannelEvents.HangupRequest(leg, Causes.NormalClearing);
        if (_agent is not null) Complete(leg == caller ? "caller" : "agent", leg, Causes.NormalClearing);
        else Abandon(Causes.NormalClearing);
    }

    public void Abort(Channel leg, int cause)
    {
        if (leg == caller && _agent is null) Abandon(cause);
        else if (_agent is not null) Complete(leg == caller ? "caller" : "agent", leg, cause);
        else if (_ringing.ContainsKey(leg)) Refused(leg, cause, 0);
    }

    public void Detach()
    {
        if (_over) return;
        if (_agent is not null) EndTalk("caller", caller);
        else StopWaiting();
        Close();
    }

    void Abandon(int cause)
    {
        StopWaiting();
        Finish(new(true, cause, Causes.Sip(cause)));
    }

    void StopWaiting()
    {
        ChannelEvents.Plain(caller, EventClass.Call, "MusicOnHoldStop"u8);
        foreach (var leg in _ringing.Keys.ToList()) Cancel(leg, Causes.Unknown);
        WriteAbandon();
        Leave();
    }

    /// <summary>The queue's timeout: the same QueueCallerAbandon as when the caller hangs up, but the call lives on.</summary>
    void TimeOut()
    {
        if (_over || _agent is not null) return;
        GiveUpRinging(again: false);
        WriteAbandon();
        ChannelEvents.Plain(caller, EventClass.Call, "MusicOnHoldStop"u8);
        Leave();
        Finish(new(false));
    }

    void GiveUpRinging(bool again)
    {
        foreach (var (leg, member) in _ringing.ToList())
        {
            WithMember("AgentRingNoAnswer"u8, leg, member, "RingTime: "u8, (long)(Server.Now - _rungAt).TotalMilliseconds);
            ChannelEvents.DialEnd(caller, leg, "NOANSWER");
            Cancel(leg, Causes.Unknown);
        }
        if (again) _next = Clock.After(_queue.Config.Retry, TryMembers);
    }

    void Cancel(Channel leg, int cause)
    {
        _ringing.Remove(leg);
        ChannelEvents.DialEnd(caller, leg, "CANCEL");
        leg.End(cause);
        ChannelEvents.Cdr(caller, leg, "NO ANSWER", null);
    }

    void Complete(string reason, Channel first, int cause)
    {
        EndTalk(reason, first);
        Finish(new(true, cause, cause == Causes.NormalClearing ? 0 : Causes.Sip(cause)));
    }

    void EndTalk(string reason, Channel first)
    {
        var (agent, member) = (_agent!, _member!);
        var talk = (int)(Server.Now - _connectedAt).TotalSeconds;
        WithMember("AgentComplete"u8, agent, member, "HoldTime: "u8, (int)(_connectedAt - _joined).TotalSeconds, "TalkTime: "u8, talk, reason);
        member.Completed();
        _queue.WasCompleted(talk);
        var bridge = caller.Bridge;
        bridge?.Leave(first);
        bridge?.Leave(first == caller ? agent : caller);
        ChannelEvents.Cdr(caller, agent, "ANSWERED", _connectedAt);
        member.Phone?.Agent.Completed();
        agent.End(Causes.NormalClearing);
    }

    void Leave()
    {
        var position = _queue.PositionOf(this);
        _queue.Leave(this);
        if (Server.Event(EventClass.Agent, "QueueCallerLeave"u8) is { } e)
        {
            Server.Send(e.Snapshot(caller).Line("Queue: "u8, _queue.Name).Line("Position: "u8, position).Line("Count: "u8, _queue.Callers.Count));
        }
    }

    void WriteAbandon()
    {
        _queue.WasAbandoned();
        if (Server.Event(EventClass.Agent, "QueueCallerAbandon"u8) is not { } e) return;
        Server.Send(e.Snapshot(caller).Line("Queue: "u8, _queue.Name).Line("Position: "u8, _queue.PositionOf(this))
            .Line("OriginalPosition: "u8, _originalPosition).Line("HoldTime: "u8, (long)(Server.Now - _joined).TotalSeconds));
    }

    void WithMember(ReadOnlySpan<byte> name, Channel leg, QueueMember member, ReadOnlySpan<byte> key1 = default, long value1 = 0,
        ReadOnlySpan<byte> key2 = default, long value2 = 0, string? reason = null)
    {
        if (Server.Event(EventClass.Agent, name) is not { } e) return;
        e.Snapshot(caller).Snapshot(leg, "Dest"u8)
            .Line("Queue: "u8, _queue.Name).Line("Interface: "u8, member.Interface).EscapedLine("MemberName: "u8, member.Name);
        if (!key1.IsEmpty) e.Line(key1, value1);
        if (!key2.IsEmpty) e.Line(key2, value2);
        if (reason is not null) e.Line("Reason: "u8, reason);
        Server.Send(e);
    }

    void Close()
    {
        _over = true;
        _next?.Cancel();
        _timeout?.Cancel();
    }

    void Finish(ApplicationEnd end)
    {
        Close();
        done(end);
    }
}
