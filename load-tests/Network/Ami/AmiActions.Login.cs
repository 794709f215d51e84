using System.Security.Cryptography;
using System.Text;

namespace Carillon.Network;

static partial class AmiActions
{
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    static void Challenge(AmiSession session, AmiAction action)
    {
        if (!action["AuthType"].Equals("MD5", StringComparison.OrdinalIgnoreCase))
        {
            Error(session, action, "Must specify AuthType");
            return;
        }
        session.Challenge ??= RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture);
        End(session, Begin(session, action).Line("Challenge: "u8, session.Challenge));
    }

    static void Login(AmiSession session, AmiAction action)
    {
        if (session.User is not null)
        {
            Ok(session, action, "Already authenticated");
            return;
        }
        var user = session.Server.Config.Users.FirstOrDefault(u => u.Name == action["Username"]);
        if (user is null || !IsProved(session, action, user))
        {
            session.Server.Counters.RefusedLogins++;
            // Asterisk sleeps a second before it says so, against guessing.
            session.Server.Network.Scheduler.AfterReal(AfterFailure, () =>
            {
                Error(session, action, "Authentication failed");
                session.CloseAfterOutput();
            });
            return;
        }
        session.LoggedIn(user, action.Find("Events") is { } mask ? EventClasses.Parse(mask) ?? EventClass.All : EventClass.All);
        Ok(session, action, "Authentication accepted");
        if ((session.Listens & EventClass.System) == 0) return;
        var uptime = (long)(session.Server.Now - session.Server.StartedAt).TotalSeconds;
        session.Append(session.Server.Scratch().Raw("Event: FullyBooted\r\nPrivilege: system,all\r\n"u8).Line("Uptime: "u8, uptime)
            .Line("LastReload: "u8, uptime).Raw("Status: Fully Booted\r\n\r\n"u8).Written);
    }

    static bool IsProved(AmiSession session, AmiAction action, AmiUser user)
    {
        if (!action["AuthType"].Equals("MD5", StringComparison.OrdinalIgnoreCase)) return user.Secret == action["Secret"];
        if (session.Challenge is null) return false;
#pragma warning disable CA5351 // AMI's challenge is defined on MD5.
        var key = MD5.HashData(Encoding.UTF8.GetBytes(session.Challenge + user.Secret));
#pragma warning restore CA5351
        return Convert.ToHexStringLower(key).Equals(action["Key"], StringComparison.OrdinalIgnoreCase);
    }

    static void Logoff(AmiSession session, AmiAction action)
    {
        End(session, Begin(session, action, "Goodbye"u8).Line("Message: "u8, "Thanks for all the fish."));
        session.CloseAfterOutput();
    }

    static void Events(AmiSession session, AmiAction action)
    {
        if (EventClasses.Parse(action["EventMask"]) is not { } mask)
        {
            Error(session, action, "Invalid event mask");
            return;
        }
        session.Mask = mask;
        End(session, Begin(session, action).Line("Events: "u8, mask == EventClass.None ? "Off" : "On"));
    }

    static void Filter(AmiSession session, AmiAction action)
    {
        if (!action["Operation"].Equals("Add", StringComparison.OrdinalIgnoreCase))
        {
            Error(session, action, "Unknown operation");
            return;
        }
        try
        {
            session.Filter.Add(action["Filter"]);
            Ok(session, action, "Success");
        }
        catch (ArgumentException)
        {
            Error(session, action, "Filter format is invalid");
        }
    }

    static void Ping(AmiSession session, AmiAction action) =>
        End(session, session.Server.Timestamp(Begin(session, action).Raw("Ping: Pong\r\nTimestamp: "u8)).NewLine());
}
