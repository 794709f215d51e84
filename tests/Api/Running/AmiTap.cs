using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Api.Tests.Running;

/// <summary>The wire between the node and a server: passes everything on, what the server says as <see cref="Heard"/> makes it, and keeps every byte that the node sent.</summary>
sealed class AmiTap : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly IPEndPoint _server;
    readonly ConcurrentBag<MemoryStream> _sent = [];
    readonly ConcurrentBag<Socket> _sockets = [];
    readonly Task _accepting;

    public AmiTap(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAll();
    }

    /// <summary>Makes of a message of the server's, its lines with their ends but without the empty one, what the node hears: one message or several.</summary>
    public Func<string, string> Heard { get; set; } = message => message;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was sent on each connection so far.</summary>
    public IReadOnlyList<string> Sent => [.. _sent.Select(bytes => { lock (bytes) return Encoding.UTF8.GetString(bytes.ToArray()); })];

    async Task AcceptAll()
    {
        var pumps = new List<Task>();
        try
        {
            while (true) pumps.Add(Join(await _listener.AcceptSocketAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pumps);
        }
    }

    async Task Join(Socket node)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(node);
        _sockets.Add(server);
        await server.ConnectAsync(_server);
        var sent = new MemoryStream();
        _sent.Add(sent);
        await await Task.WhenAny(Pump(node, server, sent), PumpMessages(server, node));
        node.Dispose();
    }

    static async Task Pump(Socket from, Socket to, MemoryStream copy)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                lock (copy) copy.Write(buffer.AsSpan(0, count));
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either side may go away at any time.
        }
    }

    async Task PumpMessages(Socket from, Socket to)
    {
        try
        {
            using var lines = new StreamReader(new NetworkStream(from), Encoding.UTF8);
            var message = new StringBuilder();
            while (await lines.ReadLineAsync() is { } line)
            {
                message.Append(line).Append("\r\n");
                var greets = line.StartsWith("Asterisk Call Manager", StringComparison.Ordinal);
                if (line.Length > 0 && !greets) continue;
                var said = message.ToString();
                message.Clear();
                await to.SendAsync(Encoding.UTF8.GetBytes(greets ? said : Heard(said[..^2]) + "\r\n"));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Either side may go away at any time.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var socket in _sockets) socket.Dispose();
        await _accepting;
    }
}
