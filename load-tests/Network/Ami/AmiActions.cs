namespace Carillon.Network;

/// <param name="Needs">Write classes of which the user must have one; None is for everybody.</param>
sealed record ActionKind(string Name, EventClass Needs, string Help, Action<AmiSession, AmiAction> Run);

/// <summary>All actions, their permissions and the two shapes of answer: one response, or a list.</summary>
static partial class AmiActions
{
    const EventClass Anybody = EventClass.None;
    const EventClass CallOrReport = EventClass.Call | EventClass.Reporting;
    const EventClass SystemOrReport = EventClass.System | EventClass.Reporting;

    static readonly Dictionary<string, ActionKind> Kinds = new ActionKind[]
    {
        new("AGI", EventClass.Agi, "Add an AGI command to execute by Async AGI.", Agi),
        new("BridgeList", Anybody, "Get a list of bridges in the system.", BridgeList),
        new("Challenge", Anybody, "Generate Challenge for MD5 Auth.", Challenge),
        new("Command", EventClass.Command, "Execute Asterisk CLI Command.", Command),
        new("CoreSettings", SystemOrReport, "Show PBX core settings (version etc).", CoreSettings),
        new("CoreShowChannels", SystemOrReport, "List currently active channels.", CoreShowChannels),
        new("CoreStatus", SystemOrReport, "Show PBX core status variables.", CoreStatus),
        new("DeviceStateList", CallOrReport, "List the current known device states.", DeviceStateList),
        new("Events", Anybody, "Control Event Flow.", Events),
        new("Filter", EventClass.System, "Dynamically add filters for the current manager session.", Filter),
        new("GetConfig", EventClass.System | EventClass.Config, "Retrieve configuration.", (s, a) => Error(s, a, "Config file not found")),
        new("Getvar", CallOrReport, "Gets a channel variable or function value.", Getvar),
        new("Hangup", EventClass.System | EventClass.Call, "Hangup channel.", Hangup),
        new("ListCommands", Anybody, "List available manager commands.", ListCommands),
        new("Login", Anybody, "Login Manager.", Login),
        new("Logoff", Anybody, "Logoff Manager.", Logoff),
        new("Originate", EventClass.Originate, "Originate a call.", Originate),
        new("PJSIPShowEndpoints", EventClass.System, "Lists PJSIP endpoints.", PjsipShowEndpoints),
        new("Ping", Anybody, "Keepalive command.", Ping),
        new("QueueAdd", EventClass.Agent, "Add interface to queue.", QueueAdd),
        new("QueuePause", EventClass.Agent, "Makes a queue member temporarily unavailable.", QueuePause),
        new("QueuePenalty", EventClass.Agent, "Set the penalty for a queue member.", QueuePenalty),
        new("QueueRemove", EventClass.Agent, "Remove interface from queue.", QueueRemove),
        new("QueueStatus", Anybody, "Show queue status.", QueueStatus),
        new("QueueSummary", Anybody, "Show queue summary.", QueueSummary),
        new("Redirect", EventClass.Call, "Redirect (transfer) a call.", Redirect),
        new("Setvar", EventClass.Call, "Sets a channel variable or function value.", Setvar),
        new("Status", EventClass.System | EventClass.Call | EventClass.Reporting, "List channel status.", Status),
        new("UserEvent", EventClass.User, "Send an arbitrary event.", UserEvent),
    }.ToDictionary(k => k.Name, StringComparer.OrdinalIgnoreCase);

    public static void Run(AmiSession session, AmiAction action)
    {
        session.Server.Counters.Actions++;
        var name = action["Action"];
        if (action.Error is { } error) Error(session, action, error);
        else if (name.Length == 0) Error(session, action, "Missing action in request");
        else if (session.User is null && !IsForStrangers(name)) Error(session, action, "Permission denied");
        else if (!Kinds.TryGetValue(name, out var kind)) Error(session, action, $"Invalid/unknown command: {name}. Use Action: ListCommands to show available commands.");
        else if (kind.Needs != Anybody && (session.User!.Write & kind.Needs) == 0) Error(session, action, "Permission denied");
        else kind.Run(session, action);
    }

    static bool IsForStrangers(string name) =>
        name.Equals("Login", StringComparison.OrdinalIgnoreCase) || name.Equals("Challenge", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Logoff", StringComparison.OrdinalIgnoreCase);

    static AmiText Begin(AmiSession session, AmiAction action, ReadOnlySpan<byte> response)
    {
        var text = session.Server.Scratch().Line("Response: "u8, response);
        return action.Find("ActionID") is { } id ? text.Line("ActionID: "u8, id) : text;
    }

    static AmiText Begin(AmiSession session, AmiAction action) => Begin(session, action, "Success"u8);

    static void End(AmiSession session, AmiText text) => session.Append(text.NewLine().Written);

    static void Ok(AmiSession session, AmiAction action, string message) => End(session, Begin(session, action).Line("Message: "u8, message));

    static void Error(AmiSession session, AmiAction action, string message) => End(session, Begin(session, action, "Error"u8).Line("Message: "u8, message));

    /// <summary>A list: its start, rows by <see cref="Row"/>, and the end with their number.</summary>
    static void ListStart(AmiSession session, AmiAction action, string message) =>
        End(session, Begin(session, action).Raw("EventList: start\r\n"u8).Line("Message: "u8, message));

    /// <summary>Rows of most lists have the ActionID first; those of app_queue and Status have it last.</summary>
    static AmiText Row(AmiSession session, AmiAction action, ReadOnlySpan<byte> name, bool idFirst = true)
    {
        var row = session.Server.Scratch().Line("Event: "u8, name);
        return idFirst ? WithId(row, action) : row;
    }

    static AmiText WithId(AmiText text, AmiAction action) => action.Find("ActionID") is { } id ? text.Line("ActionID: "u8, id) : text;

    static void ListEnd(AmiSession session, AmiAction action, ReadOnlySpan<byte> name, int items, ReadOnlySpan<byte> extra = default)
    {
        var text = WithId(session.Server.Scratch().Line("Event: "u8, name), action).Raw("EventList: Complete\r\n"u8).Line("ListItems: "u8, items);
        if (!extra.IsEmpty) text.Line(extra, items);
        End(session, text);
    }
}
