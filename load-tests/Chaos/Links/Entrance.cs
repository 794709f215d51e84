using System.Net;
using System.Net.Sockets;

namespace Carillon.Chaos.Links;

/// <summary>A loopback port where connections are taken and sent on.</summary>
sealed class Entrance : IDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="carry">Sends one on, for as long as it lasts.</param>
    public Entrance(Func<Socket, Task> carry)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _ = Accept(carry);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    async Task Accept(Func<Socket, Task> carry)
    {
        try
        {
            while (true) _ = carry(await _listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    public void Dispose() => _listener.Dispose();
}
