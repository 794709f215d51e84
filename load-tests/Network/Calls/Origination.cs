namespace Carillon.Network;

/// <summary>What an Originate action asks for.</summary>
sealed record OriginateRequest(string Channel, string? ActionId, TimeSpan Timeout)
{
    public string? ChannelId { get; init; }
    public string? OtherChannelId { get; init; }
    public string CallerNumber { get; init; } = "";
    public string CallerName { get; init; } = "";
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];
    public string? Application { get; init; }
    public string Data { get; init; } = "";
    public string Context { get; init; } = "";
    public string Exten { get; init; } = "";
    public int Priority { get; init; } = 1;
}

/// <summary>One asynchronous Originate: dials the leg, then hands it to an application or to the dialplan, and says how it went.</summary>
sealed class Origination(Server server, OriginateRequest request) : IChannelOwner
{
    const int Answer = 4;
    const int NoAnswer = 3;
    const int Other = 0;
    Channel _leg = null!;
    Alarm? _timeout;
    Dice _dice;

    public void Start()
    {
        // A live channel with this id: the failure names the live call, and nothing else is heard of the new one.
        if (request.ChannelId is { } id && server.Channels.ContainsKey(id))
        {
            Respond(Other, null, Channel.NoId, Channel.NoId);
            return;
        }
        if (server.NewChannel(request.Channel, this, request.ChannelId, null) is not { } leg)
        {
            Respond(Other, null, request.CallerNumber, request.CallerName);
            return;
        }
        _leg = leg;
        _dice = new Dice(server.Network.Config.Seed, leg.UniqueId);
        leg.Begin();
        var local = leg.FarEnd as LocalHalf;
        local?.BeginOther(leg, request.OtherChannelId ?? leg.UniqueId + ";2");
        leg.Enter("AppDial2", "(Outgoing Line)", announce: true);
        foreach (var (name, value) in request.Variables) leg.SetVariable(name, value);
        if (request.CallerNumber.Length > 0)
        {
            (leg.CallerNumber, leg.CallerName) = (request.CallerNumber, request.CallerName.Length > 0 ? request.CallerName : Channel.NoId);
            ChannelEvents.NewCallerId(leg);
            (leg.ConnectedNumber, leg.ConnectedName) = (leg.CallerNumber, leg.CallerName);
            ChannelEvents.Plain(leg, EventClass.Call, "NewConnectedLine"u8);
        }
        local?.Join();
        ChannelEvents.DialBegin(null, leg, request.Channel[(request.Channel.IndexOf('/') + 1)..]);
        _timeout = server.Network.Scheduler.After(request.Timeout, TimedOut);
        leg.FarEnd.Invite(leg);
    }

    public void Ringing(Channel leg) => ChannelEvents.DialState(null, leg, "RINGING");

    public void Answered(Channel leg)
    {
        _timeout?.Cancel();
        var order = server.Network.Config.VaryOrder ? _dice.Below(8) : 0;
        if (order == 1) Respond(Answer, leg, leg.CallerNumber, leg.CallerName);
        leg.MoveTo(ChannelState.Up);
        if (order == 2) Respond(Answer, leg, leg.CallerNumber, leg.CallerName);
        ChannelEvents.DialEnd(null, leg, "ANSWER");
        if (order is not (1 or 2 or 3)) Respond(Answer, leg, leg.CallerNumber, leg.CallerName);
        var (number, name) = (leg.CallerNumber, leg.CallerName);
        Run();
        // Seen on real servers: the application is faster than the response.
        if (order == 3) Respond(Answer, leg, number, name);
    }

    void Run()
    {
        if (request.Application is not { } application)
        {
            new DialplanRun(_leg).Start(request.Context, request.Exten, request.Priority);
            return;
        }
        _leg.Enter(application, request.Data, announce: false);
        Applications.Create(application, request.Data, _leg, end =>
        {
            ChannelEvents.Cdr(_leg, null, "ANSWERED", _leg.AnsweredAt);
            _leg.End(end.Cause, end.Sip);
        }).Start();
    }

    public void Refused(Channel leg, int cause, int sip)
    {
        _timeout?.Cancel();
        var order = server.Network.Config.VaryOrder ? _dice.Below(4) : 0;
        if (order == 1) Fail(Other);
        ChannelEvents.HangupRequest(leg, cause, sip);
        if (order == 2) Fail(Other);
        ChannelEvents.DialEnd(null, leg, Causes.DialStatus(cause));
        if (order == 0) Fail(Other);
        Cdr(cause);
        leg.End(cause, sip);
        if (order == 3) Fail(Other);
    }

    void TimedOut()
    {
        if (_leg.Ended) return;
        var last = server.Network.Config.VaryOrder && _dice.Below(3) == 0;
        if (!last) Fail(NoAnswer);
        // 16 clears with cause 0 and calls the record failed.
        ChannelEvents.Cdr(_leg, null, server.Is22 ? "NO ANSWER" : "FAILED", null);
        if (server.Is22) _leg.End(Causes.NoAnswer, 480);
        else _leg.End(Causes.Unknown);
        if (last) Fail(NoAnswer);
    }

    public void HungUp(Channel leg) => Refused(leg, Causes.NormalClearing, 0);

    public void Abort(Channel leg, int cause)
    {
        _timeout?.Cancel();
        ChannelEvents.DialEnd(null, leg, "NOANSWER");
        Fail(Other);
        Cdr(cause);
        leg.End(cause, Causes.Sip(cause));
    }

    void Cdr(int cause) =>
        ChannelEvents.Cdr(_leg, null, cause switch { Causes.UserBusy => "BUSY", Causes.Congestion => "CONGESTION", _ => "NO ANSWER" }, null);

    void Fail(int reason) => Respond(reason, null, _leg.CallerNumber, _leg.CallerName);

    /// <param name="leg">The answered leg; a failure names the dial string instead.</param>
    void Respond(int reason, Channel? leg, string number, string name)
    {
        if (server.Event(EventClass.Call, "OriginateResponse"u8) is not { } e) return;
        if (request.ActionId is { } actionId) e.Line("ActionID: "u8, actionId);
        e.Line("Response: "u8, reason == Answer ? "Success"u8 : "Failure"u8).Line("Channel: "u8, leg?.Name ?? request.Channel);
        if (request.Application is { } application) e.Line("Application: "u8, application).Line("Data: "u8, request.Data);
        else e.Line("Context: "u8, request.Context).Line("Exten: "u8, request.Exten);
        e.Line("Reason: "u8, reason).Line("Uniqueid: "u8, _leg?.UniqueId ?? request.ChannelId ?? Channel.NoId)
            .Line("CallerIDNum: "u8, number.Length > 0 ? number : Channel.NoId).EscapedLine("CallerIDName: "u8, name.Length > 0 ? name : Channel.NoId);
        if (leg is not null)
        {
            foreach (var variable in server.Config.ChannelVariables) e.EscapedLine("ChanVariable("u8, $"{leg.Name}): {variable}={leg.Variable(variable)}");
        }
        server.Send(e);
    }
}
