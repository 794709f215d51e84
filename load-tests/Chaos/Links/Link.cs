using System.Net;
using System.Net.Sockets;

namespace Carillon.Chaos.Links;

/// <summary>
/// The network between nodes and a server, be it an Asterisk's AMI or PostgreSQL: relays TCP until it is told to cut, hold or slow it. What is held stays where TCP would have it, in the
/// sender's hands: a sender that resets its connection meanwhile takes it back, one that merely closes it does not.
/// </summary>
sealed class Link : IDisposable
{
    readonly EndPoint _server;
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Lock _lock = new();
    readonly HashSet<Relay> _relays = [];
    bool _cut;

    /// <param name="server">Where connections go on: by TCP, or to a Unix socket.</param>
    public Link(EndPoint server)
    {
        _server = server;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public Direction ToServer { get; } = new();

    public Direction ToNode { get; } = new();

    /// <summary>Resets what is connected, and whatever connects until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        Relay[] relays;
        lock (_lock) (_cut, relays) = (true, [.. _relays]);
        foreach (var relay in relays) relay.Reset();
    }

    /// <param name="retransmitAfter">How much later than new connections those go on that were held: TCP waits longer and longer before it sends again.</param>
    public void Mend(TimeSpan retransmitAfter = default)
    {
        lock (_lock) _cut = false;
        foreach (var direction in new[] { ToServer, ToNode })
        {
            direction.Delay = TimeSpan.Zero;
            direction.Release(retransmitAfter);
        }
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                var node = await _listener.AcceptAsync();
                // A connection is made by packets of both directions.
                _ = Connect(node);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    async Task Connect(Socket node)
    {
        await ToServer.WhenOpen();
        await ToNode.WhenOpen();
        var server = _server is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        node.NoDelay = true;
        var relay = new Relay(this, node, server);
        try
        {
            await server.ConnectAsync(_server);
        }
        catch (SocketException)
        {
            relay.Reset();
            return;
        }
        lock (_lock) _relays.Add(relay);
        if (_cut) relay.Reset();
        await relay.Run();
        lock (_lock) _relays.Remove(relay);
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }
}
