namespace Carillon.Api;

/// <summary>Settings of the API, in the section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>
    /// Whom /metrics and /health/live answer beside this machine: addresses and networks, such as <c>10.0.0.0/8 192.0.2.7</c>. They ask the node itself: what a proxy
    /// has passed on is refused. Default none.
    /// </summary>
    public string MetricsTo { get; set; } = "";

    /// <summary>
    /// Proxies before this node, whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks, such as <c>10.0.0.0/8 192.0.2.7</c>.
    /// Default none: who asks is who connects.
    /// </summary>
    public string Proxies { get; set; } = "";

    /// <summary>How long a session lasts without a request. Default 12 hours; 1 minute to 30 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The session cookie is sent over HTTPS only. Default false: over HTTPS only if the sign-in came so.</summary>
    public bool SecureCookies { get; set; }

    /// <summary>Shortest password that is taken. Default 12 characters; at least 8.</summary>
    public int MinPasswordLength { get; set; } = 12;

    /// <summary>So many wrong passwords in a row shut a login out. Default 5.</summary>
    public int FailuresPerLogin { get; set; } = 5;

    /// <summary>So many wrong passwords or keys shut an address out. Default 30: many people may share one.</summary>
    public int FailuresPerAddress { get; set; } = 30;

    /// <summary>How long a login or an address is shut out, and after which a count is forgotten. Default 15 minutes.</summary>
    public TimeSpan LockOutFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Largest JSON body. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>Largest list file. Default 1 GiB; zero: no limit.</summary>
    public long MaxImportBytes { get; set; } = 1L << 30;

    /// <summary>Where spans of calls are sent by OTLP over gRPC, such as <c>http://collector:4317</c>. Default null: none are made.</summary>
    public string? TracesTo { get; set; }

    /// <summary>Most lines of a list file. Default 10,000,000, for each of which some 20 bytes stand in memory meanwhile.</summary>
    public long MaxImportLines { get; set; } = 10_000_000;

    /// <summary>How long the answer to an Idempotency-Key is kept. Default 24 hours.</summary>
    public TimeSpan IdempotencyKept { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Clients of /api/v1/events at once on this node. Default 500.</summary>
    public int MaxEventClients { get; set; } = 500;

    /// <summary>Campaigns simulated at once on this node (what-if). Default 1, since each takes a processor for a second or two; 1 to 100.</summary>
    public int MaxWhatIfs { get; set; } = 1;

    /// <summary>Longest period of call records that are summed up at once. Default 31 days; 1 day to 10 years.</summary>
    public TimeSpan StatisticsPeriod { get; set; } = TimeSpan.FromDays(31);

    /// <summary>Between two looks at what live events and pages tell, so that these are never a second behind. Default 0.5 s.</summary>
    public TimeSpan EventInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A silent event stream says so this often, to keep proxies from cutting it. Default 15 s.</summary>
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Password of the first administrator, who is made when there is no user at all. Null: one is generated and printed once.
    /// Also taken from CARILLON_ADMIN_PASSWORD, or from the file that CARILLON_ADMIN_PASSWORD_FILE names.
    /// </summary>
    public string? AdminPassword { get; set; }

    /// <summary>File that <see cref="AdminPassword"/> stands in. Default null.</summary>
    public string? AdminPasswordFile { get; set; }
}
