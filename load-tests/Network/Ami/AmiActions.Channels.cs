using System.Text.RegularExpressions;

namespace Carillon.Network;

static partial class AmiActions
{
    static Channel? FindChannel(Server server, string name) =>
        server.Channels.GetValueOrDefault(name) ?? server.Channels.Values.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    static void Hangup(AmiSession session, AmiAction action)
    {
        var name = action["Channel"];
        var cause = int.TryParse(action["Cause"], out var given) && given is >= 0 and <= 127 ? given : Causes.Unknown;
        if (name.Length == 0) Error(session, action, "No channel specified");
        else if (name is ['/', .. var pattern, '/']) HangupAll(session, action, pattern, cause);
        else if (FindChannel(session.Server, name) is not { } channel) Error(session, action, "No such channel");
        else
        {
            Ok(session, action, "Channel Hungup");
            channel.Owner.Abort(channel, cause);
        }
    }

    static void HangupAll(AmiSession session, AmiAction action, string pattern, int cause)
    {
        Regex regex;
        try
        {
            regex = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            Error(session, action, $"Regex compile failed on: /{pattern}/");
            return;
        }
        ListStart(session, action, "Channels hung up will follow");
        var matches = session.Server.Channels.Values.Where(c => regex.IsMatch(c.Name)).ToList();
        foreach (var channel in matches) End(session, WithId(Row(session, action, "ChannelHungup"u8, idFirst: false).Line("Channel: "u8, channel.Name), action));
        ListEnd(session, action, "ChannelsHungupListComplete"u8, matches.Count);
        foreach (var channel in matches)
        {
            if (!channel.Ended) channel.Owner.Abort(channel, cause);
        }
    }

    static void CoreShowChannels(AmiSession session, AmiAction action)
    {
        ListStart(session, action, "Channels will follow");
        foreach (var channel in session.Server.Channels.Values)
        {
            var age = session.Server.Now - channel.Created;
            End(session, Row(session, action, "CoreShowChannel"u8).Snapshot(channel).Line("Application: "u8, channel.Application).Line("ApplicationData: "u8, channel.Data)
                .Line("Duration: "u8, $"{(int)age.TotalHours:00}:{age.Minutes:00}:{age.Seconds:00}").Line("BridgeId: "u8, channel.Bridge?.Id ?? ""));
        }
        ListEnd(session, action, "CoreShowChannelsComplete"u8, session.Server.Channels.Count);
    }

    static void Status(AmiSession session, AmiAction action)
    {
        List<Channel> channels = [.. session.Server.Channels.Values];
        if (action["Channel"] is { Length: > 0 } name)
        {
            if (FindChannel(session.Server, name) is not { } one)
            {
                Error(session, action, "No such channel");
                return;
            }
            channels = [one];
        }
        ListStart(session, action, "Channel status will follow");
        foreach (var channel in channels)
        {
            var row = Row(session, action, "Status"u8, idFirst: false).Raw("Privilege: Call\r\n"u8).Snapshot(channel);
            foreach (var variable in action["Variables"].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                row.EscapedLine("Variable: "u8, $"{variable}={channel.Variable(variable)}");
            }
            row.Raw("Type: PJSIP\r\nDNID: \r\n"u8).Line("EffectiveConnectedLineNum: "u8, channel.ConnectedNumber).EscapedLine("EffectiveConnectedLineName: "u8, channel.ConnectedName)
                .Raw("TimeToHangup: 0\r\n"u8).Line("BridgeID: "u8, channel.Bridge?.Id ?? "").Line("Application: "u8, channel.Application).Line("Data: "u8, channel.Data)
                .Raw("Nativeformats: (ulaw)\r\nReadformat: ulaw\r\nReadtrans: \r\nWriteformat: ulaw\r\nWritetrans: \r\nCallgroup: 0\r\nPickupgroup: 0\r\n"u8)
                .Line("Seconds: "u8, (long)(session.Server.Now - channel.Created).TotalSeconds);
            End(session, WithId(row, action));
        }
        ListEnd(session, action, "StatusComplete"u8, channels.Count, "Items: "u8);
    }

    static void BridgeList(AmiSession session, AmiAction action)
    {
        ListStart(session, action, "Bridge listing will follow");
        foreach (var bridge in session.Server.Bridges) End(session, bridge.Describe(Row(session, action, "BridgeListItem"u8)));
        ListEnd(session, action, "BridgeListComplete"u8, session.Server.Bridges.Count);
    }

    static void Agi(AmiSession session, AmiAction action)
    {
        if (FindChannel(session.Server, action["Channel"]) is not { } channel) Error(session, action, $"Channel {action["Channel"]} does not exist");
        else if (channel.Commands is not { } commands) Error(session, action, $"Failed to add AGI command to channel {channel.Name} queue");
        else
        {
            commands.Add(action["Command"], action["CommandID"]);
            Ok(session, action, "Added AGI command to queue");
        }
    }

    static void Redirect(AmiSession session, AmiAction action)
    {
        if (action["Channel"].Length == 0) Error(session, action, "Channel not specified");
        else if (action["Context"].Length == 0) Error(session, action, "Context not specified");
        else if (action["Exten"].Length == 0) Error(session, action, "Exten not specified");
        else if (!int.TryParse(action["Priority"], out var priority)) Error(session, action, "Invalid priority");
        else if (FindChannel(session.Server, action["Channel"]) is not { } channel) Error(session, action, $"Channel does not exist: {action["Channel"]}");
        else if (channel.Owner is not IApplication running) Error(session, action, "Redirect failed");
        else if (DialplanRun.Find(session.Server, action["Context"], action["Exten"]) is null) Error(session, action, "Redirect failed");
        else
        {
            Ok(session, action, "Redirect successful");
            running.Detach();
            new DialplanRun(channel).Start(action["Context"], action["Exten"], priority);
        }
    }

    static void Getvar(AmiSession session, AmiAction action)
    {
        var name = action["Variable"];
        if (name.Length == 0) Error(session, action, "No variable specified");
        else if (StatedDevice(name) is { } device) Value(DeviceStates(session.Server).FirstOrDefault(d => d.Device.Equals(device, StringComparison.OrdinalIgnoreCase)).State ?? "INVALID");
        else if (action["Channel"] is not { Length: > 0 } channelName) Value(session.Server.Globals.GetValueOrDefault(name, ""));
        else if (FindChannel(session.Server, channelName) is { } channel) Value(channel.Variable(name));
        else Error(session, action, "No such channel");

        void Value(string value) => End(session, Begin(session, action).Line("Variable: "u8, name).Line("Value: "u8, value));
    }

    /// <summary>The device that the function DEVICE_STATE is asked for.</summary>
    static string? StatedDevice(string variable) =>
        variable.StartsWith("DEVICE_STATE(", StringComparison.OrdinalIgnoreCase) && variable.EndsWith(')') ? variable["DEVICE_STATE(".Length..^1] : null;

    static void Setvar(AmiSession session, AmiAction action)
    {
        var name = action["Variable"];
        if (name.Length == 0)
        {
            Error(session, action, "No variable specified");
            return;
        }
        if (action["Channel"] is { Length: > 0 } channelName)
        {
            if (FindChannel(session.Server, channelName) is not { } channel)
            {
                Error(session, action, "No such channel");
                return;
            }
            channel.SetVariable(name, action["Value"]);
        }
        else session.Server.Globals[name] = action["Value"];
        Ok(session, action, "Variable Set");
    }
}
