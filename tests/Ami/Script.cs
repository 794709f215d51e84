using System.Security.Cryptography;
using System.Text;

namespace Carillon.Ami.Tests;

/// <summary>What the scripted server answers unless a test says otherwise: as Asterisk 22 does.</summary>
static class Script
{
    const string Challenge = "123456789";

    public static void Install(ScriptedAmiServer server)
    {
        server.On("Challenge", a => a.Success($"Challenge: {Challenge}\r\n"));
        server.On("Login", async (session, a) =>
        {
            var key = Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.MD5, Encoding.UTF8.GetBytes(Challenge + server.Secret)));
            if (a["Key"] != key && a["Secret"] != server.Secret)
            {
                await session.SendAsync(a.Error("Authentication failed"));
                session.Cut();
                return;
            }
            session.Events = a["Events"];
            await session.SendAsync(a.Success("Message: Authentication accepted\r\n"));
            if (session.Events != "off") await session.SendAsync("Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 60\r\nLastReload: 60\r\nStatus: Fully Booted\r\n\r\n");
        });
        server.On("CoreSettings", a => a.Success("AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.0\r\nSystemName: pbx1\r\n"));
        server.On("CoreStatus", a => a.Success("CoreStartupDate: 2026-03-02\r\nCoreStartupTime: 08:59:00\r\n"));
        server.On("ListCommands", a => a.Success(
            "Originate: Originate a call.  (Priv: originate,all)\r\nHangup: Hang up channel.  (Priv: system,call,all)\r\n" +
            "CoreShowChannels: List currently active channels.  (Priv: system,reporting,all)\r\nQueueStatus: Show queue status.  (Priv: <none>)\r\n"));
        server.On("CoreShowChannels", a => a.List(server.Channels.Values.Select(c => "Event: CoreShowChannel\r\n" + c), "CoreShowChannelsComplete"));
        server.On("QueueStatus", a => a.List(server.Queues, "QueueStatusComplete"));
        server.On("Ping", a => a.Success("Ping: Pong\r\n"));
        server.On("Originate", a => a.Success("Message: Originate successfully queued\r\n"));
    }

    public static string Channel(string uniqueId, string state = "6") =>
        $"Channel: PJSIP/trunk-{uniqueId}\r\nChannelState: {state}\r\nUniqueid: {uniqueId}\r\nLinkedid: {uniqueId}\r\n";

    public static string Newchannel(string uniqueId) => $"Event: Newchannel\r\nPrivilege: call,all\r\n{Channel(uniqueId, "0")}\r\n";

    public static string Hangup(string uniqueId, int cause = 16) => $"Event: Hangup\r\nPrivilege: call,all\r\n{Channel(uniqueId)}Cause: {cause}\r\nCause-txt: x\r\n\r\n";

    public static string VarSet(string uniqueId, string value) => $"Event: VarSet\r\nPrivilege: dialplan,all\r\n{Channel(uniqueId)}Variable: X\r\nValue: {value}\r\n\r\n";
}
