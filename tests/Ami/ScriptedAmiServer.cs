using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Carillon.Ami.Tests;

/// <summary>
/// An AMI server on loopback. It logs users in and answers what a client asks at the start, out of <see cref="Channels"/> and
/// <see cref="Queues"/>; a test replaces any answer by <see cref="On"/> and sends whatever bytes it likes.
/// </summary>
sealed class ScriptedAmiServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<string, Func<ScriptedSession, ScriptedAction, Task>> _answers = new(StringComparer.OrdinalIgnoreCase);
    readonly List<ScriptedSession> _sessions = [];
    readonly Task _accepting;
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedAmiServer(X509Certificate2? certificate = null)
    {
        Certificate = certificate;
        _listener.Start();
        Script.Install(this);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public X509Certificate2? Certificate { get; }

    public string Secret { get; set; } = "s3cret";

    public string Greeting { get; set; } = "Asterisk Call Manager/11.0.0\r\n";

    /// <summary>Rows of CoreShowChannels: the headers of each, by unique id.</summary>
    public ConcurrentDictionary<string, string> Channels { get; } = new();

    /// <summary>Rows of QueueStatus, whole.</summary>
    public ConcurrentQueue<string> Queues { get; } = new();

    /// <summary>Everything that clients sent, in order.</summary>
    public ConcurrentQueue<ScriptedAction> Received { get; } = new();

    /// <summary>Options that reach this server.</summary>
    public AmiClientOptions Options => new() { Host = "127.0.0.1", Port = Port, Username = "carillon", Secret = Secret };

    /// <summary>Answers an action from now on, instead of what was there before.</summary>
    public void On(string action, Func<ScriptedSession, ScriptedAction, Task> answer) => _answers[action] = answer;

    public void On(string action, Func<ScriptedAction, string> answer) => On(action, (session, a) => session.SendAsync(answer(a)));

    public Task<ScriptedSession> EventSession(int number = 1) => Session(s => s.Events is not null and not "off", number);

    public Task<ScriptedSession> ActionSession(int number = 1) => Session(s => s.Events == "off", number);

    /// <summary>Completes when the condition holds; checked after everything that happens here.</summary>
    public async Task Until(Func<bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_sessions)
            {
                if (condition()) return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    internal void Changed()
    {
        lock (_sessions)
        {
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal Task AnswerAsync(ScriptedSession session, ScriptedAction action)
    {
        Received.Enqueue(action);
        var answer = _answers.TryGetValue(action.Name, out var found) ? found(session, action) : session.SendAsync(action.Error("Invalid/unknown command"));
        Changed();
        return answer;
    }

    async Task<ScriptedSession> Session(Func<ScriptedSession, bool> kind, int number)
    {
        ScriptedSession? session = null;
        await Until(() => (session = _sessions.Where(kind).Skip(number - 1).FirstOrDefault()) is not null);
        return session!;
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var session = new ScriptedSession(this, client);
                lock (_sessions) _sessions.Add(session);
                session.Start();
                Changed();
            }
        }
        // InvalidOperationException: stopped between two accepts.
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        List<ScriptedSession> sessions;
        lock (_sessions) sessions = [.. _sessions];
        foreach (var session in sessions) await session.DisposeAsync();
        _stop.Dispose();
    }
}

/// <summary>One connection to the scripted server.</summary>
sealed class ScriptedSession(ScriptedAmiServer server, TcpClient client) : IAsyncDisposable
{
    readonly SemaphoreSlim _writing = new(1);
    Stream _stream = client.GetStream();
    Task _running = Task.CompletedTask;

    /// <summary>The mask of the login; null before it.</summary>
    public string? Events { get; set; }

    public TcpClient Client { get; } = client;

    /// <summary>Completes when the connection is over.</summary>
    public Task Ended => _running;

    /// <summary>The client has reset it, not closed it.</summary>
    public bool WasReset { get; private set; }

    public void Start() => _running = RunAsync();

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException) { }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void Cut() => Client.Close();

    async Task RunAsync()
    {
        try
        {
            if (server.Certificate is { } certificate)
            {
                var tls = new SslStream(_stream);
                await tls.AuthenticateAsServerAsync(certificate);
                _stream = tls;
            }
            await SendAsync(server.Greeting);
            using var reader = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
            var lines = new List<string>();
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    lines.Add(line);
                    continue;
                }
                var action = new ScriptedAction([.. lines]);
                lines.Clear();
                await server.AnswerAsync(this, action);
                server.Changed();
            }
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            WasReset = true;
        }
        // ArgumentException: StreamReader's word for a stream that the other side has closed already.
        catch (Exception e) when (e is IOException or ObjectDisposedException or ArgumentException or System.Security.Authentication.AuthenticationException) { }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _running;
        _writing.Dispose();
    }
}

/// <summary>An action as the server read it, line by line.</summary>
sealed record ScriptedAction(IReadOnlyList<string> Lines)
{
    public string Name => this["Action"];

    public string Id => this["ActionID"];

    public string this[string key] => All(key).FirstOrDefault("");

    public IEnumerable<string> All(string key) =>
        Lines.Where(l => l.StartsWith(key + ": ", StringComparison.OrdinalIgnoreCase)).Select(l => l[(key.Length + 2)..]);

    public string Success(string headers = "") => $"Response: Success\r\nActionID: {Id}\r\n{headers}\r\n";

    public string Error(string message) => $"Response: Error\r\nActionID: {Id}\r\nMessage: {message}\r\n\r\n";

    /// <summary>A whole list; each row is "Event: Name\r\nKey: value\r\n".</summary>
    public string List(IEnumerable<string> rows, string completeName, int? items = null)
    {
        var text = new StringBuilder(Success("EventList: start\r\nMessage: follows\r\n"));
        var count = 0;
        foreach (var row in rows)
        {
            text.Append(row).Append("ActionID: ").Append(Id).Append("\r\n\r\n");
            count++;
        }
        return text.Append(CultureInfo.InvariantCulture, $"Event: {completeName}\r\nActionID: {Id}\r\nEventList: Complete\r\nListItems: {items ?? count}\r\n\r\n").ToString();
    }
}
