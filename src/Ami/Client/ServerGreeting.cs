using System.Globalization;

namespace Carillon.Ami;

/// <summary>What is learnt of a server before it is told to the consumer: ready for traffic, versions, names, permissions.</summary>
sealed record ServerGreeting(AmiBreak? Failure, AmiServerInfo Server, AmiPermissions Permissions)
{
    public static async Task<ServerGreeting> TakeAsync(AmiConnection events, AmiClientOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var nothing = new ServerGreeting(null, new("", "", "", null, ""), new(options.Username, AmiEventNames.Set(), AmiEventNames.Set()));
        DateTimeOffset startedAt;
        try
        {
            var booted = await events.Booted.WaitAsync(options.BootTimeout, time, cancellation).ConfigureAwait(false);
            startedAt = time.GetUtcNow() - TimeSpan.FromSeconds(booted.Uptime);
        }
        catch (TimeoutException)
        {
            return nothing with { Failure = new(AmiCause.NotBooted, $"No FullyBooted event came from {options.Host}:{options.Port} within {options.BootTimeout.TotalSeconds:0.#} s: Asterisk is still starting, or AMI user '{options.Username}' lacks the 'system' read permission (read= in manager.conf).") };
        }
        catch (OperationCanceledException) when (events.Broken.IsCompleted)
        {
            return nothing with { Failure = await events.Broken.ConfigureAwait(false) };
        }
        using var deadline = new CancellationTokenSource(options.ActionTimeout, time);
        var settings = await events.SendAsync(Actions.CoreSettings(), deadline.Token, cancellation).ConfigureAwait(false);
        var status = await events.SendAsync(Actions.CoreStatus(), deadline.Token, cancellation).ConfigureAwait(false);
        var commands = await events.SendAsync(Actions.ListCommands(), deadline.Token, cancellation).ConfigureAwait(false);
        if (commands.Answer is AmiAnswer.Unknown or AmiAnswer.NotSent)
            return nothing with
            {
                Failure = events.Broken.IsCompleted
                    ? await events.Broken.ConfigureAwait(false)
                    : new(AmiCause.LoginTimeout, $"Asterisk at {options.Host}:{options.Port} did not answer right after the login: it is frozen or overloaded."),
            };
        var askedAt = time.GetUtcNow();
        var pong = await events.SendAsync(Actions.Ping(), deadline.Token, cancellation).ConfigureAwait(false);
        return new(null,
            new(events.AmiVersion, settings["AsteriskVersion"], settings["SystemName"], startedAt, $"{status["CoreStartupDate"]} {status["CoreStartupTime"]}".Trim()) { ClockAhead = ClockAhead(pong, askedAt, time.GetUtcNow()) },
            PermissionsOf(options.Username, commands));
    }

    // "Timestamp: 1763905200.123456", when the Ping was answered: taken for the middle of the round trip.
    static TimeSpan? ClockAhead(AmiResponse pong, DateTimeOffset askedAt, DateTimeOffset answeredAt) =>
        decimal.TryParse(pong["Timestamp"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < uint.MaxValue
            ? DateTimeOffset.UnixEpoch.AddMicroseconds((double)(seconds * 1_000_000)) - (askedAt + (answeredAt - askedAt) / 2) : null;

    // "Originate: Originate a call.  (Priv: originate,all)"; an action of several classes needs one of them, so it proves none.
    static AmiPermissions PermissionsOf(string user, AmiResponse commands)
    {
        const string mark = "(Priv: ";
        var actions = new List<string>();
        var classes = new List<string>();
        foreach (var (action, synopsis) in commands.Headers)
        {
            var start = synopsis.LastIndexOf(mark, StringComparison.Ordinal);
            if (start < 0) continue;
            actions.Add(action);
            var granted = synopsis[(start + mark.Length)..].TrimEnd(' ', ')').Split(',').Where(c => c is not ("all" or "<none>")).ToArray();
            if (granted.Length == 1) classes.Add(granted[0]);
        }
        return new(user, AmiEventNames.Set(actions), AmiEventNames.Set(classes));
    }
}
