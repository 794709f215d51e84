namespace Carillon.Ami.Events;

/// <summary>ast_channel_state, as in ChannelState.</summary>
public enum ChannelState
{
    Down = 0,
    Reserved = 1,
    OffHook = 2,
    Dialing = 3,
    /// <summary>The channel hears ringing (an incoming leg).</summary>
    Ring = 4,
    /// <summary>The far end rings (an outgoing leg).</summary>
    Ringing = 5,
    Up = 6,
    Busy = 7,
    DialingOffHook = 8,
    PreRing = 9,
}

/// <summary>An event about one channel. (SystemName, <see cref="UniqueId"/>) is its only safe key over several servers.</summary>
public abstract record ChannelEvent : AmiEvent
{
    protected ChannelEvent() { }

    private protected ChannelEvent(ref HeaderCursor h) : base(ref h)
    {
        Channel = h.Text("Channel"u8);
        State = (ChannelState)h.Int("ChannelState"u8);
        CallerIdNum = h.Text("CallerIDNum"u8);
        CallerIdName = h.Unescaped("CallerIDName"u8);
        ConnectedNum = h.Text("ConnectedLineNum"u8);
        ConnectedName = h.Unescaped("ConnectedLineName"u8);
        AccountCode = h.Text("AccountCode"u8);
        Context = h.Text("Context"u8);
        Exten = h.Text("Exten"u8);
        UniqueId = h.Text("Uniqueid"u8);
        LinkedId = h.Text("Linkedid"u8);
    }

    /// <summary>Name such as PJSIP/trunk-0000002a; it can change (see <see cref="RenameEvent"/>).</summary>
    public string Channel { get; init; } = "";
    public ChannelState State { get; init; }
    public string CallerIdNum { get; init; } = "";
    public string CallerIdName { get; init; } = "";
    public string ConnectedNum { get; init; } = "";
    public string ConnectedName { get; init; } = "";
    public string AccountCode { get; init; } = "";
    public string Context { get; init; } = "";
    public string Exten { get; init; } = "";
    /// <summary>The ChannelId that an Originate gave, else made by Asterisk.</summary>
    public string UniqueId { get; init; } = "";
    /// <summary>The same for all channels of one call.</summary>
    public string LinkedId { get; init; } = "";
}

public sealed record NewchannelEvent : ChannelEvent
{
    public NewchannelEvent() { }
    internal NewchannelEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "Newchannel";
}

public sealed record NewstateEvent : ChannelEvent
{
    public NewstateEvent() { }
    internal NewstateEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "Newstate";
}

/// <summary>The channel is gone. It may come before or after its OriginateResponse.</summary>
public sealed record HangupEvent : ChannelEvent
{
    public HangupEvent() { }

    internal HangupEvent(ref HeaderCursor h) : base(ref h)
    {
        Cause = h.Int("Cause"u8);
        CauseText = h.Text("Cause-txt"u8);
        TechCause = h.Text("TechCause"u8);
    }

    public override string Name => "Hangup";

    /// <summary>See <see cref="HangupCauses"/>; 0 if Asterisk does not know (an Originate that timed out, before 18).</summary>
    public int Cause { get; init; }
    public string CauseText { get; init; } = "";
    /// <summary>What the channel's technology said, such as "486 Busy here"; since Asterisk 20, else "".</summary>
    public string TechCause { get; init; } = "";
}

/// <summary>A channel changed its name (masquerade); its unique id stays.</summary>
public sealed record RenameEvent : AmiEvent
{
    public RenameEvent() { }

    internal RenameEvent(ref HeaderCursor h) : base(ref h)
    {
        Channel = h.Text("Channel"u8);
        NewName = h.Text("Newname"u8);
        UniqueId = h.Text("Uniqueid"u8);
    }

    public override string Name => "Rename";
    public string Channel { get; init; } = "";
    public string NewName { get; init; } = "";
    public string UniqueId { get; init; } = "";
}

/// <summary>A channel variable was set. Half of Asterisk's traffic: off unless asked for, and droppable.</summary>
public sealed record VarSetEvent : AmiEvent
{
    public VarSetEvent() { }

    internal VarSetEvent(ref HeaderCursor h) : base(ref h)
    {
        Channel = h.Text("Channel"u8);
        UniqueId = h.Text("Uniqueid"u8);
        LinkedId = h.Text("Linkedid"u8);
        Variable = h.Text("Variable"u8);
        Value = h.Unescaped("Value"u8);
    }

    public override string Name => "VarSet";
    /// <summary>"" for a global variable.</summary>
    public string Channel { get; init; } = "";
    public string UniqueId { get; init; } = "";
    public string LinkedId { get; init; } = "";
    public string Variable { get; init; } = "";
    public string Value { get; init; } = "";
}

/// <summary>A row of the CoreShowChannels list.</summary>
public sealed record CoreShowChannelEvent : ChannelEvent
{
    public CoreShowChannelEvent() { }

    internal CoreShowChannelEvent(ref HeaderCursor h) : base(ref h)
    {
        Variables = h.Variables("ChanVariable"u8);
        Application = h.Text("Application"u8);
        ApplicationData = h.Text("ApplicationData"u8);
        Duration = h.Clock("Duration"u8);
        BridgeId = h.Text("BridgeId"u8);
    }

    public override string Name => "CoreShowChannel";
    public string Application { get; init; } = "";
    public string ApplicationData { get; init; } = "";
    /// <summary>Since the channel was made, in whole seconds.</summary>
    public TimeSpan Duration { get; init; }
    public string BridgeId { get; init; } = "";
    /// <summary>The channel variables that manager.conf's channelvars names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];
}
