using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Carillon.Ami;
using Carillon.Ami.Events;

namespace Carillon.Bench;

/// <summary>Over a loopback socket: the bare socket, and the whole client from its login to the consumer. Sender and receiver share the machine.</summary>
static class AmiSocketBench
{
    /// <summary>Receive and discard: the bound of any client here.</summary>
    public static async Task<double> DiscardAsync(AmiStream stream, TimeSpan time)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new TcpClient();
        await sender.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var receiver = await listener.AcceptTcpClientAsync();
        var watch = Stopwatch.StartNew();
        var sending = Task.Run(() => SendAsync(sender.GetStream(), stream, time, close: sender));
        var buffer = new byte[64 << 10];
        long received = 0;
        while (await receiver.GetStream().ReadAsync(buffer) is var length and > 0) received += length;
        await sending;
        return (double)received / stream.Bytes.Length * stream.Events / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Events a second that reach the consumer, none lost.</summary>
    public static async Task<double> ClientAsync(AmiStream stream, TimeSpan time)
    {
        using var server = new AmiBlaster();
        await using var client = await ConnectAsync(server);
        var before = client.Counters.Events;
        var watch = Stopwatch.StartNew();
        var socket = await server.Events;
        var sending = Task.Run(async () =>
        {
            await SendAsync(socket, stream, time);
            await socket.WriteAsync("Event: UserEvent\r\nUserEvent: End\r\n\r\n"u8.ToArray());
        });
        long handled = 0;
        await foreach (var batch in client.ReadAllAsync())
        {
            handled += batch.Count;
            if (batch.Any(s => s is AmiDisconnected)) throw new InvalidOperationException("The link broke under the load.");
            if (batch[^1] is UserEvent { Kind: "End" }) break;
        }
        await sending;
        if (client.Counters.Events - before != handled || client.Counters.Damaged > 0) throw new InvalidOperationException("Events were lost.");
        return handled / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Microseconds from before the write on the server's side to the consumer, sorted, at a steady rate.</summary>
    /// <returns>Of the first tenth, in which code of both sides is still compiled, and of the rest.</returns>
    public static async Task<(double[] Cold, double[] Warm)> LatencyAsync(int perSecond, TimeSpan time)
    {
        using var server = new AmiBlaster();
        await using var client = await ConnectAsync(server);
        var total = (int)(perSecond * time.TotalSeconds);
        var socket = await server.Events;
        var sending = Task.Run(() => SendSteadilyAsync(socket, perSecond, total));
        var latencies = new List<double>(total);
        await foreach (var batch in client.ReadAllAsync())
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var signal in batch.OfType<NewchannelEvent>())
                latencies.Add(Stopwatch.GetElapsedTime(long.Parse(signal.Exten, CultureInfo.InvariantCulture), now).TotalMicroseconds);
            if (latencies.Count == total) break;
        }
        await sending;
        return ([.. latencies.Take(total / 10).Order()], [.. latencies.Skip(total / 10).Order()]);
    }

    static async Task SendSteadilyAsync(NetworkStream socket, int perSecond, int total)
    {
        var start = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < total; sent++)
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond < sent) await Task.Delay(1);
            await socket.WriteAsync(Encoding.ASCII.GetBytes(
                $"Event: Newchannel\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk-{sent:x8}\r\nChannelState: 0\r\nExten: {Stopwatch.GetTimestamp()}\r\nUniqueid: pbx1-{sent}\r\nLinkedid: pbx1-{sent}\r\n\r\n"));
        }
    }

    static async Task<AmiClient> ConnectAsync(AmiBlaster server)
    {
        var client = new AmiClient(new() { Host = "127.0.0.1", Port = server.Port, Username = "bench", Secret = "bench", QueueBytes = int.MaxValue });
        client.Start();
        var batch = new List<AmiSignal>();
        while (!batch.Any(s => s is AmiSnapshot)) await client.ReadBatchAsync(batch);
        return client;
    }

    static async Task SendAsync(NetworkStream socket, AmiStream stream, TimeSpan time, TcpClient? close = null)
    {
        var watch = Stopwatch.StartNew();
        do
            for (var at = 0; at < stream.Bytes.Length; at += 64 << 10)
                await socket.WriteAsync(stream.Bytes.AsMemory(at, Math.Min(64 << 10, stream.Bytes.Length - at)));
        while (watch.Elapsed < time);
        close?.Close();
    }
}
