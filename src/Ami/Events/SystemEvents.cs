namespace Carillon.Ami.Events;

/// <summary>Asterisk is ready for traffic; sent at once to whoever logs in later.</summary>
public sealed record FullyBootedEvent : AmiEvent
{
    public FullyBootedEvent() { }

    internal FullyBootedEvent(ref HeaderCursor h) : base(ref h)
    {
        Uptime = h.Long("Uptime"u8);
        LastReload = h.Long("LastReload"u8);
    }

    public override string Name => "FullyBooted";
    /// <summary>Seconds since Asterisk started.</summary>
    public long Uptime { get; init; }
    /// <summary>Seconds since the last reload.</summary>
    public long LastReload { get; init; }
}

/// <summary>Asterisk stops; the end of the connection follows within about a second.</summary>
public sealed record ShutdownEvent : AmiEvent
{
    public ShutdownEvent() { }

    internal ShutdownEvent(ref HeaderCursor h) : base(ref h)
    {
        Kind = h.Text("Shutdown"u8);
        Restart = h.Is("Restart"u8, "True"u8);
    }

    public override string Name => "Shutdown";
    /// <summary>Cleanly or Uncleanly.</summary>
    public string Kind { get; init; } = "";
    public bool Restart { get; init; }
}

public sealed record ReloadEvent : AmiEvent
{
    public ReloadEvent() { }

    internal ReloadEvent(ref HeaderCursor h) : base(ref h)
    {
        Module = h.Text("Module"u8);
        Status = h.Text("Status"u8);
    }

    public override string Name => "Reload";
    public string Module { get; init; } = "";
    /// <summary>0 for success; see AST_MODULE_RELOAD in Asterisk's module.h.</summary>
    public string Status { get; init; } = "";
}

public sealed record DeviceStateChangeEvent : AmiEvent
{
    public DeviceStateChangeEvent() { }

    internal DeviceStateChangeEvent(ref HeaderCursor h) : base(ref h)
    {
        Device = h.Text("Device"u8);
        State = h.Text("State"u8);
    }

    public override string Name => "DeviceStateChange";
    public string Device { get; init; } = "";
    /// <summary>NOT_INUSE, INUSE, BUSY, RINGING, UNAVAILABLE, …</summary>
    public string State { get; init; } = "";
}

public sealed record PeerStatusEvent : AmiEvent
{
    public PeerStatusEvent() { }

    internal PeerStatusEvent(ref HeaderCursor h) : base(ref h)
    {
        ChannelType = h.Text("ChannelType"u8);
        Peer = h.Text("Peer"u8);
        Status = h.Text("PeerStatus"u8);
        Cause = h.Text("Cause"u8);
    }

    public override string Name => "PeerStatus";
    public string ChannelType { get; init; } = "";
    /// <summary>Such as PJSIP/trunk.</summary>
    public string Peer { get; init; } = "";
    /// <summary>
    /// Registered, Unregistered, Reachable, Unreachable, Lagged, Rejected, Unknown. Of PJSIP it tells the endpoint as a whole: Unreachable once none of its
    /// contacts is to be had any more (a contact alone: <see cref="ContactStatusEvent"/>).
    /// </summary>
    public string Status { get; init; } = "";
    public string Cause { get; init; } = "";
}

public sealed record ContactStatusEvent : AmiEvent
{
    public ContactStatusEvent() { }

    internal ContactStatusEvent(ref HeaderCursor h) : base(ref h)
    {
        Uri = h.Text("URI"u8);
        Status = h.Text("ContactStatus"u8);
        Aor = h.Text("AOR"u8);
        EndpointName = h.Text("EndpointName"u8);
        RoundtripUsec = h.Long("RoundtripUsec"u8);
    }

    public override string Name => "ContactStatus";
    public string Uri { get; init; } = "";
    /// <summary>Reachable, Unreachable, NonQualified, Removed, …</summary>
    public string Status { get; init; } = "";
    public string Aor { get; init; } = "";
    public string EndpointName { get; init; } = "";
    /// <summary>Microseconds.</summary>
    public long RoundtripUsec { get; init; }
}

/// <summary>Sent by the dialplan or an action; <see cref="Headers"/> holds its own keys, from "UserEvent" on.</summary>
public sealed record UserEvent : AmiEvent
{
    public UserEvent() { }

    internal UserEvent(ref HeaderCursor h) : base(ref h)
    {
        UniqueId = h.Text("Uniqueid"u8);
        Kind = h.Text("UserEvent"u8);
        Headers = h.Rest();
    }

    public override string Name => "UserEvent";
    public string Kind { get; init; } = "";
    public string UniqueId { get; init; } = "";
    public AmiHeaders Headers { get; init; } = AmiHeaders.Empty;
}
