namespace Carillon.Ami;

/// <summary>How to reach and use one Asterisk. <see cref="Validate"/> names every mistake at once.</summary>
public sealed record AmiClientOptions
{
    /// <summary>Host name or address of the Asterisk server. Required.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port of AMI: 5038 by default, 5039 is usual under TLS.</summary>
    public int Port { get; init; } = 5038;

    /// <summary>The section name of the user in manager.conf. Required.</summary>
    public string Username { get; init; } = "";

    /// <summary>The user's secret. Sent as an MD5 answer to a challenge; in plain text only under TLS, and only if the server refuses the challenge. Required.</summary>
    public string Secret { get; init; } = "";

    public AmiTlsOptions Tls { get; init; } = new();

    /// <summary>Event classes that Asterisk shall send. "system" must be among them: FullyBooted belongs to it. Ask for little.</summary>
    public string EventMask { get; init; } = "system,call,agent,user,agi,cdr";

    /// <summary>Names of the events that the consumer handles. All others cost nothing beyond the framing. Default: <see cref="AmiEventNames.Dialer"/>.</summary>
    public IReadOnlySet<string> Events { get; init; } = AmiEventNames.Dialer;

    /// <summary>Names of the events that may be shed, and counted, when the consumer is late. All others are never dropped silently.</summary>
    public IReadOnlySet<string> DroppableEvents { get; init; } = AmiEventNames.Droppable;

    /// <summary>Connections that carry actions (with events off) beside the event connection. 1 to 16, default 1.</summary>
    public int ActionConnections { get; init; } = 1;

    /// <summary>Actions that may wait for their answer on one action connection. More wait in line, within their own deadline. Default 64.</summary>
    public int MaxInFlight { get; init; } = 64;

    /// <summary>Actions sent a second over all action connections. 0 (default) sets no limit.</summary>
    public int ActionsPerSecond { get; init; }

    /// <summary>Until the TCP connection and TLS stand. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the connection to the accepted login. Asterisk itself sleeps 1 s on a refused one. Default 10 s.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the login to the FullyBooted event. Default 2 min.</summary>
    public TimeSpan BootTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For one action, from the call to its answer; the wait in line counts. Default 10 s.</summary>
    public TimeSpan ActionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one list action, from the call to its last row. Default 30 s.</summary>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that was silent so long is asked with a Ping. Default 10 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection that stays silent so long after a Ping is broken. Default 5 s.</summary>
    public TimeSpan PingDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before the first reconnection at most; doubles with each failure. Default 500 ms.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Before any reconnection at most. Default 30 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a refused login, because a person has to act first. Default 1 min.</summary>
    public TimeSpan LoginRefusedDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Wire bytes that may wait between the reader and the consumer. Droppable events are shed from three quarters on. Default 16 MiB.</summary>
    public int QueueBytes { get; init; } = 16 << 20;

    /// <summary>The longest line taken from Asterisk; a longer one damages its message only. Default 128 KiB.</summary>
    public int MaxLineBytes { get; init; } = 128 << 10;

    /// <summary>The longest message taken from Asterisk; a longer one is damage. Default 1 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 1 << 20;

    /// <summary>Rows that one list may have; a longer one ends as Interrupted. Default 100,000.</summary>
    public int MaxListRows { get; init; } = 100_000;

    /// <summary>After damage on the event connection a new snapshot is taken, so long later at the earliest. Default 1 s.</summary>
    public TimeSpan ResyncDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Every mistake, each with the key it concerns; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(!string.IsNullOrWhiteSpace(Host), nameof(Host), "is missing: give the host name or address of the Asterisk server");
        Check(Port is > 0 and <= 65535, nameof(Port), $"is {Port}: it must be between 1 and 65535");
        Check(Username.Length > 0, nameof(Username), "is missing: give the section name of the AMI user in manager.conf");
        Check(ActionWriter.IsSafe(Username), nameof(Username), "holds a line break or is over 200 bytes long");
        Check(Secret.Length > 0, nameof(Secret), "is missing: give the secret of the AMI user in manager.conf");
        Check(ActionWriter.IsSafe(Secret), nameof(Secret), "holds a line break or is over 200 bytes long");
        Check(Tls.Enabled || Tls.CaFile is null, "Tls.CaFile", "is set, but Tls.Enabled is not");
        Check(Tls.CaFile is null || File.Exists(Tls.CaFile), "Tls.CaFile", $"names '{Tls.CaFile}', which does not exist");
        Check(ActionWriter.IsSafe(EventMask), nameof(EventMask), "holds a line break or is over 200 bytes long");
        Check(EventMask is "on" or "all" || EventMask.Split(',', StringSplitOptions.TrimEntries).Contains("system"),
            nameof(EventMask), $"is '{EventMask}': it must hold 'system', the class of FullyBooted and Shutdown");
        Check(ActionConnections is >= 1 and <= 16, nameof(ActionConnections), $"is {ActionConnections}: it must be between 1 and 16");
        Check(MaxInFlight is >= 1 and <= 10_000, nameof(MaxInFlight), $"is {MaxInFlight}: it must be between 1 and 10,000");
        Check(ActionsPerSecond >= 0, nameof(ActionsPerSecond), $"is {ActionsPerSecond}: it must be 0 (no limit) or more");
        foreach (var (name, value) in Deadlines()) Check(value > TimeSpan.Zero, name, $"is {value}: it must be longer than zero");
        Check(BackoffCap >= BackoffBase, nameof(BackoffCap), $"is {BackoffCap}, shorter than BackoffBase ({BackoffBase})");
        Check(QueueBytes >= 64 << 10, nameof(QueueBytes), $"is {QueueBytes}: it must be at least 65,536");
        Check(MaxLineBytes >= 1024, nameof(MaxLineBytes), $"is {MaxLineBytes}: it must be at least 1,024");
        Check(MaxMessageBytes >= MaxLineBytes, nameof(MaxMessageBytes), $"is {MaxMessageBytes}, less than MaxLineBytes ({MaxLineBytes})");
        Check(MaxListRows > 0, nameof(MaxListRows), $"is {MaxListRows}: it must be at least 1");
        return errors;

        void Check(bool good, string key, string problem)
        {
            if (!good) errors.Add($"{key} {problem}.");
        }
    }

    IEnumerable<(string, TimeSpan)> Deadlines() =>
    [
        (nameof(ConnectTimeout), ConnectTimeout), (nameof(LoginTimeout), LoginTimeout), (nameof(BootTimeout), BootTimeout),
        (nameof(ActionTimeout), ActionTimeout), (nameof(ListTimeout), ListTimeout), (nameof(PingInterval), PingInterval),
        (nameof(PingDeadline), PingDeadline), (nameof(BackoffBase), BackoffBase), (nameof(LoginRefusedDelay), LoginRefusedDelay),
        (nameof(ResyncDelay), ResyncDelay),
    ];

    /// <summary>User, host and port; never the secret.</summary>
    public override string ToString() => $"{Username}@{Host}:{Port}";
}

/// <summary>TLS towards Asterisk (tlsenable in manager.conf). The certificate is always checked.</summary>
public sealed record AmiTlsOptions
{
    /// <summary>Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>PEM file with the authorities to trust instead of the system's. Default: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The name that the certificate must carry. Default: <see cref="AmiClientOptions.Host"/>.</summary>
    public string? ServerName { get; init; }
}
