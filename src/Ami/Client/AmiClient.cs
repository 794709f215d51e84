using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Ami;

/// <summary>
/// Keeps one Asterisk connected: reconnects by itself, tells one consumer everything in order, and sends actions. No call throws because of
/// Asterisk or the network; the outcome says what happened.
/// </summary>
public sealed partial class AmiClient : IAsyncDisposable
{
    readonly AmiClientOptions _options;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly Func<double> _random;
    readonly EventCatalog _catalog;
    readonly SignalQueue _queue;
    readonly ActionPacer _pacer;
    readonly Meter _meter = new();
    readonly CancellationTokenSource _stop = new();
    readonly Lock _lock = new();
    Session? _session;
    AmiBreak _cause = new(AmiCause.None, "The client is not connected yet.");
    Task? _running;
    int _epoch;

    /// <param name="random">From 0 to 1, for the jitter of reconnections; default: the shared generator.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every mistake.</exception>
    public AmiClient(AmiClientOptions options, TimeProvider? time = null, ILogger<AmiClient>? logger = null, Func<double>? random = null)
    {
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors), nameof(options));
        (_options, _time, _logger) = (options, time ?? TimeProvider.System, logger ?? NullLogger<AmiClient>.Instance);
        _random = random ?? Random.Shared.NextDouble;
        _catalog = new EventCatalog(options.Events, options.DroppableEvents);
        _queue = new SignalQueue(options.QueueBytes, _time);
        _pacer = new ActionPacer(options.ActionsPerSecond, _time);
    }

    /// <summary>Begins to connect. A second call does nothing.</summary>
    public void Start()
    {
        lock (_lock) _running ??= RunAsync(_stop.Token);
    }

    /// <summary>Appends the next 1 to <paramref name="max"/> signals in order, waiting for the first. For one consumer.</summary>
    /// <returns>How many were appended; 0 when the client was disposed.</returns>
    public ValueTask<int> ReadBatchAsync(List<AmiSignal> into, int max = 256, CancellationToken cancellation = default) =>
        _queue.ReadAsync(into, max, cancellation);

    /// <summary>The same stream in batches that are reused: copy what must outlive the turn of the loop.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AmiSignal>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var batch = new List<AmiSignal>();
        while (await ReadBatchAsync(batch, cancellation: cancellation).ConfigureAwait(false) > 0)
        {
            yield return batch;
            batch.Clear();
        }
    }

    /// <summary>
    /// Sends one action over an action connection and awaits its answer for at most ActionTimeout. Once sent it is never sent again:
    /// a lost answer is <see cref="AmiAnswer.Unknown"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public async Task<AmiResponse> SendAsync(AmiAction action, CancellationToken cancellation = default)
    {
        if (Volatile.Read(ref _session) is not { Announced: true } session) return AmiResponse.NotSent(_cause.Detail, _cause.Cause);
        using var deadline = new CancellationTokenSource(_options.ActionTimeout, _time);
        return await session.SendAsync(action, deadline.Token, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a list action and collects its rows for at most ListTimeout.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public async Task<AmiListResult> ListAsync(AmiAction action, CancellationToken cancellation = default)
    {
        if (Volatile.Read(ref _session) is not { Announced: true } session) return new(AmiListOutcome.Refused, [], _cause.Detail, AmiAnswer.NotSent);
        using var deadline = new CancellationTokenSource(_options.ListTimeout, _time);
        return await session.ListAsync(action, deadline.Token, cancellation).ConfigureAwait(false);
    }

    /// <summary>Places one call. See <see cref="OriginateResult"/> for what the three outcomes allow.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public async Task<OriginateResult> OriginateAsync(Originate call, CancellationToken cancellation = default)
    {
        if (call.Problem() is { } problem) return new OriginateResult.Rejected(AmiAnswer.NotSent, problem);
        return OriginateResult.From(await SendAsync(call.ToAction(), cancellation).ConfigureAwait(false), call.ChannelId);
    }

    /// <summary>
    /// Asks for a fresh snapshot in the stream. True once a complete one, begun after this call, is in it; false if the link broke before. None is taken before
    /// the consumer has read the one before it, so whoever reads the stream must not wait for this.
    /// </summary>
    public Task<bool> RequestSnapshotAsync() => Volatile.Read(ref _session)?.RequestSnapshotAsync() ?? Task.FromResult(false);

    /// <summary>Readings of this moment.</summary>
    public AmiCounters Counters => new()
    {
        BytesReceived = Interlocked.Read(ref _meter.Bytes),
        Messages = Interlocked.Read(ref _meter.Messages),
        Events = _queue.Added,
        Ignored = Interlocked.Read(ref _meter.Ignored),
        Damaged = Interlocked.Read(ref _meter.Damaged),
        Unmatched = Interlocked.Read(ref _meter.Unmatched),
        Shed = _queue.Shed,
        Gaps = Interlocked.Read(ref _meter.Gaps),
        Reconnects = Math.Max(0, Interlocked.Read(ref _meter.Connections) - 1 - _options.ActionConnections),
        ActionsSent = Interlocked.Read(ref _meter.ActionsSent),
        InFlight = Volatile.Read(ref _session)?.InFlight ?? 0,
        QueueBytes = _queue.Bytes,
        QueueLength = _queue.Length,
        Lag = _queue.Lag,
        ActionLatency = _meter.ActionLatency,
    };

    async Task RunAsync(CancellationToken stop)
    {
        var failures = 0;
        AmiBreak? told = null;
        while (!stop.IsCancellationRequested)
        {
            var session = new Session(_options, _catalog, _queue, _epoch + 1, _meter, _pacer, _time, _random, Announce);
            Volatile.Write(ref _session, session);
            _cause = await session.RunAsync(stop).ConfigureAwait(false);
            Volatile.Write(ref _session, null);
            if (session.Announced) (failures, told) = (0, null);
            if (stop.IsCancellationRequested) break;
            var wait = Backoff.After(_cause.Cause, failures++, _options, _random());
            LogDisconnected(_options.Host, _options.Port, _cause.Cause, _cause.Detail, wait);
            if (told != _cause) _queue.Add(new AmiDisconnected(_cause.Cause, _cause.Detail, wait) { Epoch = _epoch });
            told = _cause;
            await WaitAsync(wait, stop).ConfigureAwait(false);
        }
        _queue.Add(new AmiDisconnected(AmiCause.Closed, "The client was closed.", Timeout.InfiniteTimeSpan) { Epoch = _epoch });
        _queue.Complete();
    }

    void Announce(AmiConnected connected)
    {
        _epoch = connected.Epoch;
        LogConnected(_options.Host, _options.Port, _options.Username, connected.Server.AsteriskVersion, connected.Server.SystemName, connected.Epoch);
        _queue.Add(connected);
    }

    async Task WaitAsync(TimeSpan wait, CancellationToken stop)
    {
        try
        {
            // Reconnecting to a consumer that is still behind would only make the next gap.
            if (_cause.Cause == AmiCause.Overflow) await _queue.WhenReadDownTo(_options.QueueBytes / 4, stop).ConfigureAwait(false);
            await Task.Delay(wait, _time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Closes all connections; everything in flight ends as Unknown, the stream after what it still holds.</summary>
    public async ValueTask DisposeAsync()
    {
        Start();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running!.ConfigureAwait(false);
    }

    [LoggerMessage(2, LogLevel.Information, "AMI {Host}:{Port} is connected as {User}: Asterisk {Version}, system '{System}', epoch {Epoch}")]
    partial void LogConnected(string host, int port, string user, string version, string system, int epoch);

    [LoggerMessage(1, LogLevel.Warning, "AMI {Host}:{Port} is not connected: {Cause}. {Detail} Next attempt in {Wait}")]
    partial void LogDisconnected(string host, int port, AmiCause cause, string detail, TimeSpan wait);
}
