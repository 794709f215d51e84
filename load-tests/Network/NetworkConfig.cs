namespace Carillon.Network;

/// <summary>Which Asterisk the servers say they are: banner, causes and keys differ.</summary>
public enum AsteriskVersion { V16, V22 }

/// <summary>A whole simulated network: servers with trunks and queues, and desk phones that all of them share.</summary>
public sealed record NetworkConfig
{
    /// <summary>Seed of every fate and delay. The same seed and order of Originates give the same calls.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many times faster than life calls go; 1 is real time.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Due times are rounded up to this much real time: fewer wake-ups. Default 5 ms.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(5);

    public IReadOnlyList<ServerConfig> Servers { get; init; } = [];
    public IReadOnlyList<AgentConfig> Agents { get; init; } = [];
    public FateConfig Fates { get; init; } = new();
    public NetworkLogConfig Log { get; init; } = new();

    /// <summary>Let OriginateResponse, DialEnd and Hangup change places as they do on real servers. Default true.</summary>
    public bool VaryOrder { get; init; } = true;

    /// <summary>
    /// <paramref name="servers"/> servers pbx1… with a trunk <c>carrier</c> and a queue <c>sales</c>, and agents PJSIP/9001… who are members of that
    /// queue on every server, or each on one server in turn.
    /// </summary>
    public static NetworkConfig Of(int servers, int agents, long seed = 1, int amiPort = 0, bool agentsOnEveryServer = true, int trunkCapacity = 1000) => new()
    {
        Seed = seed,
        Servers = [.. Enumerable.Range(1, servers).Select(i => new ServerConfig
        {
            Name = $"pbx{i}",
            AmiPort = amiPort == 0 ? 0 : amiPort + i - 1,
            Trunks = [new TrunkConfig { Name = "carrier", Capacity = trunkCapacity }],
            Queues = [new QueueConfig { Name = "sales" }],
        })],
        Agents = [.. Enumerable.Range(0, agents).Select(i => new AgentConfig
        {
            Endpoint = $"{(agents > 999 ? 90001 : 9001) + i}",
            Name = $"Agent {i + 1}",
            Queues = ["sales"],
            Servers = agentsOnEveryServer ? null : [$"pbx{i % servers + 1}"],
        })],
    };
}

public sealed record ServerConfig
{
    /// <summary>systemname: prefixes every Uniqueid.</summary>
    public string Name { get; init; } = "pbx1";

    public AsteriskVersion Version { get; init; } = AsteriskVersion.V22;

    /// <summary>Loopback port of AMI; 0 takes a free one.</summary>
    public int AmiPort { get; init; }

    public IReadOnlyList<AmiUser> Users { get; init; } = [new()];
    public IReadOnlyList<TrunkConfig> Trunks { get; init; } = [new()];
    public IReadOnlyList<QueueConfig> Queues { get; init; } = [];

    /// <summary>Dialplan contexts that an Originate may name.</summary>
    public IReadOnlyList<Extension> Dialplan { get; init; } = Extension.Standard;

    /// <summary>Applications whose modules are not loaded, such as AMD.</summary>
    public IReadOnlyList<string> MissingApplications { get; init; } = [];

    /// <summary>manager.conf channelvars: copied into every channel event as ChanVariable.</summary>
    public IReadOnlyList<string> ChannelVariables { get; init; } = [];

    /// <summary>manager.conf timestampevents. Default true.</summary>
    public bool TimestampEvents { get; init; } = true;

    /// <summary>manager.conf authlimit: unauthenticated sessions at most. Default 50.</summary>
    public int AuthLimit { get; init; } = 50;

    /// <summary>Time that a client has to log in. Default 30 s.</summary>
    public TimeSpan AuthTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A session whose reader leaves more than this many bytes unread is closed, as Asterisk's writetimeout does. Default 32 MB.</summary>
    public int MaxBacklog { get; init; } = 32 << 20;
}

/// <summary>A manager.conf user; classes as in read= and write=.</summary>
public sealed record AmiUser
{
    public string Name { get; init; } = "dialer";
    public string Secret { get; init; } = "dialer-secret";
    public EventClass Read { get; init; } = EventClass.All;
    public EventClass Write { get; init; } = EventClass.All;
}

public sealed record TrunkConfig
{
    /// <summary>PJSIP endpoint: dialed as PJSIP/number@name.</summary>
    public string Name { get; init; } = "carrier";

    /// <summary>Calls at once; one more is refused with 503 (cause 34).</summary>
    public int Capacity { get; init; } = 1000;
}

public enum QueueStrategy { RingAll, LeastRecent, RoundRobinMemory }

public sealed record QueueConfig
{
    public string Name { get; init; } = "sales";
    public QueueStrategy Strategy { get; init; } = QueueStrategy.RoundRobinMemory;

    /// <summary>How long one member is rung.</summary>
    public TimeSpan MemberTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause before the next member is tried.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A member gets no call for this long after one.</summary>
    public TimeSpan WrapUpTime { get; init; } = TimeSpan.Zero;

    public int ServiceLevel { get; init; } = 10;
}

/// <summary>A person with a desk phone that every server of the network can ring.</summary>
public sealed record AgentConfig
{
    /// <summary>PJSIP endpoint and number of the phone.</summary>
    public string Endpoint { get; init; } = "9001";
    public string Name { get; init; } = "Agent 1";

    /// <summary>Queues that the agent is a member of from the start.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Names of the servers whose queues he is in and that know his phone; null is all.</summary>
    public IReadOnlyList<string>? Servers { get; init; }

    /// <summary>Mean time until he lifts the handset (log-normal, variation 0.4). Zero: the phone answers by itself without ringing.</summary>
    public TimeSpan AnswerDelay { get; init; } = TimeSpan.FromSeconds(1.2);

    /// <summary>
    /// Mean of the wrap-up that he takes by himself after a queue call, paused with reason <c>wrapup</c> on all servers (log-normal). Zero: only the queue's
    /// own wrapuptime holds calls back. Default 15 s.
    /// </summary>
    public TimeSpan WrapUp { get; init; } = TimeSpan.FromSeconds(15);
    public double WrapUpVariation { get; init; } = 0.5;

    /// <summary>Share of calls that he lets ring.</summary>
    public double Ignores { get; init; }
}
