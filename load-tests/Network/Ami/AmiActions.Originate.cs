using System.Globalization;

namespace Carillon.Network;

static partial class AmiActions
{
    const int MaxUniqueId = 149;

    static void Originate(AmiSession session, AmiAction action)
    {
        var server = session.Server;
        var channel = action["Channel"];
        if (channel.Length == 0) Error(session, action, "Channel not specified");
        else if (action["Priority"] is { Length: > 0 } priority && !int.TryParse(priority, out _)) Error(session, action, "Invalid priority");
        else if (action["Timeout"] is { Length: > 0 } timeout && !int.TryParse(timeout, out _)) Error(session, action, "Invalid timeout");
        else if (!channel.Contains('/')) Error(session, action, "Invalid channel");
        else if (TooLong(action["ChannelId"]) || TooLong(action["OtherChannelId"])) Error(session, action, $"Uniqueid length exceeds maximum of {MaxUniqueId}");
        else if (action["Application"].Length == 0 && (action["Exten"].Length == 0 || action["Context"].Length == 0 || action["Priority"].Length == 0))
        {
            Error(session, action, "Originate with 'Exten' requires 'Context' and 'Priority'");
        }
        else if (MayRunPrograms(action["Application"]) && (session.User!.Write & EventClass.System) == 0) Error(session, action, "Originate Access Forbidden: missing write privilege");
        else if (action["Application"].Length == 0 && DialplanRun.Find(server, action["Context"], action["Exten"]) is null) Error(session, action, "Extension does not exist.");
        else if (!IsTrue(action["Async"])) Error(session, action, "Only asynchronous Originates are simulated");
        else
        {
            server.Counters.Originates++;
            // Its events come from threads of their own in Asterisk; here the response is always first.
            Ok(session, action, "Originate successfully queued");
            new Origination(server, Request(action)).Start();
        }
    }

    static readonly string[] Programs = ["system", "exec", "agi", "mixmonitor", "externalivr"];

    static bool MayRunPrograms(string application) =>
        Programs.Any(word => application.Contains(word, StringComparison.OrdinalIgnoreCase));

    static OriginateRequest Request(AmiAction action)
    {
        var (name, number) = CallerId(action["CallerID"]);
        return new(action["Channel"], action.Find("ActionID"), TimeSpan.FromMilliseconds(action["Timeout"] is { Length: > 0 } timeout ? int.Parse(timeout, CultureInfo.InvariantCulture) : 30_000))
        {
            ChannelId = NullIfEmpty(action["ChannelId"]),
            OtherChannelId = NullIfEmpty(action["OtherChannelId"]),
            CallerNumber = number,
            CallerName = name,
            Variables = [.. action.All("Variable").SelectMany(ChannelVariables.Split)],
            Application = NullIfEmpty(action["Application"]),
            Data = action["Data"],
            Context = action["Context"],
            Exten = action["Exten"],
            Priority = int.TryParse(action["Priority"], out var priority) ? priority : 1,
        };
    }

    /// <summary>"Name" &lt;number&gt;, or a number alone.</summary>
    static (string Name, string Number) CallerId(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0) return ("", text.Trim());
        return (text[..open].Trim().Trim('"'), text[(open + 1)..].TrimEnd('>', ' '));
    }

    static bool TooLong(string id) => id.Length > MaxUniqueId;

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    static bool IsTrue(string text) => text.ToLowerInvariant() is "true" or "yes" or "on" or "1" or "y" or "t";
}
