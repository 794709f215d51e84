namespace Carillon.Ami.Events;

/// <summary>One channel dials another, or Originate dials one (then the caller's side is empty).</summary>
public abstract record DialEvent : AmiEvent
{
    protected DialEvent() { }

    private protected DialEvent(ref HeaderCursor h) : base(ref h)
    {
        Channel = h.Text("Channel"u8);
        UniqueId = h.Text("Uniqueid"u8);
        DestChannel = h.Text("DestChannel"u8);
        DestState = (ChannelState)h.Int("DestChannelState"u8);
        DestCallerIdNum = h.Text("DestCallerIDNum"u8);
        DestUniqueId = h.Text("DestUniqueid"u8);
        DestLinkedId = h.Text("DestLinkedid"u8);
    }

    public string Channel { get; init; } = "";
    public string UniqueId { get; init; } = "";
    public string DestChannel { get; init; } = "";
    public ChannelState DestState { get; init; }
    public string DestCallerIdNum { get; init; } = "";
    public string DestUniqueId { get; init; } = "";
    public string DestLinkedId { get; init; } = "";
}

public sealed record DialBeginEvent : DialEvent
{
    public DialBeginEvent() { }
    internal DialBeginEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "DialBegin";
}

/// <summary>How far a dial has come: RINGING, PROGRESS (183), PROCEEDING.</summary>
public sealed record DialStateEvent : DialEvent
{
    public DialStateEvent() { }
    internal DialStateEvent(ref HeaderCursor h) : base(ref h) => DialStatus = h.Text("DialStatus"u8);
    public override string Name => "DialState";
    public string DialStatus { get; init; } = "";
}

public sealed record DialEndEvent : DialEvent
{
    public DialEndEvent() { }
    internal DialEndEvent(ref HeaderCursor h) : base(ref h) => DialStatus = h.Text("DialStatus"u8);
    public override string Name => "DialEnd";
    /// <summary>See <see cref="DialStatuses"/>.</summary>
    public string DialStatus { get; init; } = "";
}

/// <summary>How an asynchronous Originate ended. It may come before Newchannel or after Hangup of its own channel.</summary>
public sealed record OriginateResponseEvent : AmiEvent
{
    public OriginateResponseEvent() { }

    internal OriginateResponseEvent(ref HeaderCursor h) : base(ref h)
    {
        ActionId = h.Text("ActionID"u8);
        Success = h.Is("Response"u8, "Success"u8);
        Channel = h.Text("Channel"u8);
        Reason = h.Int("Reason"u8);
        UniqueId = h.Text("Uniqueid"u8);
        Variables = h.Variables("ChanVariable"u8);
    }

    public override string Name => "OriginateResponse";
    public string ActionId { get; init; } = "";
    public bool Success { get; init; }
    /// <summary>The channel's name on success, the dial string on failure.</summary>
    public string Channel { get; init; } = "";
    /// <summary>See <see cref="OriginateReasons"/>. Over PJSIP only 4, 3 and 0 come: <see cref="HangupEvent.Cause"/> is the truth.</summary>
    public int Reason { get; init; }
    /// <summary>Of the channel; for a ChannelId used twice, of the live call that had it first. "" if there was no channel.</summary>
    public string UniqueId { get; init; } = "";
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];
}

/// <summary>A channel entered or left a bridge.</summary>
public abstract record BridgeEvent : AmiEvent
{
    protected BridgeEvent() { }

    private protected BridgeEvent(ref HeaderCursor h) : base(ref h)
    {
        BridgeId = h.Text("BridgeUniqueid"u8);
        BridgeType = h.Text("BridgeType"u8);
        Channels = h.Int("BridgeNumChannels"u8);
        Channel = h.Text("Channel"u8);
        CallerIdNum = h.Text("CallerIDNum"u8);
        ConnectedNum = h.Text("ConnectedLineNum"u8);
        UniqueId = h.Text("Uniqueid"u8);
        LinkedId = h.Text("Linkedid"u8);
    }

    public string BridgeId { get; init; } = "";
    public string BridgeType { get; init; } = "";
    /// <summary>Channels in the bridge after the event.</summary>
    public int Channels { get; init; }
    public string Channel { get; init; } = "";
    public string CallerIdNum { get; init; } = "";
    public string ConnectedNum { get; init; } = "";
    public string UniqueId { get; init; } = "";
    public string LinkedId { get; init; } = "";
}

public sealed record BridgeEnterEvent : BridgeEvent
{
    public BridgeEnterEvent() { }
    internal BridgeEnterEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "BridgeEnter";
}

public sealed record BridgeLeaveEvent : BridgeEvent
{
    public BridgeLeaveEvent() { }
    internal BridgeLeaveEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "BridgeLeave";
}

/// <summary>The call detail record of a channel, if cdr_manager is on.</summary>
public sealed record CdrEvent : AmiEvent
{
    public CdrEvent() { }

    internal CdrEvent(ref HeaderCursor h) : base(ref h)
    {
        AccountCode = h.Text("AccountCode"u8);
        Source = h.Text("Source"u8);
        Destination = h.Text("Destination"u8);
        Channel = h.Text("Channel"u8);
        DestinationChannel = h.Text("DestinationChannel"u8);
        StartTime = h.Text("StartTime"u8);
        AnswerTime = h.Text("AnswerTime"u8);
        EndTime = h.Text("EndTime"u8);
        Duration = h.Int("Duration"u8);
        BillableSeconds = h.Int("BillableSeconds"u8);
        Disposition = h.Text("Disposition"u8);
        UniqueId = h.Text("UniqueID"u8);
    }

    public override string Name => "Cdr";
    public string AccountCode { get; init; } = "";
    public string Source { get; init; } = "";
    public string Destination { get; init; } = "";
    public string Channel { get; init; } = "";
    public string DestinationChannel { get; init; } = "";
    /// <summary>In the server's own zone, as are the other two times.</summary>
    public string StartTime { get; init; } = "";
    public string AnswerTime { get; init; } = "";
    public string EndTime { get; init; } = "";
    /// <summary>Seconds.</summary>
    public int Duration { get; init; }
    public int BillableSeconds { get; init; }
    public string Disposition { get; init; } = "";
    public string UniqueId { get; init; } = "";
}
