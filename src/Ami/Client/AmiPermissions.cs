namespace Carillon.Ami;

/// <summary>What the AMI user may do, as Asterisk's ListCommands told at login.</summary>
/// <param name="User">The AMI user.</param>
/// <param name="Actions">Names of all permitted actions; empty if unknown.</param>
/// <param name="WriteClasses">Write classes that were seen to be granted.</param>
public sealed record AmiPermissions(string User, IReadOnlySet<string> Actions, IReadOnlySet<string> WriteClasses)
{
    public bool Known => Actions.Count > 0;

    public bool Allows(string action) => !Known || Actions.Contains(action);

    /// <summary>One sentence for each of the <paramref name="needed"/> actions that is not permitted; empty if all are, or if it is unknown.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> needed) =>
        [.. needed.Where(action => !Allows(action)).Select(Sentence)];

    string Sentence(string action) => AmiActionClasses.Of(action) switch
    {
        [] => $"Asterisk does not offer the action {action} to AMI user '{User}': load its module or grant its class.",
        [var one] => $"AMI user '{User}' lacks the '{one}' write permission, which {action} needs: add it to write= in manager.conf and run 'manager reload'.",
        var any => $"AMI user '{User}' lacks a write permission of {action}: add one of {string.Join(", ", any)} to write= in manager.conf and run 'manager reload'.",
    };
}

/// <summary>Write classes of the actions that a dialer uses; any one of them permits the action. From the manager_register calls of Asterisk 16 to 22.</summary>
public static class AmiActionClasses
{
    static readonly Dictionary<string, string[]> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Originate"] = ["originate"],
        ["Hangup"] = ["system", "call"],
        ["Redirect"] = ["call"],
        ["BlindTransfer"] = ["call"],
        ["Atxfer"] = ["call"],
        ["Bridge"] = ["call"],
        ["Setvar"] = ["call"],
        ["Getvar"] = ["call", "reporting"],
        ["DeviceStateList"] = ["call", "reporting"],
        ["Status"] = ["system", "call", "reporting"],
        ["CoreShowChannels"] = ["system", "reporting"],
        ["CoreSettings"] = ["system", "reporting"],
        ["CoreStatus"] = ["system", "reporting"],
        ["QueueAdd"] = ["agent"],
        ["QueueRemove"] = ["agent"],
        ["QueuePause"] = ["agent"],
        ["QueuePenalty"] = ["agent"],
        ["UserEvent"] = ["user"],
        ["AGI"] = ["agi"],
        ["Command"] = ["command"],
    };

    /// <summary>Empty for an action that is not listed here.</summary>
    public static IReadOnlyList<string> Of(string action) => Classes.TryGetValue(action, out var classes) ? classes : [];
}
