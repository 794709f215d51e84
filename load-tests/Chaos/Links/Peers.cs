using System.Net;
using System.Net.Sockets;

namespace Carillon.Chaos.Links;

/// <summary>
/// The network of the nodes of a cluster among themselves: each says that it is reached at a port of ours, and listens at another one. Between any two there is one
/// way, whichever of them has made a connection; which one did, its process tells, since all come from the same address.
/// </summary>
sealed class Peers : IDisposable
{
    readonly Func<int, int?> _process;
    readonly List<(Entrance Entrance, int Listens)> _nodes = [];
    readonly Dictionary<(int Low, int High), Way> _ways = [];

    /// <param name="listens">The port at which each node listens.</param>
    /// <param name="process">The process of a node; null: it has none now.</param>
    public Peers(IReadOnlyList<int> listens, Func<int, int?> process)
    {
        _process = process;
        for (var high = 1; high < listens.Count; high++)
            for (var low = 0; low < high; low++) _ways[(low, high)] = new();
        for (var i = 0; i < listens.Count; i++)
        {
            var node = i;
            _nodes.Add((new(caller => Carry(caller, node)), listens[i]));
        }
    }

    /// <summary>It takes the table of connections that Linux shows.</summary>
    public static bool ArePossible => File.Exists(Owner.Table);

    /// <summary>Where others reach a node.</summary>
    public int PortOf(int node) => _nodes[node].Entrance.Port;

    public int ListensAt(int node) => _nodes[node].Listens;

    /// <summary>All that one node says to others, and all that these say to it.</summary>
    public IEnumerable<(Way Way, Direction To, Direction From)> WaysOf(int node) => Enumerable.Range(0, _nodes.Count).Where(n => n != node).Select(n => Between(node, n));

    /// <returns>The way, and its directions as the first node sees them.</returns>
    public (Way Way, Direction To, Direction From) Between(int node, int other)
    {
        var way = _ways[(Math.Min(node, other), Math.Max(node, other))];
        return node < other ? (way, way.There, way.Back) : (way, way.Back, way.There);
    }

    async Task Carry(Socket caller, int called)
    {
        var from = Owner.Of(caller, Enumerable.Range(0, _nodes.Count).Where(n => n != called), _process);
        if (from is { } node) await Between(node, called).Way.Carry(caller, new IPEndPoint(IPAddress.Loopback, ListensAt(called)), turned: node > called);
        // It was killed, or has given up by itself.
        else caller.Close(0);
    }

    public void Dispose()
    {
        foreach (var (entrance, _) in _nodes) entrance.Dispose();
        foreach (var way in _ways.Values) way.Cut();
    }
}
