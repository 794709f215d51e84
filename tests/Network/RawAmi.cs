using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Network.Tests;

/// <summary>A bare AMI client: sends text, reads messages as lists of headers. It knows nothing that the product's client knows.</summary>
sealed class RawAmi : IDisposable
{
    readonly TcpClient _tcp;
    readonly StreamReader _reader;
    readonly NetworkStream _stream;
    int _pings;

    RawAmi(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    public string Banner { get; private set; } = "";

    public static async Task<RawAmi> Connect(IPEndPoint endPoint)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(endPoint);
        return new RawAmi(tcp);
    }

    public static async Task<RawAmi> LogIn(Server server, string events = "on")
    {
        var ami = await Connect(server.AmiEndPoint);
        ami.Banner = await ami._reader.ReadLineAsync() ?? "";
        var response = await ami.Do($"Action: Login\nUsername: dialer\nSecret: dialer-secret\nEvents: {events}");
        Assert.Equal("Success", response["Response"]);
        return ami;
    }

    public async Task<string> ReadBanner() => await _reader.ReadLineAsync() ?? "";

    public async Task Send(string action) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(action.ReplaceLineEndings("\r\n") + "\r\n\r\n"));

    /// <summary>Sends and returns the next response, dropping events before it.</summary>
    public async Task<Message> Do(string action)
    {
        await Send(action);
        while (true)
        {
            var message = await Read() ?? throw new EndOfStreamException();
            if (message.Has("Response") && !message.Has("Event")) return message;
        }
    }

    /// <summary>Everything that the server sent until now: up to the answer of a ping that is sent now.</summary>
    public async Task<List<Message>> Drain()
    {
        var id = $"drain-{++_pings}";
        await Send($"Action: Ping\nActionID: {id}");
        var messages = new List<Message>();
        while (true)
        {
            var message = await Read() ?? throw new EndOfStreamException();
            if (message["ActionID"] == id) return messages;
            messages.Add(message);
        }
    }

    /// <summary>The next message, or null at the end of the stream.</summary>
    public async Task<Message?> Read()
    {
        var headers = new List<(string, string)>();
        while (await ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                if (headers.Count > 0) return new Message(headers);
                continue;
            }
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            headers.Add(colon < 0 ? (line.TrimEnd(':'), "") : (line[..colon], line[(colon + 2)..]));
        }
        return null;
    }

    async Task<string?> ReadLine()
    {
        try
        {
            return await _reader.ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _tcp.Dispose();
}

sealed record Message(IReadOnlyList<(string Key, string Value)> Headers)
{
    public string this[string key] => Headers.FirstOrDefault(h => h.Key == key).Value ?? "";

    public string Event => this["Event"];

    public bool Has(string key) => Headers.Any(h => h.Key == key);

    public string Keys => string.Join(' ', Headers.Select(h => h.Key));

    public override string ToString() => string.Join(" | ", Headers.Select(h => $"{h.Key}: {h.Value}"));
}
