using Carillon.Ami.Events;

namespace Carillon.Ami;

/// <summary>
/// What the stream of one server says, in order: connected, a snapshot, live events (and further snapshots), disconnected.
/// <see cref="Epoch"/> counts the connections of one client from 1; 0 stands for "never connected yet".
/// </summary>
public abstract record AmiSignal
{
    public int Epoch { get; init; }
}

/// <summary>Logged in and fully booted; actions can be sent. A snapshot follows.</summary>
public sealed record AmiConnected(AmiServerInfo Server, AmiPermissions Permissions) : AmiSignal;

/// <summary>
/// All channels and queues at one moment. Events that follow may be older than the rows: apply them monotonically, and
/// tolerate Newchannel of a known and Hangup of an unknown channel. An incomplete part must not be applied: what it
/// lacks may well exist.
/// </summary>
/// <param name="ChannelsComplete">Every channel is in <paramref name="Channels"/>: a known one that is not ended meanwhile.</param>
/// <param name="QueuesComplete">Every queue, member and waiting caller is in the other three lists.</param>
/// <param name="Problem">Why a part is incomplete, or null.</param>
public sealed record AmiSnapshot(
    bool ChannelsComplete,
    bool QueuesComplete,
    string? Problem,
    IReadOnlyList<CoreShowChannelEvent> Channels,
    IReadOnlyList<QueueParamsEvent> Queues,
    IReadOnlyList<QueueMemberEvent> QueueMembers,
    IReadOnlyList<QueueEntryEvent> QueueEntries) : AmiSignal
{
    public bool Complete => ChannelsComplete && QueuesComplete;
}

/// <summary>
/// The link is down, or could not be made. Told once for each cause in a row. Everything in flight has failed with the same
/// cause; the client connects again by itself.
/// </summary>
/// <param name="Detail">One sentence for people: what happened and what to do.</param>
/// <param name="RetryIn">When the next attempt starts.</param>
public sealed record AmiDisconnected(AmiCause Cause, string Detail, TimeSpan RetryIn) : AmiSignal
{
    /// <summary>Events were lost although both ends live: the consumer was too slow.</summary>
    public bool Gap => Cause == AmiCause.Overflow;
}

/// <summary>What the server said of itself at login.</summary>
/// <param name="AmiVersion">From the greeting, such as "11.0.0".</param>
/// <param name="AsteriskVersion">Such as "22.10.0"; empty if the user may not ask.</param>
/// <param name="SystemName">asterisk.conf's systemname, the prefix of every unique id; empty if there is none.</param>
/// <param name="StartedAt">When Asterisk started, to about a second, from FullyBooted's Uptime.</param>
/// <param name="StartMark">Asterisk's own start date and time in its own zone: another value means that it was restarted.</param>
public sealed record AmiServerInfo(string AmiVersion, string AsteriskVersion, string SystemName, DateTimeOffset? StartedAt, string StartMark)
{
    /// <summary>How much later its clock tells than ours, up to the time of a round trip; null if it did not tell.</summary>
    public TimeSpan? ClockAhead { get; init; }
}
