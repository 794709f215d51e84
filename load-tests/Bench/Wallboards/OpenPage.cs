using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Bench.Wallboards;

/// <summary>
/// A page that somebody has open: its circuit, spoken to as Blazor's own script does, without a browser that would take the processors from what is measured.
/// Drawings are acknowledged and not drawn.
/// </summary>
sealed partial class OpenPage : IAsyncDisposable
{
    const byte RecordEnd = 0x1e;
    const int Invocation = 1, Completion = 3, Close = 7;

    static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    readonly ClientWebSocket _socket = new();
    readonly SemaphoreSlim _sending = new(1);
    readonly CancellationTokenSource _left = new();
    readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _lock = new();
    Task _reading = Task.CompletedTask, _pinging = Task.CompletedTask;
    (byte[] Text, TaskCompletionSource<long> Seen)? _awaited;

    OpenPage(CookieContainer session) => _socket.Options.Cookies = session;

    /// <summary>Drawings that came, and their bytes.</summary>
    public long Drawings { get; private set; }
    public long Bytes { get; private set; }

    public static async Task<CookieContainer> SignIn(Uri node, string login, string password)
    {
        var session = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = session }) { BaseAddress = node, DefaultRequestHeaders = { { "X-Requested-With", "bench" } } };
        using var answer = await http.PostAsJsonAsync("/api/v1/session", new { login, password });
        answer.EnsureSuccessStatusCode();
        return session;
    }

    /// <summary>Completes when its content is there.</summary>
    public static async Task<OpenPage> Open(Uri node, string path, CookieContainer session)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = session }) { BaseAddress = node };
        var components = Component().Matches(await http.GetStringAsync(path)).Select(m => m.Groups[1].Value).ToList();
        if (components.Count == 0) throw new NodeRefused($"{path} has no component: is somebody signed in?");
        var page = new OpenPage(session);
        await page._socket.ConnectAsync(new UriBuilder(node) { Scheme = node.Scheme == "https" ? "wss" : "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        await page.Send([.. """{"protocol":"blazorpack","version":1}"""u8, RecordEnd]);
        page._reading = page.Read();
        page._pinging = page.Ping();
        await page.Call("0", "StartCircuit", node.ToString(), new Uri(node, path).ToString(), $"[{string.Join(',', components)}]", "");
        await Task.WhenAny(page._drawn.Task, page._reading);
        if (page._reading.IsCompleted) await page._reading;
        return page;
    }

    /// <summary>When a drawing that comes from now on says this; a time stamp of <see cref="Stopwatch"/>.</summary>
    public Task<long> Says(string text)
    {
        var seen = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _awaited = (Encoding.UTF8.GetBytes(text), seen);
        return seen.Task;
    }

    async Task Read()
    {
        var (received, buffer) = (new MemoryStream(), new byte[64 << 10]);
        var greeted = false;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, _left.Token);
                if (part.MessageType == WebSocketMessageType.Close) throw new NodeRefused("The node closed the circuit.");
                received.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                var bytes = received.ToArray().AsMemory();
                received.SetLength(0);
                if (!greeted)
                {
                    greeted = true;
                    bytes = bytes[(bytes.Span.IndexOf(RecordEnd) + 1)..];
                }
                while (!bytes.IsEmpty)
                {
                    var (length, start) = Length(bytes.Span);
                    if (Answer(bytes.Span.Slice(start, length)) is { } answer) await Send(answer);
                    bytes = bytes[(start + length)..];
                }
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
        }
    }

    /// <summary>What a message of the node asks for; null: nothing.</summary>
    byte[]? Answer(ReadOnlySpan<byte> message)
    {
        var reader = new PackReader(message);
        reader.Array();
        switch (reader.Number())
        {
            case Close: throw new NodeRefused($"The node closed the circuit: {reader.Text()}");
            case Completion:
                reader.EmptyMap();
                reader.Text();
                if (reader.Number() == 1) throw new NodeRefused($"The node refused the circuit: {reader.Text()}");
                return null;
            case not Invocation: return null;
        }
        reader.EmptyMap();
        reader.Content();
        var target = reader.Text();
        reader.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.Number();
                Drawn(reader.Content());
                return Calling(null, "OnRenderCompleted", batch, null);
            case "JS.BeginInvokeJS" when reader.Number() is > 0 and var call:
                return Calling(null, "EndInvokeJSFromDotNet", call, true, FormattableString.Invariant($"[{call},true,null]"));
            case "JS.Error": throw new NodeRefused($"The circuit failed: {reader.Text()}");
            default: return null;
        }
    }

    void Drawn(ReadOnlySpan<byte> batch)
    {
        var at = Stopwatch.GetTimestamp();
        (Drawings, Bytes) = (Drawings + 1, Bytes + batch.Length);
        // The page's own content, after those of its frame.
        if (batch.IndexOf("wallboard"u8) >= 0) _drawn.TrySetResult();
        lock (_lock)
        {
            if (_awaited is not { } awaited || batch.IndexOf(awaited.Text) < 0) return;
            _awaited = null;
            awaited.Seen.SetResult(at);
        }
    }

    async Task Ping()
    {
        using var timer = new PeriodicTimer(PingInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token)) await Send(new PackWriter().Array(1).Value(6L).Framed());
        }
        catch (OperationCanceledException)
        {
        }
    }

    Task Call(string? id, string target, params object?[] values) => Send(Calling(id, target, values));

    static byte[] Calling(string? id, string target, params object?[] values)
    {
        var message = new PackWriter().Array(6).Value((long)Invocation).EmptyMap().Value(id).Value(target).Array(values.Length);
        foreach (var value in values) message.Value(value);
        return message.Array(0).Framed();
    }

    async Task Send(byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, _left.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    static (int Length, int Start) Length(ReadOnlySpan<byte> bytes)
    {
        var (length, i) = (0, 0);
        do length |= (bytes[i] & 0x7f) << (7 * i);
        while ((bytes[i++] & 0x80) != 0);
        return (length, i);
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await Task.WhenAll(_reading, _pinging).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _sending.Dispose();
        _left.Dispose();
    }

    [GeneratedRegex(@"<!--Blazor:(\{""type"":""server"".*?\})-->")]
    private static partial Regex Component();
}
