namespace Carillon.Network;

/// <summary>Classes of manager.conf's read= and write=, which are also the event masks.</summary>
[Flags]
public enum EventClass
{
    None = 0,
    System = 1,
    Call = 2,
    Log = 4,
    Verbose = 8,
    Command = 16,
    Agent = 32,
    User = 64,
    Config = 128,
    Dtmf = 256,
    Reporting = 512,
    Cdr = 1024,
    Dialplan = 2048,
    Originate = 4096,
    Agi = 8192,
    Security = 16384,
    All = 32767,
}

static class EventClasses
{
    /// <summary>A mask as the Login and Events actions write it, or null when it is not one.</summary>
    public static EventClass? Parse(string text)
    {
        if (text.Equals("on", StringComparison.OrdinalIgnoreCase) || text.Equals("all", StringComparison.OrdinalIgnoreCase)
            || text.Equals("yes", StringComparison.OrdinalIgnoreCase) || text == "1") return EventClass.All;
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase) || text == "0") return EventClass.None;
        if (int.TryParse(text, out var bits)) return (EventClass)bits & EventClass.All;
        var mask = EventClass.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Unknown classes are skipped, as Asterisk does: a client may name classes of a newer version.
            if (Enum.TryParse<EventClass>(name, ignoreCase: true, out var one)) mask |= one;
        }
        return text.Length == 0 ? null : mask;
    }

    public static ReadOnlySpan<byte> Privilege(EventClass one) => one switch
    {
        EventClass.System => "system,all"u8,
        EventClass.Call => "call,all"u8,
        EventClass.Agent => "agent,all"u8,
        EventClass.User => "user,all"u8,
        EventClass.Reporting => "reporting,all"u8,
        EventClass.Cdr => "cdr,all"u8,
        EventClass.Dialplan => "dialplan,all"u8,
        EventClass.Agi => "agi,all"u8,
        EventClass.Security => "security,all"u8,
        _ => "all"u8,
    };

    /// <summary>As ListCommands prints it: the classes in their order and "all".</summary>
    public static string Text(EventClass classes)
    {
        if (classes == EventClass.None) return "<none>";
        var names = Enum.GetValues<EventClass>().Where(c => c is not (EventClass.None or EventClass.All) && classes.HasFlag(c));
        return string.Concat(names.Select(c => c.ToString().ToLowerInvariant() + ",")) + "all";
    }
}
