namespace Carillon.Network;

enum ChannelState { Down = 0, Ring = 4, Ringing = 5, Up = 6 }

/// <summary>One leg on one server. Its far end (trunk, phone or the other half of a Local) rings, answers and hangs up; its owner decides what follows.</summary>
sealed class Channel(Server server, string name, string uniqueId, string? linkedId)
{
    public const string NoId = "<unknown>";

    public Server Server => server;
    public string Name => name;
    public string UniqueId => uniqueId;
    public string LinkedId { get; set; } = linkedId ?? uniqueId;
    public ChannelState State { get; private set; }
    public string CallerNumber { get; set; } = NoId;
    public string CallerName { get; set; } = NoId;
    public string ConnectedNumber { get; set; } = NoId;
    public string ConnectedName { get; set; } = NoId;
    public string Context { get; set; } = "default";
    public string Exten { get; set; } = "s";
    public int Priority { get; set; } = 1;
    public string Application { get; set; } = "";
    public string Data { get; set; } = "";
    public Dictionary<string, string>? Variables { get; private set; }
    public DateTimeOffset Created { get; } = server.Now;
    public DateTimeOffset? AnsweredAt { get; private set; }
    public Bridge? Bridge { get; set; }
    public bool Ended { get; private set; }

    /// <summary>Takes AGI commands over AMI, while the channel is in AGI(agi:async).</summary>
    public AsyncAgiApplication? Commands { get; set; }

    public required IFarEnd FarEnd { get; init; }
    public required IChannelOwner Owner { get; set; }

    public void Begin(ChannelState state = ChannelState.Down)
    {
        State = state;
        server.Channels.Add(uniqueId, this);
        ChannelEvents.Plain(this, EventClass.Call, "Newchannel"u8);
    }

    public void SetVariable(string name, string value, bool announce = true)
    {
        (Variables ??= [])[name.TrimStart('_')] = value;
        if (!announce || server.Event(EventClass.Dialplan, "VarSet"u8) is not { } e) return;
        e.Snapshot(this).Line("Variable: "u8, name).EscapedLine("Value: "u8, value);
        server.Send(e);
    }

    public string Variable(string name) => Variables is { } all && all.TryGetValue(name, out var value) ? value : "";

    /// <summary>Runs an application by name: what CoreShowChannels and Newexten show.</summary>
    public void Enter(string application, string data, bool announce)
    {
        (Application, Data) = (application, data);
        if (!announce || server.Event(EventClass.Dialplan, "Newexten"u8) is not { } e) return;
        e.Snapshot(this).Line("Extension: "u8, Exten).Line("Application: "u8, application).Line("AppData: "u8, data);
        server.Send(e);
    }

    public void IsRinging()
    {
        if (Ended || State != ChannelState.Down) return;
        // Two threads of Asterisk write these: either may be first.
        if (server.Network.Config.VaryOrder && new Dice(server.Network.Config.Seed, uniqueId, 1).Chance(0.4))
        {
            Owner.Ringing(this);
            MoveTo(ChannelState.Ringing);
            return;
        }
        MoveTo(ChannelState.Ringing);
        Owner.Ringing(this);
    }

    /// <summary>The far end answered; the owner writes the Newstate, because its place among the other events varies.</summary>
    public void IsAnswered()
    {
        if (Ended || State == ChannelState.Up) return;
        AnsweredAt = server.Now;
        Owner.Answered(this);
    }

    public void MoveTo(ChannelState state)
    {
        if (State == state) return;
        if (state == ChannelState.Up) AnsweredAt ??= server.Now;
        State = state;
        ChannelEvents.Plain(this, EventClass.Call, "Newstate"u8);
    }

    public void IsRefused(int cause, int sip)
    {
        if (!Ended) Owner.Refused(this, cause, sip);
    }

    public void HasHungUp()
    {
        if (!Ended) Owner.HungUp(this);
    }

    /// <summary>Ends the leg and tells the far end. The sip code is shown by 22 only, and only for calls that were not cleared normally.</summary>
    public void End(int cause, int sip = 0)
    {
        if (Ended) return;
        Ended = true;
        if (server.Event(EventClass.Call, "Hangup"u8) is { } e)
        {
            e.Snapshot(this).Line("Cause: "u8, cause).Line("Cause-txt: "u8, Causes.Text(cause));
            if (sip != 0 && server.Is22) e.Line("TechCause: "u8, sip);
            server.Send(e);
        }
        server.Channels.Remove(uniqueId);
        FarEnd.Ended(this, cause);
    }
}

/// <summary>What is at the other end of a leg.</summary>
interface IFarEnd
{
    /// <summary>Starts to call; later calls IsRinging, IsAnswered, IsRefused or HasHungUp of the channel.</summary>
    void Invite(Channel channel);

    /// <summary>The leg is over, whoever ended it.</summary>
    void Ended(Channel channel, int cause);

    /// <summary>An agent (or, for a phone, a number) is on the line now. Null: nobody any more.</summary>
    void TalksTo(Channel channel, Channel? other);

    /// <summary>Who or what answered; null if that is nobody from outside.</summary>
    FateKind? Answerer => null;
}

/// <summary>What runs on a leg: being dialed, a queue, a dialplan.</summary>
interface IChannelOwner
{
    void Ringing(Channel channel);
    void Answered(Channel channel);
    void Refused(Channel channel, int cause, int sip);

    /// <summary>The far end of an answered leg hung up.</summary>
    void HungUp(Channel channel);

    /// <summary>AMI's Hangup action, or the server stops.</summary>
    void Abort(Channel channel, int cause);
}
