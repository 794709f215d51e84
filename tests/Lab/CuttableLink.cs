using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Lab;

/// <summary>The network between a client and one server: it can be cut, or go silent with both ends left open.</summary>
public sealed class CuttableLink : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly IPEndPoint _server;
    readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    readonly Task _accepting;
    readonly StringBuilder _sent = new();
    volatile TaskCompletionSource _flowing = Flowing();
    volatile bool _refusing;

    public CuttableLink(LabServer server)
    {
        _server = new IPEndPoint(IPAddress.Parse(server.AmiHost), server.AmiPort);
        _listener.Start();
        _accepting = AcceptAll();
    }

    public string Host { get; } = "127.0.0.1";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What clients send is kept.</summary>
    public bool Keeps { get; init; }

    /// <summary>What clients have sent so far, as it came.</summary>
    public string Sent { get { lock (_sent) return _sent.ToString(); } }

    /// <summary>Resets every connection; new ones are reset too until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        _refusing = true;
        foreach (var socket in _sockets.Keys) socket.Close(0);
    }

    /// <summary>Nothing passes any more in either direction, and nobody is told.</summary>
    public void Silence() => _flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends <see cref="Cut"/> and <see cref="Silence"/>; what was held back arrives.</summary>
    public void Restore()
    {
        _refusing = false;
        _flowing.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        Restore();
        await _accepting;
    }

    static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }

    async Task AcceptAll()
    {
        var pumps = new List<Task>();
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync();
                if (_refusing) near.Close(0);
                else pumps.Add(Join(near));
            }
        }
        catch (SocketException) { }
        catch (ObjectDisposedException) { }
        await Task.WhenAll(pumps);
    }

    async Task Join(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets[near] = 0;
        _sockets[far] = 0;
        try
        {
            await far.ConnectAsync(_server);
            await await Task.WhenAny(Pump(near, far, Keeps), Pump(far, near, false));
        }
        catch (SocketException) { }
        catch (ObjectDisposedException) { }
        finally
        {
            near.Dispose();
            _sockets.TryRemove(near, out _);
            _sockets.TryRemove(far, out _);
        }
    }

    async Task Pump(Socket from, Socket to, bool keep)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await _flowing.Task;
                if (keep) lock (_sent) _sent.Append(Encoding.UTF8.GetString(buffer, 0, count));
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (SocketException) { }
        catch (ObjectDisposedException) { }
    }
}
