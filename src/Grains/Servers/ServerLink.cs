using System.Threading.Channels;
using Carillon.Ami;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Carillon.Servers;

/// <summary>
/// What works for one server grain outside its turns. Reads what Asterisk says into an inbox, lets the grain digest it turn by turn, and tells the news to
/// calls and queues itself, so that the grain never waits for anybody who may be waiting for it. When news are slow to deliver, reading waits, and the AMI
/// client's own bounded queue is what gives.
/// </summary>
/// <param name="veto">Why no call may be started any more, asked directly before each is sent; or null.</param>
sealed partial class ServerLink(ServerId server, IGrainFactory grains, Func<string?> veto, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    const int InboxCapacity = 4096;
    const int DeliveriesAtOnce = 32;

    /// <summary>Fewer than the actions that the client has on their way at once: what is handed over is written, and waits for nobody's answer.</summary>
    const int OriginatesAtOnce = 32;

    static readonly TimeSpan AnswerInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>After a digest that failed.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    readonly ILogger _log = loggers.CreateLogger<ServerLink>();
    // Never disposed: what is still on its way out may look at it.
    readonly CancellationTokenSource _stop = new();
    readonly CancellationTokenSource _stopDelivering = new();
    readonly Channel<LinkItem> _inbox = Channel.CreateBounded<LinkItem>(InboxCapacity);
    Task _delivering = Task.CompletedTask;
    Task _reading = Task.CompletedTask;
    readonly HeardUntil _heard = new();
    readonly OwedFacts _owed = new(time, Rest);
    CancellationTokenSource? _connection;
    int _originating, _nudging;

    public Guid Id { get; } = Guid.NewGuid();

    public AmiClient? Client { get; private set; }

    /// <summary>The number of the last news that were told.</summary>
    public long Received { get; private set; }

    /// <summary>Counts connections that were asked for; what is read belongs to one of them.</summary>
    public int Generation { get; private set; }

    public void Start() => _delivering = Task.Run(() => Deliver(_stopDelivering.Token));

    public void Connect(AmiClientOptions options)
    {
        Generation++;
        Client = new(options, time, loggers.CreateLogger<AmiClient>());
        _connection = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var (client, generation, stopping) = (Client, Generation, _connection.Token);
        _reading = Task.Run(() => Read(client, generation, stopping));
    }

    public async Task Disconnect()
    {
        if (Client is null) return;
        Generation++;
        await _connection!.CancelAsync();
        await Client.DisposeAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        (Client, _connection) = (null, null);
    }

    /// <summary>The next thing that was read.</summary>
    public bool TryTake(out LinkItem item) => _inbox.Reader.TryRead(out item);

    /// <summary>Asks for a digest although nothing was read: the grain itself has news.</summary>
    public void Nudge() => _inbox.Writer.TryWrite(default);

    /// <summary>Notes in the inbox until when it holds what Asterisk said, if that can be said: whoever takes the note has read all of it.</summary>
    public void Mark()
    {
        if (Client?.Counters is { } counters && _heard.Look(counters.BytesReceived, counters.QueueLength, time.GetUtcNow()) is { } until)
            _inbox.Writer.TryWrite(new(Generation, null, null, null, until, default) { IsMark = true });
    }

    /// <summary>Asks for a list of channels and queues; it comes through the inbox.</summary>
    public void RequestSnapshot() => _ = Client?.RequestSnapshotAsync();

    /// <summary>Originates that were handed over and not answered, and a Ping.</summary>
    public int Unanswered => Volatile.Read(ref _originating) + Volatile.Read(ref _pinging);

    public bool MayOriginate => Volatile.Read(ref _originating) < OriginatesAtOnce;

    /// <summary>Sends an Originate. Its answer comes through the inbox like everything else, behind the events that were read before it.</summary>
    public void Originate(AttemptId attempt, Originate originate) => _ = Originating(Client!, Generation, attempt, originate);

    /// <summary>Sends commands to a channel, in their order, each when Asterisk has taken the one before. One that is refused ends the row.</summary>
    public void Command(AttemptId attempt, string channel, IReadOnlyList<AgiCommand> commands) => _ = Commanding(Client!, Generation, attempt, channel, commands);

    async Task Commanding(AmiClient client, int generation, AttemptId attempt, string channel, IReadOnlyList<AgiCommand> commands)
    {
        try
        {
            foreach (var command in commands)
            {
                var answer = await client.SendAsync(Actions.Agi(channel, command.Text, command.Step.ToString()), _stop.Token).ConfigureAwait(false);
                if (answer.Success) continue;
                await _inbox.Writer.WriteAsync(new(generation, null, attempt, null, time.GetUtcNow(), time.GetElapsedTime(0), answer), _stop.Token).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception e)
        {
            // Whoever finds the call again asks its channel what it was told.
            if (e is not (OperationCanceledException or ObjectDisposedException)) CommandThrew(_log, server.Value, attempt.Value, e);
        }
    }

    async Task Originating(AmiClient client, int generation, AttemptId attempt, Originate originate)
    {
        OriginateResult result;
        Interlocked.Increment(ref _originating);
        try
        {
            result = await client.OriginateAsync(originate with { Veto = veto }, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (e is not (OperationCanceledException or ObjectDisposedException)) OriginateThrew(_log, server.Value, attempt.Value, e);
            result = new OriginateResult.Unknown(AmiCause.Closed, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _originating);
        }
        try
        {
            await _inbox.Writer.WriteAsync(new(generation, null, attempt, result, time.GetUtcNow(), time.GetElapsedTime(0)), _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody is left to hear of it: the next owner of this server finds the attempt in the store.
        }
    }

    async Task Read(AmiClient client, int generation, CancellationToken stopping)
    {
        try
        {
            client.Start();
            var batch = new List<AmiSignal>();
            while (await client.ReadBatchAsync(batch, cancellation: stopping) > 0)
            {
                var (at, uptime) = (time.GetUtcNow(), time.GetElapsedTime(0));
                foreach (var signal in batch) await _inbox.Writer.WriteAsync(new(generation, signal, null, null, at, uptime), stopping);
                batch.Clear();
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            ReadFailed(_log, server.Value, e);
        }
    }

    public bool HasMore => _inbox.Reader.Count > 0;

    /// <summary>All that was sent has been answered, or enough was waited for it.</summary>
    public async Task WhenAnswered(TimeSpan limit)
    {
        var from = time.GetTimestamp();
        while (Volatile.Read(ref _originating) > 0 && time.GetElapsedTime(from) < limit) await Task.Delay(AnswerInterval, time);
    }

    /// <summary>From now on nothing is read and nothing is told by itself; what was read stays in the inbox.</summary>
    public async Task StopReading()
    {
        if (_connection is not null) await _connection.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopTelling();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await StopReading();
        await Disconnect();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Server {Server}: the Originate of {Attempt} failed unexpectedly")]
    static partial void OriginateThrew(ILogger logger, string server, string attempt, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Server {Server}: a command to {Attempt} failed unexpectedly")]
    static partial void CommandThrew(ILogger logger, string server, string attempt, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Server {Server}: reading AMI failed unexpectedly")]
    static partial void ReadFailed(ILogger logger, string server, Exception error);
}

/// <summary>Something that the link read: a signal, the answer to an Originate, the refusal of a command, the state of an endpoint, a mark, or nothing (a nudge).</summary>
readonly record struct LinkItem(int Generation, AmiSignal? Signal, AttemptId? Attempt, OriginateResult? Result, DateTimeOffset At, TimeSpan Uptime, AmiResponse? Refusal = null)
{
    /// <summary>What Asterisk said until <see cref="At"/> came before.</summary>
    public bool IsMark { get; init; }

    public TrunkReach? Reach { get; init; }
}
