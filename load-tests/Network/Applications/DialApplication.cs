namespace Carillon.Network;

/// <summary>Dial(PJSIP/number@trunk,timeout,options): calls out from an answered leg and bridges the two. Several destinations by &amp; are rung together.</summary>
sealed class DialApplication(Channel from, string data, Action<ApplicationEnd> done) : IApplication
{
    readonly List<Channel> _legs = [];
    Channel? _answered;
    DateTimeOffset _answeredAt;
    Alarm? _timeout;

    public void Start()
    {
        from.Owner = this;
        var parts = data.Split(',');
        var timeout = parts.Length > 1 && int.TryParse(parts[1], out var seconds) ? seconds : 0;
        foreach (var destination in parts[0].Split('&')) Call(destination);
        if (_legs.Count == 0)
        {
            // No such endpoint: CHANUNAVAIL, and the dialplan goes on.
            Finish(new(false));
            return;
        }
        if (timeout > 0) _timeout = from.Server.Network.Scheduler.After(TimeSpan.FromSeconds(timeout), TimeOut);
        foreach (var leg in _legs.ToList()) leg.FarEnd.Invite(leg);
    }

    void Call(string destination)
    {
        if (from.Server.NewChannel(destination, this, null, from.LinkedId) is not { } leg) return;
        leg.Begin();
        var isTrunk = leg.FarEnd is not Phone.PhoneLeg;
        if (isTrunk) (leg.CallerNumber, leg.CallerName) = (from.Exten, from.CallerName);
        (leg.ConnectedNumber, leg.ConnectedName) = (from.CallerNumber, from.CallerName);
        leg.Exten = from.Exten;
        leg.Enter("AppDial", "(Outgoing Line)", announce: true);
        if (isTrunk) ChannelEvents.NewCallerId(leg);
        ChannelEvents.Plain(leg, EventClass.Call, "NewConnectedLine"u8);
        ChannelEvents.DialBegin(from, leg, destination[(destination.IndexOf('/') + 1)..]);
        (from.ConnectedNumber, from.ConnectedName) = (leg.CallerNumber, leg.CallerName);
        ChannelEvents.Plain(from, EventClass.Call, "NewConnectedLine"u8);
        _legs.Add(leg);
    }

    public void Ringing(Channel leg)
    {
        ChannelEvents.DialState(from, leg, "RINGING");
        (from.FarEnd as LocalHalf)?.OtherRings();
    }

    public void Answered(Channel leg)
    {
        _timeout?.Cancel();
        (_answered, _answeredAt) = (leg, from.Server.Now);
        leg.MoveTo(ChannelState.Up);
        ChannelEvents.DialEnd(from, leg, "ANSWER");
        foreach (var other in _legs.Where(l => l != leg).ToList()) Cancel(other, "CANCEL", Causes.AnsweredElsewhere);
        if (from.State != ChannelState.Up)
        {
            from.MoveTo(ChannelState.Up);
            (from.FarEnd as LocalHalf)?.OtherAnswered();
        }
        var bridge = new Bridge(from.Server);
        leg.Exten = "";
        leg.Enter("AppDial", "(Outgoing Line)", announce: true);
        bridge.Enter(leg);
        bridge.Enter(from);
    }

    public void Refused(Channel leg, int cause, int sip)
    {
        ChannelEvents.HangupRequest(leg, cause, sip);
        ChannelEvents.DialEnd(from, leg, Causes.DialStatus(cause));
        _legs.Remove(leg);
        leg.End(cause, sip);
        ChannelEvents.Cdr(from, leg, cause == Causes.UserBusy ? "BUSY" : cause == Causes.Congestion ? "CONGESTION" : "NO ANSWER", null);
        if (_legs.Count == 0) Finish(new(false, cause, sip));
    }

    public void HungUp(Channel leg)
    {
        ChannelEvents.HangupRequest(leg, Causes.NormalClearing);
        if (_answered is not null) Part(leg, Causes.NormalClearing);
        else if (leg == from) CancelAll(Causes.NormalClearing);
    }

    public void Abort(Channel leg, int cause)
    {
        if (_answered is not null) Part(leg, cause);
        else if (leg == from) CancelAll(cause);
        else Refused(leg, cause, 0);
    }

    public void Detach()
    {
        _timeout?.Cancel();
        if (_answered is not null) EndTalk(from, Causes.NormalClearing);
        else foreach (var leg in _legs.ToList()) Cancel(leg, "CANCEL", Causes.Unknown);
    }

    void TimeOut()
    {
        foreach (var leg in _legs.ToList()) Cancel(leg, "NOANSWER", Causes.Unknown);
        Finish(new(false));
    }

    void CancelAll(int cause)
    {
        foreach (var leg in _legs.ToList()) Cancel(leg, "CANCEL", Causes.Unknown);
        Finish(new(true, cause, Causes.Sip(cause)));
    }

    void Cancel(Channel leg, string status, int cause)
    {
        _legs.Remove(leg);
        ChannelEvents.DialEnd(from, leg, status);
        leg.End(cause);
        ChannelEvents.Cdr(from, leg, "NO ANSWER", null);
    }

    void Part(Channel first, int cause)
    {
        EndTalk(first, cause);
        // Option g would go on in the dialplan when the called side hangs up; for an application by itself both end.
        Finish(new(first == from || !HasOption('g'), cause));
    }

    void EndTalk(Channel first, int cause)
    {
        var leg = _answered!;
        var bridge = from.Bridge;
        bridge?.Leave(first);
        bridge?.Leave(first == from ? leg : from);
        ChannelEvents.Cdr(from, leg, "ANSWERED", _answeredAt);
        leg.End(cause);
    }

    bool HasOption(char option) => data.Split(',') is { Length: > 2 } parts && parts[2].Contains(option);

    void Finish(ApplicationEnd end)
    {
        _timeout?.Cancel();
        done(end);
    }
}
