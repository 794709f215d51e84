using System.Net;
using System.Net.Sockets;

namespace Carillon.Chaos.Links;

/// <summary>
/// The network between two ends: relays TCP until it is told to cut, hold or slow it. What is held stays where TCP would have it, in the
/// sender's hands: a sender that resets its connection meanwhile takes it back, one that merely closes it does not.
/// </summary>
sealed class Way
{
    readonly Lock _lock = new();
    readonly HashSet<Relay> _relays = [];
    bool _cut;

    public Direction There { get; } = new();

    public Direction Back { get; } = new();

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
        foreach (var direction in new[] { There, Back })
        {
            direction.Delay = TimeSpan.Zero;
            direction.Release(retransmitAfter);
        }
    }

    /// <param name="caller">What has connected to us.</param>
    /// <param name="called">Where it goes on: by TCP, or to a Unix socket.</param>
    /// <param name="turned">It is the other end that calls.</param>
    public async Task Carry(Socket caller, EndPoint called, bool turned = false)
    {
        // A connection is made by packets of both directions.
        await There.WhenOpen();
        await Back.WhenOpen();
        var server = called is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        var relay = turned ? new Relay(caller, server, Back, There) : new Relay(caller, server, There, Back);
        try
        {
            await server.ConnectAsync(called);
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
}
