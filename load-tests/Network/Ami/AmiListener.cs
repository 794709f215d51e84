using System.Net;
using System.Net.Sockets;

namespace Carillon.Network;

/// <summary>Accepts AMI connections of one server; after a restart on the same port.</summary>
sealed class AmiListener(Server server, int port)
{
    Socket? _socket;

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, port);

    public void Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(EndPoint);
        socket.Listen(512);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _socket = socket;
        _ = Accept(socket);
    }

    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    async Task Accept(Socket listening)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listening.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
            client.NoDelay = true;
            lock (server.Network.Gate)
            {
                server.Counters.Connections++;
                // Over authlimit Asterisk closes without its greeting.
                if (!server.IsRunning || server.TurnsAway || server.Sessions.Count(s => s.User is null) >= server.Config.AuthLimit)
                {
                    server.Counters.RefusedConnections++;
                    client.Dispose();
                    continue;
                }
                var session = new AmiSession(server, client);
                server.Sessions.Add(session);
                session.Run();
            }
        }
    }
}
