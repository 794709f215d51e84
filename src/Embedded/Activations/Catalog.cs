using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>All activations of the process, one for each grain id at most.</summary>
sealed partial class Catalog(
    IServiceProvider services, GrainClasses classes, Observers observers, Clocks clocks, ILogger<Catalog> logger,
    IOptions<GrainCollectionOptions> collection, IOptions<SiloMessagingOptions> messaging)
{
    enum Phase { NotStarted, Open, Closing, Closed }

    /// <summary>As Orleans names it, so that the same queries do for both.</summary>
    static readonly UpDownCounter<int> Grains = new Meter("Microsoft.Orleans").CreateUpDownCounter<int>("orleans-catalog-activations");

    readonly ConcurrentDictionary<GrainId, Activation> _activations = [];
    volatile Phase _phase;

    public IServiceProvider Services => services;
    public Clocks Clocks => clocks;
    public ILogger Log => logger;
    public GrainCollectionOptions Collection { get; } = collection.Value;

    public void Open() => _phase = Phase.Open;

    /// <summary>The mailbox of a grain, activated if it must be, or of an observer; null when the host refuses.</summary>
    public Mailbox? Find(GrainId id)
    {
        if (Observers.Owns(id)) return observers.Find(id);
        if (_activations.TryGetValue(id, out var known)) return known;
        if (_phase != Phase.Open || classes.Find(id.Type) is not { } grainClass) return null;
        var fresh = new Activation(this, grainClass, id);
        var winner = _activations.GetOrAdd(id, fresh);
        if (winner == fresh)
        {
            Count(fresh, 1);
            fresh.Start();
        }
        return winner;
    }

    public void Remove(Activation activation)
    {
        if (_activations.TryRemove(new(activation.GrainId, activation))) Count(activation, -1);
    }

    static void Count(Activation activation, int by) => Grains.Add(by, new KeyValuePair<string, object?>("grain_type", activation.GrainId.Type.ToString()));

    public long DeadlineAfter(TimeSpan? timeout)
    {
        var wait = timeout ?? messaging.Value.ResponseTimeout;
        return wait == Timeout.InfiniteTimeSpan ? long.MaxValue
            : clocks.Messaging.GetTimestamp() + (long)(wait.TotalSeconds * clocks.Messaging.TimestampFrequency);
    }

    public Exception Refusal(Request request)
    {
        if (Observers.Owns(request.Target)) return new ClientNotAvailableException(request.Target);
        return new OrleansMessageRejectionException(_phase switch
        {
            Phase.NotStarted => $"{request} was refused: the silo has not started.",
            Phase.Open => $"{request} was refused: no class has grain type '{request.Target.Type}'.",
            _ => $"{request} was refused: the silo is shutting down.",
        });
    }

    public void CollectIdle()
    {
        foreach (var (_, activation) in _activations) activation.DeactivateIfIdle();
    }

    public void ExpireOverdue()
    {
        var now = clocks.Messaging.GetTimestamp();
        List<(Request Request, string Why)> overdue = [];
        foreach (var (_, activation) in _activations) activation.TakeOverdue(now, overdue);
        foreach (var observer in observers.All) observer.TakeOverdue(now, overdue);
        // Texts first: a failed request forgets its chain.
        foreach (var (request, text) in overdue.ConvertAll(static o => (o.Request, Lateness.Explain(o.Request, o.Why))))
            request.Fail(new TimeoutException(text));
    }

    /// <summary>Deactivates everything. From here on no grain is activated any more; what is active answers to the end.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _phase = Phase.Closing;
        try
        {
            while (!_activations.IsEmpty)
            {
                var ending = _activations.Values.ToArray();
                foreach (var activation in ending) activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "This process is terminating."), default);
                await Task.WhenAll(ending.Select(static a => a.Deactivated)).WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            LogLeft(logger, _activations.Count);
        }
        _phase = Phase.Closed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} activations were still busy when the time to shut down was over")]
    static partial void LogLeft(ILogger logger, int count);
}
