using System.Globalization;

namespace Carillon.Ami;

/// <summary>The actions that a dialer sends. See https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Actions/.</summary>
public static class Actions
{
    public static AmiAction Ping() => new("Ping");

    public static AmiAction Logoff() => new("Logoff");

    /// <param name="channel">Name or unique id of the channel, or a regular expression between slashes.</param>
    /// <param name="cause">See <see cref="Events.HangupCauses"/>; default: none is told to the far end.</param>
    public static AmiAction Hangup(string channel, int? cause = null) =>
        new AmiAction("Hangup").With("Channel", channel).With("Cause", cause?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sends a channel, and the one it talks to if named, to a place in the dialplan.</summary>
    public static AmiAction Redirect(string channel, string context, string exten, int priority = 1, string? extraChannel = null) =>
        Place(new AmiAction("Redirect").With("Channel", channel).With("ExtraChannel", extraChannel), "", context, exten, priority, extraChannel is not null);

    public static AmiAction Bridge(string channel1, string channel2) =>
        new AmiAction("Bridge").With("Channel1", channel1).With("Channel2", channel2);

    public static AmiAction BlindTransfer(string channel, string context, string exten) =>
        new AmiAction("BlindTransfer").With("Channel", channel).With("Context", context).With("Exten", exten);

    /// <param name="channel">Null for a global variable.</param>
    public static AmiAction Getvar(string? channel, string variable) =>
        new AmiAction("Getvar").With("Channel", channel).With("Variable", variable);

    /// <summary>The state of a device, such as <c>PJSIP/carrier</c>, as the dialplan's function of that name tells it: NOT_INUSE, UNAVAILABLE, INVALID and others.</summary>
    public static AmiAction DeviceState(string device) => Getvar(null, $"DEVICE_STATE({device})");

    /// <summary>A list of DeviceStateChange rows: all devices that Asterisk knows, of endpoints and peers as of queues and parking.</summary>
    public static AmiAction DeviceStateList() => new("DeviceStateList");

    /// <param name="channel">Null for a global variable.</param>
    public static AmiAction Setvar(string? channel, string variable, string value) =>
        new AmiAction("Setvar").With("Channel", channel).With("Variable", variable).With("Value", value);

    public static AmiAction QueueAdd(string queue, string member, string? memberName = null, int penalty = 0, bool paused = false, string? stateInterface = null) =>
        new AmiAction("QueueAdd").With("Queue", queue).With("Interface", member).With("MemberName", memberName)
            .With("Penalty", penalty.ToString(CultureInfo.InvariantCulture)).With("Paused", Flag(paused)).With("StateInterface", stateInterface);

    public static AmiAction QueueRemove(string queue, string member) =>
        new AmiAction("QueueRemove").With("Queue", queue).With("Interface", member);

    /// <param name="queue">Null for all queues of the member.</param>
    public static AmiAction QueuePause(string member, bool paused, string? queue = null, string? reason = null) =>
        new AmiAction("QueuePause").With("Interface", member).With("Paused", Flag(paused)).With("Queue", queue).With("Reason", reason);

    /// <param name="queue">Null for all queues of the member.</param>
    public static AmiAction QueuePenalty(string member, int penalty, string? queue = null) =>
        new AmiAction("QueuePenalty").With("Interface", member).With("Penalty", penalty.ToString(CultureInfo.InvariantCulture)).With("Queue", queue);

    /// <summary>A list: QueueParams, QueueMember and QueueEntry rows.</summary>
    public static AmiAction QueueStatus(string? queue = null) => new AmiAction("QueueStatus").With("Queue", queue);

    /// <summary>A list of CoreShowChannel rows. Not to be polled: with much Originate and Local traffic it has deadlocked Asterisk (asterisk#1928).</summary>
    public static AmiAction CoreShowChannels() => new("CoreShowChannels");

    public static AmiAction CoreSettings() => new("CoreSettings");

    public static AmiAction CoreStatus() => new("CoreStatus");

    public static AmiAction ListCommands() => new("ListCommands");

    /// <summary>A command of the CLI; needs the 'command' write permission. Its output is <see cref="AmiResponse.Output"/>.</summary>
    public static AmiAction Command(string command) => new AmiAction("Command").With("Command", command);

    /// <summary>One AGI command for a channel in AGI(agi:async); the result comes as AsyncAGIExec with this id.</summary>
    public static AmiAction Agi(string channel, string command, string commandId) =>
        new AmiAction("AGI").With("Channel", channel).With("Command", command).With("CommandID", commandId);

    /// <summary>An event for all AMI users with the 'user' read permission.</summary>
    public static AmiAction UserEvent(string name, params IEnumerable<KeyValuePair<string, string>> headers)
    {
        var action = new AmiAction("UserEvent").With("UserEvent", name);
        foreach (var (key, value) in headers) action.With(key, value);
        return action;
    }

    static AmiAction Place(AmiAction action, string prefix, string context, string exten, int priority, bool both)
    {
        action.With(prefix + "Context", context).With(prefix + "Exten", exten).With(prefix + "Priority", priority.ToString(CultureInfo.InvariantCulture));
        return both ? Place(action, "Extra", context, exten, priority, false) : action;
    }

    static string Flag(bool value) => value ? "true" : "false";
}
