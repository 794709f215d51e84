namespace Carillon.Ami.Events;

/// <summary>ast_device_state, as in the Status of a queue member.</summary>
public enum MemberStatus
{
    Unknown = 0,
    NotInUse = 1,
    InUse = 2,
    Busy = 3,
    Invalid = 4,
    Unavailable = 5,
    Ringing = 6,
    RingInUse = 7,
    OnHold = 8,
}

/// <summary>The state of one member in one queue, whole in each event.</summary>
public abstract record QueueMemberState : AmiEvent
{
    protected QueueMemberState() { }

    // The row of QueueStatus calls the same two things Name and Location.
    private protected QueueMemberState(ref HeaderCursor h, ReadOnlySpan<byte> name, ReadOnlySpan<byte> location) : base(ref h)
    {
        Queue = h.Text("Queue"u8);
        MemberName = h.Text(name);
        Interface = h.Text(location);
        StateInterface = h.Text("StateInterface"u8);
        Membership = h.Text("Membership"u8);
        Penalty = h.Int("Penalty"u8);
        CallsTaken = h.Int("CallsTaken"u8);
        LastCall = h.Long("LastCall"u8);
        LastPause = h.Long("LastPause"u8);
        LoginTime = h.Long("LoginTime"u8);
        InCall = h.Int("InCall"u8) != 0;
        Status = (MemberStatus)h.Int("Status"u8);
        Paused = h.Int("Paused"u8) != 0;
        PausedReason = h.Text("PausedReason"u8);
        RingInUse = h.Int("Ringinuse"u8) != 0;
        WrapupTime = h.Int("Wrapuptime"u8);
    }

    private protected QueueMemberState(ref HeaderCursor h) : this(ref h, "MemberName"u8, "Interface"u8) { }

    public string Queue { get; init; } = "";
    public string MemberName { get; init; } = "";
    /// <summary>What the queue dials, such as PJSIP/101 or Local/101@agents; the member's key within the queue.</summary>
    public string Interface { get; init; } = "";
    /// <summary>Whose device state counts; differs from <see cref="Interface"/> for Local members.</summary>
    public string StateInterface { get; init; } = "";
    /// <summary>static, dynamic or realtime.</summary>
    public string Membership { get; init; } = "";
    public int Penalty { get; init; }
    public int CallsTaken { get; init; }
    /// <summary>Unix seconds when the last talk ended; 0 for never.</summary>
    public long LastCall { get; init; }
    /// <summary>Unix seconds; 0 for never.</summary>
    public long LastPause { get; init; }
    /// <summary>Unix seconds.</summary>
    public long LoginTime { get; init; }
    /// <summary>Talks to a caller of a queue. Sometimes still false right after AgentConnect.</summary>
    public bool InCall { get; init; }
    public MemberStatus Status { get; init; }
    public bool Paused { get; init; }
    public string PausedReason { get; init; } = "";
    /// <summary>The queue may ring the member while it talks.</summary>
    public bool RingInUse { get; init; }
    /// <summary>Seconds; the member's own, 0 if the queue's wrapuptime holds.</summary>
    public int WrapupTime { get; init; }
}

public sealed record QueueMemberStatusEvent : QueueMemberState
{
    public QueueMemberStatusEvent() { }
    internal QueueMemberStatusEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "QueueMemberStatus";
}

public sealed record QueueMemberAddedEvent : QueueMemberState
{
    public QueueMemberAddedEvent() { }
    internal QueueMemberAddedEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "QueueMemberAdded";
}

public sealed record QueueMemberRemovedEvent : QueueMemberState
{
    public QueueMemberRemovedEvent() { }
    internal QueueMemberRemovedEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "QueueMemberRemoved";
}

public sealed record QueueMemberPauseEvent : QueueMemberState
{
    public QueueMemberPauseEvent() { }
    internal QueueMemberPauseEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "QueueMemberPause";
}

public sealed record QueueMemberPenaltyEvent : QueueMemberState
{
    public QueueMemberPenaltyEvent() { }
    internal QueueMemberPenaltyEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "QueueMemberPenalty";
}

public sealed record QueueMemberRinginuseEvent : QueueMemberState
{
    public QueueMemberRinginuseEvent() { }
    internal QueueMemberRinginuseEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "QueueMemberRinginuse";
}

/// <summary>A member: a row of the QueueStatus list.</summary>
public sealed record QueueMemberEvent : QueueMemberState
{
    public QueueMemberEvent() { }
    internal QueueMemberEvent(ref HeaderCursor h) : base(ref h, "Name"u8, "Location"u8) { }
    public override string Name => "QueueMember";
}

/// <summary>A queue: a row of the QueueStatus list.</summary>
public sealed record QueueParamsEvent : AmiEvent
{
    public QueueParamsEvent() { }

    internal QueueParamsEvent(ref HeaderCursor h) : base(ref h)
    {
        Queue = h.Text("Queue"u8);
        Max = h.Int("Max"u8);
        Strategy = h.Text("Strategy"u8);
        Calls = h.Int("Calls"u8);
        HoldTime = h.Int("Holdtime"u8);
        TalkTime = h.Int("TalkTime"u8);
        Completed = h.Int("Completed"u8);
        Abandoned = h.Int("Abandoned"u8);
        Weight = h.Int("Weight"u8);
    }

    public override string Name => "QueueParams";
    public string Queue { get; init; } = "";
    /// <summary>Callers that may wait; 0 for no limit.</summary>
    public int Max { get; init; }
    public string Strategy { get; init; } = "";
    /// <summary>Callers that wait now.</summary>
    public int Calls { get; init; }
    /// <summary>Mean, in seconds.</summary>
    public int HoldTime { get; init; }
    /// <summary>Mean, in seconds.</summary>
    public int TalkTime { get; init; }
    public int Completed { get; init; }
    public int Abandoned { get; init; }
    public int Weight { get; init; }
}
