using System.Collections.Immutable;
using Carillon.Ami;
using Carillon.Hosting;
using Carillon.Storage;

namespace Carillon.Servers;

/// <summary>All configs that concern one server, as they were read last.</summary>
sealed record ServerSetup(
    ServerConfig? Server, ImmutableDictionary<TrunkId, TrunkConfig> Trunks, ImmutableArray<(QueueId Id, string Name)> Queues,
    ImmutableDictionary<string, AgentId> Agents)
{
    public static readonly ServerSetup None = new(null, ImmutableDictionary<TrunkId, TrunkConfig>.Empty, [], ImmutableDictionary<string, AgentId>.Empty);

    public static async Task<ServerSetup> Load(ServerId id, Configs configs)
    {
        var server = await configs.Servers.GetAsync(id.Value);
        var trunks = await configs.Trunks.ListAsync();
        var queues = await configs.Queues.ListAsync();
        var agents = await configs.Agents.ListAsync();
        return new(
            server?.Config,
            trunks.Where(t => t.Config.Server == id).ToImmutableDictionary(t => new TrunkId(t.Id), t => t.Config),
            [.. queues.Where(q => q.Config.Servers.Contains(id)).Select(q => (new QueueId(q.Id), q.Config.NameInAsterisk))],
            agents.SelectMany(a => a.Config.Interfaces.Select(i => (Interface: i, Agent: new AgentId(a.Id))))
                .DistinctBy(p => p.Interface, StringComparer.OrdinalIgnoreCase)
                .ToImmutableDictionary(p => p.Interface, p => p.Agent, StringComparer.OrdinalIgnoreCase));
    }

    public AgentId AgentOf(string @interface) => Agents.TryGetValue(@interface, out var agent) ? agent : new(@interface);

    public IEnumerable<QueueId> QueuesOf(string nameInAsterisk) =>
        Queues.Where(q => string.Equals(q.Name, nameInAsterisk, StringComparison.OrdinalIgnoreCase)).Select(q => q.Id);

    /// <summary>Is what changed between the two no reason to connect again?</summary>
    public static bool SameConnection(ServerConfig a, ServerConfig b) =>
        (a.Host, a.Port, a.Username, a.Secret, a.Tls, a.TlsCaFile, a.Enabled) == (b.Host, b.Port, b.Username, b.Secret, b.Tls, b.TlsCaFile, b.Enabled);

    public static AmiClientOptions Connection(ServerConfig server) => new()
    {
        Host = server.Host,
        Port = server.Port,
        Username = server.Username,
        Secret = server.Secret,
        Tls = new() { Enabled = server.Tls, CaFile = server.TlsCaFile },
        EventMask = "system,call,agent,agi",
    };
}

/// <summary>How a server stands, and since when.</summary>
sealed record ServerStanding(ServerState State, DateTimeOffset Since, string? Problem, AmiServerInfo? Info)
{
    public ServerStanding(DateTimeOffset now) : this(ServerState.Unknown, now, null, null) { }

    public ServerStanding Now(ServerState state, string? problem, DateTimeOffset at, AmiServerInfo? info = null) =>
        new(state, state == State ? Since : at, problem, info ?? Info);
}

/// <summary>How servers are driven.</summary>
public sealed class ServerOptions
{
    /// <summary>How often calls that wait for their turn by calls per second are looked at. Default 20 ms.</summary>
    public TimeSpan SendInterval { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often attempts that are open in the store are compared with the calls that the server knows. With <see cref="ChannelGrace"/> it bounds for how long an attempt can be Unknown. Default 5 s.</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An Originate younger than this may not have made its channel yet, and is not judged by a list of channels. Default 10 s.</summary>
    public TimeSpan ChannelGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// PostgreSQL, where several nodes may be: so long a node may start calls on a server without being told by the database that it is still the server's owner,
    /// and so long a node waits that takes a server over from one that was lost. Default 3 s; it is asked four times in that.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Calls on a server that was out of reach for so long are given up as Unknown. Default 15 minutes.</summary>
    public TimeSpan UnreachableCallTimeout { get; set; } = TimeSpan.FromMinutes(15);
}
