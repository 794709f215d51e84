using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>
/// Decides which request runs when. By default a request runs to its end before the next one starts; what interleaves does so
/// between awaits. Everything here but <see cref="TakeOverdue"/> runs on <see cref="Turns"/>.
/// </summary>
abstract partial class Mailbox
{
    readonly Lock _lock = new();
    readonly List<Request> _running = [];
    readonly List<Request> _waiting = [];
    volatile bool _isDead;
    Request? _blocking;

    protected Mailbox(ILogger logger, bool reentrant)
    {
        Log = logger;
        Reentrant = reentrant;
        Turns = new(this);
    }

    public TurnScheduler Turns { get; }

    /// <summary>Whether it is gone for good: requests that still come are forwarded.</summary>
    public bool IsDead { get => _isDead; protected set => _isDead = value; }

    /// <summary>The activation, or null for an observer.</summary>
    public virtual IGrainContext? Context => null;

    protected ILogger Log { get; }

    protected bool Reentrant { get; }

    protected bool IsBusy => _running.Count > 0;

    /// <summary>Whether requests may start; they wait until then.</summary>
    protected abstract bool IsOpen { get; }

    /// <summary>The object to call, or null when it is gone.</summary>
    protected abstract object? Instance { get; }

    public void Post(Request request) => Turns.Post(request);

    public void Take(Request request)
    {
        if (request.Admitted) Launch(request);
        else if (request.IsOver) return;
        else if (IsDead) TurnAway(request);
        else if (MayStart(request)) Launch(Admit(request));
        else lock (_lock) _waiting.Add(request);
    }

    /// <summary>Takes out the requests whose deadline has passed, each with what is known about why.</summary>
    public void TakeOverdue(long now, List<(Request Request, string Why)> overdue)
    {
        foreach (var request in Turns.Unseen()) Check(request, "It waits while the thread of its target is blocked.");
        lock (_lock)
        {
            foreach (var request in _running) Check(request, "It is still running.");
            var wait = _waiting.Count == 0 ? "" : $"It waits for {(object?)_blocking ?? "the activation"}.";
            foreach (var request in _waiting) Check(request, wait);
            _waiting.RemoveAll(r => r.IsOver || r.Deadline <= now);
        }

        void Check(Request request, string why)
        {
            if (request.Deadline <= now && !request.IsOver) overdue.Add((request, why));
        }
    }

    /// <summary>A request has ended, well or not.</summary>
    protected virtual void OnFinished(Request request, Exception? failure) { }

    /// <summary>A request came, or still waited, when this mailbox was dead.</summary>
    protected virtual void TurnAway(Request request) => request.Forward();

    protected void StartWaiting()
    {
        while (TakeFirstStartable() is { } next) Turns.Post(next);
    }

    protected Request[] TakeAllWaiting()
    {
        lock (_lock)
        {
            Request[] all = [.. _waiting];
            _waiting.Clear();
            return all;
        }
    }

    protected bool HasWork { get { lock (_lock) return _running.Count + _waiting.Count > 0 || !Turns.IsIdle; } }

    bool MayStart(Request request) =>
        IsOpen && (_blocking is null || Reentrant || request.Interleaves || (request.IsReadOnly && _blocking.IsReadOnly));

    Request Admit(Request request)
    {
        request.Admitted = true;
        lock (_lock) _running.Add(request);
        if (!request.Interleaves) _blocking = request;
        return request;
    }

    Request? TakeFirstStartable()
    {
        lock (_lock)
        {
            _waiting.RemoveAll(static r => r.IsOver);
            var next = _waiting.FindIndex(MayStart);
            if (next < 0) return null;
            var request = _waiting[next];
            _waiting.RemoveAt(next);
            return Admit(request);
        }
    }

    void Launch(Request request)
    {
        if (Instance is not { } instance)
        {
            request.Fail(new ClientNotAvailableException(request.Target));
            Finish(request, null);
            return;
        }
        var run = request.RunAsync(instance, this);
        if (run.IsCompleted) Finish(request, run.Result);
        else _ = FinishLater(request, run);
    }

    async Task FinishLater(Request request, Task<Exception?> run) => Finish(request, await run);

    void Finish(Request request, Exception? failure)
    {
        lock (_lock) _running.Remove(request);
        if (_blocking == request) _blocking = _running.FindLast(static r => !r.Interleaves);
        OnFinished(request, failure);
        if (_waiting.Count > 0) StartWaiting();
    }

    public void LogOneWayFailure(Exception failure, Request request) => LogOneWayFailure(Log, failure, request);

    public void LogTickFailure(Exception failure, GrainId grainId) => LogTickFailure(Log, failure, grainId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Request} failed")]
    static partial void LogOneWayFailure(ILogger logger, Exception failure, Request request);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer tick of {GrainId} failed")]
    static partial void LogTickFailure(ILogger logger, Exception failure, GrainId grainId);
}
