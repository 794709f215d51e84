using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Carillon.Ami.Events;

namespace Carillon.Ami;

enum ConnectionState
{
    Connecting,
    Greeting,
    LoggingIn,
    Ready,
    Broken,
}

/// <summary>
/// One AMI session from TCP to its end. The first <see cref="Break"/> ends it: everything pending fails with that cause, and
/// <see cref="Broken"/> completes. It is never opened twice; reconnecting is its owner's business.
/// </summary>
/// <param name="queue">Takes the events; null for a connection that only carries actions.</param>
/// <param name="damaged">Called by the read loop after damage.</param>
sealed partial class AmiConnection(
    AmiClientOptions options, EventCatalog catalog, SignalQueue? queue, int epoch, Meter meter, TimeProvider time, Action? damaged = null) : IAsyncDisposable
{
    readonly Correlator _correlator = new();
    readonly FrameReader _reader = new(options.MaxLineBytes, options.MaxMessageBytes);
    readonly TextCache _texts = new();
    readonly SemaphoreSlim _writing = new(1);
    readonly CancellationTokenSource _end = new();
    readonly TaskCompletionSource<AmiBreak> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<string> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<FullyBootedEvent> _booted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Stream? _stream;
    Socket? _socket;
    Task _reading = Task.CompletedTask, _pinging = Task.CompletedTask;
    AmiBreak? _cause;
    long _received, _lastId;
    bool _shutdownAnnounced;

    public ConnectionState State { get; private set; }

    /// <summary>Completes with the first cause when the connection ends.</summary>
    public Task<AmiBreak> Broken => _broken.Task;

    /// <summary>Completes when Asterisk says that it is ready for traffic.</summary>
    public Task<FullyBootedEvent> Booted => _booted.Task;

    public string AmiVersion { get; private set; } = "";

    public int InFlight => _correlator.Count;

    /// <summary>Ends the connection; only the first call has an effect.</summary>
    public void Break(AmiCause cause, string detail)
    {
        var broken = new AmiBreak(cause, detail);
        if (Interlocked.CompareExchange(ref _cause, broken, null) is not null) return;
        State = ConnectionState.Broken;
        _end.Cancel();
        // By a reset: the kernel would otherwise go on for minutes to deliver what was sent, calls among it.
        _socket?.Close(0);
        _stream?.Dispose();
        _correlator.Break(broken);
        _greeting.TrySetCanceled();
        _booted.TrySetCanceled();
        _broken.TrySetResult(broken);
    }

    public Task<AmiResponse> SendAsync(AmiAction action, CancellationToken deadline, CancellationToken cancellation) =>
        ExchangeAsync(action, new PendingAction(), deadline, cancellation);

    public Task<AmiListResult> ListAsync(AmiAction action, CancellationToken deadline, CancellationToken cancellation, Action? started = null) =>
        ExchangeAsync(action, new PendingList(options.MaxListRows, started), deadline, cancellation);

    /// <summary>An OperationCanceledException means that nothing was sent.</summary>
    async Task<T> ExchangeAsync<T>(AmiAction action, Pending<T> pending, CancellationToken deadline, CancellationToken cancellation)
    {
        var id = action.Id ?? $"c{Interlocked.Increment(ref _lastId)}";
        var bytes = new ArrayBufferWriter<byte>(512);
        if (ActionWriter.Write(action, id, bytes) is { } problem) return pending.NotSent(problem, AmiCause.None);
        if (_correlator.Add(id, pending) is { } refused) return pending.NotSent(refused.Why, refused.Cause);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellation);
        try
        {
            await _writing.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _correlator.Remove(id, pending);
            cancellation.ThrowIfCancellationRequested();
            return pending.NotSent("The connection was busy for too long.", AmiCause.None);
        }
        var sent = time.GetTimestamp();
        try
        {
            if (_cause is { } cause) return pending.NotSent(cause.Detail, cause.Cause);
            if (action.Veto?.Invoke() is { } veto)
            {
                _correlator.Remove(id, pending);
                return pending.NotSent(veto, AmiCause.None);
            }
            await WriteAsync(bytes.WrittenMemory, deadline).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
        try
        {
            var outcome = await pending.Done.WaitAsync(either.Token).ConfigureAwait(false);
            meter.Answered(time.GetElapsedTime(sent));
            return outcome;
        }
        catch (OperationCanceledException)
        {
            if (!_correlator.Remove(id, pending)) return await pending.Done.ConfigureAwait(false);
            if (!deadline.IsCancellationRequested) return pending.Cancelled();
            if (action.NeverLate) Break(AmiCause.PingTimeout, $"Asterisk at {Place} did not answer an {action.Name} in time: it is frozen or overloaded, or the network holds it.");
            return pending.TimedOut();
        }
    }

    // Never cancelled midway: half an action would run into the next one. A peer that takes nothing is broken instead.
    async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken deadline)
    {
        try
        {
            Interlocked.Increment(ref meter.ActionsSent);
            await _stream!.WriteAsync(bytes, CancellationToken.None).AsTask().WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Break(AmiCause.PingTimeout, $"Asterisk at {Place} does not take what is sent: it is frozen, or the network is.");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Break(AmiCause.ConnectionLost, $"The connection to Asterisk at {Place} broke while sending: {e.Message}");
        }
    }

    async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var received = await _stream!.ReadAsync(_reader.GetMemory(), _end.Token).ConfigureAwait(false);
                if (received == 0) break;
                Interlocked.Add(ref _received, received);
                Interlocked.Add(ref meter.Bytes, received);
                _reader.Advance(received);
                if (!Drain()) return;
            }
            BreakAtEnd();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            if (_shutdownAnnounced) BreakAtEnd();
            else Break(AmiCause.ConnectionLost, $"The connection to Asterisk at {Place} was lost: {e.Message}");
        }
    }

    void BreakAtEnd()
    {
        if (_shutdownAnnounced) Break(AmiCause.ServerShutdown, $"Asterisk at {Place} was shut down.");
        else if (State == ConnectionState.Greeting)
            Break(AmiCause.Refused, $"Asterisk at {Place} closed the connection before its greeting: too many sessions wait for a login (authlimit in manager.conf), or another service listens there.");
        else Break(AmiCause.Eof, $"Asterisk at {Place} closed the connection: it stopped, was killed, or gave up a slow reader (writetimeout).");
    }

    bool Drain()
    {
        if (State == ConnectionState.Greeting && !TakeGreeting()) return _cause is null;
        var damagedBefore = _reader.Damaged;
        while (_reader.TryRead(out var frame))
        {
            Interlocked.Increment(ref meter.Messages);
            if (!Dispatch(frame)) return false;
        }
        queue?.Flush();
        if (_reader.Damaged == damagedBefore) return _cause is null;
        Interlocked.Add(ref meter.Damaged, _reader.Damaged - damagedBefore);
        damaged?.Invoke();
        return _cause is null;
    }

    bool TakeGreeting()
    {
        const string start = "Asterisk Call Manager/";
        if (!_reader.TryReadGreeting(out var greeting)) return false;
        if (greeting is null || !greeting.StartsWith(start, StringComparison.Ordinal))
        {
            Break(AmiCause.ProtocolError, $"What listens at {Place} is not AMI: it does not greet with 'Asterisk Call Manager'. Check the port (5038 by default) and whether it speaks TLS.");
            return false;
        }
        AmiVersion = greeting[start.Length..];
        State = ConnectionState.LoggingIn;
        return _greeting.TrySetResult(AmiVersion);
    }

    /// <summary>One silence of PingInterval is asked with a Ping; the next one of PingDeadline ends the connection. Any byte is a sign of life.</summary>
    async Task KeepAliveAsync()
    {
        var seen = -1L;
        try
        {
            while (true)
            {
                await Task.Delay(options.PingInterval, time, _end.Token).ConfigureAwait(false);
                var received = Interlocked.Read(ref _received);
                if (received == seen)
                {
                    using var deadline = new CancellationTokenSource(options.PingDeadline, time);
                    await SendAsync(Actions.Ping(), deadline.Token, _end.Token).ConfigureAwait(false);
                    if (Interlocked.Read(ref _received) == seen)
                        Break(AmiCause.PingTimeout, $"Asterisk at {Place} did not answer a Ping within {options.PingDeadline.TotalSeconds:0.#} s: it is frozen or overloaded, or the network dropped the connection.");
                }
                seen = Interlocked.Read(ref _received);
            }
        }
        catch (OperationCanceledException) { }
    }

    string Place => $"{options.Host}:{options.Port}";

    public async ValueTask DisposeAsync()
    {
        Break(AmiCause.Closed, "The client was closed.");
        await _reading.ConfigureAwait(false);
        await _pinging.ConfigureAwait(false);
        _end.Dispose();
    }
}
