using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Bench;

/// <summary>The least AMI server that a client can log in to; then the bench writes to its event session what it likes.</summary>
sealed class AmiBlaster : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly TaskCompletionSource<NetworkStream> _events = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AmiBlaster()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The event session, logged in.</summary>
    public Task<NetworkStream> Events => _events.Task;

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                // As Asterisk does: otherwise a small event waits 40 ms for the acknowledgement of the one before.
                client.NoDelay = true;
                _ = ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    async Task ServeAsync(NetworkStream stream)
    {
        await using var owned = stream;
        try
        {
            await stream.WriteAsync("Asterisk Call Manager/11.0.0\r\n"u8.ToArray());
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var headers = new Dictionary<string, string>();
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    var colon = line.IndexOf(':', StringComparison.Ordinal);
                    headers[line[..colon]] = line[(colon + 2)..];
                    continue;
                }
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer(headers)));
                if (headers["Action"] == "Login" && headers["Events"] != "off") _events.TrySetResult(stream);
                headers.Clear();
            }
        }
        catch (IOException) { }
    }

    static string Answer(Dictionary<string, string> action)
    {
        var start = $"Response: Success\r\nActionID: {action["ActionID"]}\r\n";
        return action["Action"] switch
        {
            "Challenge" => start + "Challenge: 1\r\n\r\n",
            "Login" when action["Events"] != "off" => start + "\r\nEvent: FullyBooted\r\nUptime: 1\r\n\r\n",
            "CoreShowChannels" or "QueueStatus" => $"{start}EventList: start\r\n\r\nEvent: {action["Action"]}Complete\r\nActionID: {action["ActionID"]}\r\nEventList: Complete\r\nListItems: 0\r\n\r\n",
            _ => start + "\r\n",
        };
    }

    public void Dispose() => _listener.Dispose();
}
