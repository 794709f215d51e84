using System.Collections.Frozen;

namespace Carillon.Ami;

/// <summary>Sets of event names, for <see cref="AmiClientOptions.Events"/> and <see cref="AmiClientOptions.DroppableEvents"/>.</summary>
public static class AmiEventNames
{
    /// <summary>What a dialer needs: channels, dialing, bridges, queues, members, user events, the server's own state.</summary>
    public static IReadOnlySet<string> Dialer { get; } = Set(
        "Newchannel", "Newstate", "Hangup", "Rename", "DialBegin", "DialState", "DialEnd", "OriginateResponse", "BridgeEnter", "BridgeLeave",
        "QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentCalled", "AgentConnect", "AgentComplete", "AgentRingNoAnswer",
        "QueueMemberStatus", "QueueMemberAdded", "QueueMemberRemoved", "QueueMemberPause", "QueueMemberPenalty", "QueueMemberRinginuse",
        "PeerStatus", "UserEvent", "FullyBooted", "Shutdown", "Reload", "AsyncAGIStart", "AsyncAGIExec", "AsyncAGIEnd");

    /// <summary>Events whose loss a later one, or nobody, makes good: what may be shed under load.</summary>
    public static IReadOnlySet<string> Droppable { get; } = Set(
        "VarSet", "Newexten", "RTCPSent", "RTCPReceived", "NewConnectedLine", "NewCallerid", "MusicOnHoldStart", "MusicOnHoldStop", "TestEvent");

    /// <summary>A set that compares as AMI does, without regard to case.</summary>
    public static IReadOnlySet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
