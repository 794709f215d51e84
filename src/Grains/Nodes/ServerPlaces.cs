using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Carillon.Config;
using Carillon.Servers;

namespace Carillon.Nodes;

/// <summary>
/// Which node holds which server: each node as many as any other, give or take one. It follows from the names alone, so that all nodes that see the same
/// nodes and servers agree without asking each other; and few servers move when a node comes or goes (rendezvous hashing with bounded loads: a server
/// takes, of the nodes that have room left, the one that its hash likes best).
/// </summary>
sealed class ServerPlaces
{
    readonly ImmutableDictionary<ServerId, string> _places;
    readonly ImmutableArray<string> _nodes;

    ServerPlaces(ImmutableDictionary<ServerId, string> places, ImmutableArray<string> nodes) => (_places, _nodes) = (places, nodes);

    /// <summary>A server that is switched off holds nothing up, and so does not count.</summary>
    public static ServerPlaces Of(IEnumerable<Stored<ServerConfig>> configured, ImmutableArray<string> nodes) =>
        Of(configured.Where(s => s.Config.Enabled).Select(s => new ServerId(s.Id)), nodes);

    public static ServerPlaces Of(IEnumerable<ServerId> servers, ImmutableArray<string> nodes)
    {
        var places = ImmutableDictionary.CreateBuilder<ServerId, string>();
        if (nodes.IsEmpty) return new(places.ToImmutable(), nodes);
        var ordered = servers.Distinct().OrderBy(s => s.Value, StringComparer.Ordinal).ToList();
        var (each, more) = (ordered.Count / nodes.Length, ordered.Count % nodes.Length);
        var held = nodes.ToDictionary(n => n, _ => 0, StringComparer.Ordinal);
        foreach (var server in ordered)
        {
            var node = Liked(server, nodes).First(n => held[n] < each || held[n] == each && more > 0);
            if (held[node]++ == each) more--;
            places[server] = node;
        }
        return new(places.ToImmutable(), nodes);
    }

    /// <summary>Null: there is no node.</summary>
    public string? NodeOf(ServerId server) => _places.TryGetValue(server, out var node) ? node : Liked(server, _nodes).FirstOrDefault();

    static IEnumerable<string> Liked(ServerId server, ImmutableArray<string> nodes) => nodes.OrderBy(n => Hash(server, n)).ThenBy(n => n, StringComparer.Ordinal);

    static ulong Hash(ServerId server, string node) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{server.Value}\n{node}")));
}
