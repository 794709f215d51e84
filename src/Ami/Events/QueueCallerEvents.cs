namespace Carillon.Ami.Events;

/// <summary>A caller in an app_queue.</summary>
public abstract record QueueCallerEvent : ChannelEvent
{
    protected QueueCallerEvent() { }

    private protected QueueCallerEvent(ref HeaderCursor h) : base(ref h)
    {
        Queue = h.Text("Queue"u8);
        Position = h.Int("Position"u8);
    }

    public string Queue { get; init; } = "";
    /// <summary>From 1.</summary>
    public int Position { get; init; }
}

public sealed record QueueCallerJoinEvent : QueueCallerEvent
{
    public QueueCallerJoinEvent() { }
    internal QueueCallerJoinEvent(ref HeaderCursor h) : base(ref h) => Count = h.Int("Count"u8);
    public override string Name => "QueueCallerJoin";
    /// <summary>Callers in the queue afterwards.</summary>
    public int Count { get; init; }
}

public sealed record QueueCallerLeaveEvent : QueueCallerEvent
{
    public QueueCallerLeaveEvent() { }
    internal QueueCallerLeaveEvent(ref HeaderCursor h) : base(ref h) => Count = h.Int("Count"u8);
    public override string Name => "QueueCallerLeave";
    /// <summary>Callers in the queue afterwards.</summary>
    public int Count { get; init; }
}

/// <summary>The caller left without an agent; also at the queue's timeout, while the call lives on. An abandoned call is this and Hangup.</summary>
public sealed record QueueCallerAbandonEvent : QueueCallerEvent
{
    public QueueCallerAbandonEvent() { }

    internal QueueCallerAbandonEvent(ref HeaderCursor h) : base(ref h)
    {
        OriginalPosition = h.Int("OriginalPosition"u8);
        HoldTime = h.Int("HoldTime"u8);
    }

    public override string Name => "QueueCallerAbandon";
    public int OriginalPosition { get; init; }
    /// <summary>Seconds.</summary>
    public int HoldTime { get; init; }
}

/// <summary>A queue offers a caller to a member. <see cref="Interface"/> names the member.</summary>
public abstract record AgentEvent : AmiEvent
{
    protected AgentEvent() { }

    private protected AgentEvent(ref HeaderCursor h) : base(ref h)
    {
        Channel = h.Text("Channel"u8);
        CallerIdNum = h.Text("CallerIDNum"u8);
        UniqueId = h.Text("Uniqueid"u8);
        LinkedId = h.Text("Linkedid"u8);
        DestChannel = h.Text("DestChannel"u8);
        DestUniqueId = h.Text("DestUniqueid"u8);
        Queue = h.Text("Queue"u8);
        Interface = h.Text("Interface"u8);
        MemberName = h.Text("MemberName"u8);
    }

    /// <summary>The caller's channel.</summary>
    public string Channel { get; init; } = "";
    public string CallerIdNum { get; init; } = "";
    public string UniqueId { get; init; } = "";
    public string LinkedId { get; init; } = "";
    /// <summary>The member's channel; sometimes missing in AgentComplete.</summary>
    public string DestChannel { get; init; } = "";
    public string DestUniqueId { get; init; } = "";
    public string Queue { get; init; } = "";
    public string Interface { get; init; } = "";
    public string MemberName { get; init; } = "";
}

public sealed record AgentCalledEvent : AgentEvent
{
    public AgentCalledEvent() { }
    internal AgentCalledEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "AgentCalled";
}

public sealed record AgentConnectEvent : AgentEvent
{
    public AgentConnectEvent() { }

    internal AgentConnectEvent(ref HeaderCursor h) : base(ref h)
    {
        HoldTime = h.Int("HoldTime"u8);
        RingTime = h.Int("RingTime"u8);
    }

    public override string Name => "AgentConnect";
    /// <summary>Seconds that the caller waited.</summary>
    public int HoldTime { get; init; }
    /// <summary>Seconds that the member's phone rang.</summary>
    public int RingTime { get; init; }
}

/// <summary>The talk ended; wrap-up begins now and nothing tells its end (LastCall + the queue's wrapuptime).</summary>
public sealed record AgentCompleteEvent : AgentEvent
{
    public AgentCompleteEvent() { }

    internal AgentCompleteEvent(ref HeaderCursor h) : base(ref h)
    {
        HoldTime = h.Int("HoldTime"u8);
        TalkTime = h.Int("TalkTime"u8);
        Reason = h.Text("Reason"u8);
    }

    public override string Name => "AgentComplete";
    /// <summary>Seconds.</summary>
    public int HoldTime { get; init; }
    /// <summary>Seconds.</summary>
    public int TalkTime { get; init; }
    /// <summary>agent, caller or transfer: who ended it.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>The member did not answer, was busy or refused.</summary>
public sealed record AgentRingNoAnswerEvent : AgentEvent
{
    public AgentRingNoAnswerEvent() { }
    internal AgentRingNoAnswerEvent(ref HeaderCursor h) : base(ref h) => RingTime = h.Int("RingTime"u8);
    public override string Name => "AgentRingNoAnswer";
    /// <summary>Milliseconds (unlike AgentConnect).</summary>
    public int RingTime { get; init; }
}

/// <summary>A waiting caller: a row of the QueueStatus list.</summary>
public sealed record QueueEntryEvent : AmiEvent
{
    public QueueEntryEvent() { }

    internal QueueEntryEvent(ref HeaderCursor h) : base(ref h)
    {
        Queue = h.Text("Queue"u8);
        Position = h.Int("Position"u8);
        Channel = h.Text("Channel"u8);
        UniqueId = h.Text("Uniqueid"u8);
        CallerIdNum = h.Text("CallerIDNum"u8);
        CallerIdName = h.Unescaped("CallerIDName"u8);
        Wait = h.Int("Wait"u8);
    }

    public override string Name => "QueueEntry";
    public string Queue { get; init; } = "";
    public int Position { get; init; }
    public string Channel { get; init; } = "";
    public string UniqueId { get; init; } = "";
    public string CallerIdNum { get; init; } = "";
    public string CallerIdName { get; init; } = "";
    /// <summary>Seconds.</summary>
    public int Wait { get; init; }
}
