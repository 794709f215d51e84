using System.Globalization;

namespace Carillon.Network;

static partial class AmiActions
{
    static void CoreSettings(AmiSession session, AmiAction action)
    {
        var server = session.Server;
        End(session, Begin(session, action).Line("AMIversion: "u8, server.AmiVersion).Line("AsteriskVersion: "u8, server.VersionText).Line("SystemName: "u8, server.Name)
            .Raw("CoreMaxCalls: 0\r\nCoreMaxLoadAvg: 0.000000\r\nCoreRunUser: \r\nCoreRunGroup: \r\nCoreMaxFilehandles: 20000\r\n"u8)
            .Raw("CoreRealTimeEnabled: No\r\nCoreCDRenabled: Yes\r\nCoreHTTPenabled: No\r\n"u8));
    }

    static void CoreStatus(AmiSession session, AmiAction action)
    {
        var started = session.Server.StartedAt;
        var (date, time) = (started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), started.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        var text = Begin(session, action).Line("CoreStartupDate: "u8, date).Line("CoreStartupTime: "u8, time).Line("CoreReloadDate: "u8, date)
            .Line("CoreReloadTime: "u8, time).Line("CoreCurrentCalls: "u8, session.Server.Channels.Values.Select(c => c.LinkedId).Distinct().Count());
        if (session.Server.Is22) text.Line("CoreProcessedCalls: "u8, session.Server.ProcessedCalls);
        End(session, text);
    }

    static void Command(AmiSession session, AmiAction action)
    {
        var server = session.Server;
        var command = action["Command"];
        if (command.Length == 0)
        {
            Error(session, action, "No command provided");
            return;
        }
        var uptime = (long)(server.Now - server.StartedAt).TotalSeconds;
        string[]? output = command switch
        {
            "core show version" => [$"Asterisk {server.VersionText} built by simulation on a x86_64 running Linux"],
            "core show uptime" => [$"System uptime: {uptime} seconds", $"Last reload: {uptime} seconds"],
            "core show uptime seconds" => [$"System uptime: {uptime}", $"Last reload: {uptime}"],
            "core show channels count" => [$"{server.Channels.Count} active channels", $"{server.Trunks.Sum(t => t.Active)} active calls", $"{server.ProcessedCalls} calls processed"],
            _ => null,
        };
        var text = output is null ? Begin(session, action, "Error"u8) : Begin(session, action);
        text.Raw("Message: Command output follows\r\n"u8);
        foreach (var line in output ?? [$"No such command '{command}' (type 'core show help {command}' for other possible commands)"]) text.Line("Output: "u8, line);
        End(session, text);
    }

    static void ListCommands(AmiSession session, AmiAction action)
    {
        var text = Begin(session, action);
        foreach (var kind in Kinds.Values.Where(k => k.Needs == Anybody || (session.User!.Write & k.Needs) != 0).OrderBy(k => k.Name, StringComparer.OrdinalIgnoreCase))
        {
            text.Raw(kind.Name).Line(": "u8, $"{kind.Help}  (Priv: {EventClasses.Text(kind.Needs)})");
        }
        End(session, text);
    }

    static void PjsipShowEndpoints(AmiSession session, AmiAction action)
    {
        ListStart(session, action, "A listing of Endpoints follows, presented as EndpointList events");
        var items = 0;
        foreach (var trunk in session.Server.Trunks) Endpoint(trunk.Name, trunk.DeviceState switch { "NOT_INUSE" => "Not in use", "UNAVAILABLE" => "Unavailable", _ => "In use" }, trunk.Active);
        foreach (var phone in session.Server.Network.Phones.Where(p => p.Agent.KnownTo(session.Server)))
        {
            Endpoint(phone.Endpoint, phone.MemberStatus switch { 5 => "Unavailable", 1 => "Not in use", 2 => "In use", _ => "Ringing" }, phone.IsBusy ? 1 : 0);
        }
        ListEnd(session, action, "EndpointListComplete"u8, items);

        void Endpoint(string name, string state, int channels)
        {
            items++;
            End(session, Row(session, action, "EndpointList"u8).Raw("ObjectType: endpoint\r\n"u8).Line("ObjectName: "u8, name).Raw("Transport: transport-udp\r\n"u8)
                .Line("Aor: "u8, name).Raw("Auths: \r\nOutboundAuths: \r\n"u8).Line("Contacts: "u8, $"{name}/sip:{name}@127.0.0.1:5060,")
                .Line("DeviceState: "u8, state).Line("ActiveChannels: "u8, channels));
        }
    }

    static void DeviceStateList(AmiSession session, AmiAction action)
    {
        ListStart(session, action, "Device State Changes will follow");
        var items = 0;
        foreach (var (device, state) in DeviceStates(session.Server))
        {
            items++;
            End(session, Row(session, action, "DeviceStateChange"u8).Line("Device: "u8, device).Line("State: "u8, state));
        }
        ListEnd(session, action, "DeviceStateListComplete"u8, items);
    }

    static IEnumerable<(string Device, string State)> DeviceStates(Server server) =>
        [
            .. server.Trunks.Select(t => ($"PJSIP/{t.Name}", t.DeviceState)),
            .. server.Network.Phones.Where(p => p.Agent.KnownTo(server)).Select(p => (p.Agent.Interface, p.DeviceState)),
            .. server.Queues.Values.Select(q => ($"Queue:{q.Name}", q.Callers.Count == 0 ? "NOT_INUSE" : "RINGING")),
        ];

    static void UserEvent(AmiSession session, AmiAction action)
    {
        Ok(session, action, "Event Sent");
        if (session.Server.Event(EventClass.User, "UserEvent"u8) is not { } e) return;
        e.Line("UserEvent: "u8, action["UserEvent"]);
        foreach (var (key, value) in action.Headers)
        {
            if (key is not ("Action" or "UserEvent")) e.Raw(key).Line(": "u8, value);
        }
        session.Server.Send(e);
    }
}
