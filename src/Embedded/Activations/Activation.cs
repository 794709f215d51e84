using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;

namespace Carillon.Embedded;

/// <summary>One grain in memory, from its first request to its deactivation.</summary>
sealed partial class Activation : Mailbox, IGrainContext
{
    readonly Catalog _catalog;
    readonly GrainClass _class;
    readonly AsyncServiceScope _scope;
    readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HashSet<GrainTimer> _timers = [];
    readonly List<IStateOnActivation> _states = [];
    IGrainBase? _grain;
    DeactivationReason? _ending;
    bool _active;
    long _lastUsed;
    DateTimeOffset _keepUntil;

    public Activation(Catalog catalog, GrainClass grainClass, GrainId id) : base(catalog.Log, grainClass.Type.IsDefined(typeof(ReentrantAttribute), true))
    {
        (_catalog, _class, GrainId) = (catalog, grainClass, id);
        _scope = catalog.Services.CreateAsyncScope();
        GrainReference = GrainReference.Create(catalog, id, null);
        _lastUsed = catalog.Clocks.Activations.GetTimestamp();
    }

    public override IGrainContext Context => this;
    public GrainId GrainId { get; }
    public GrainReference GrainReference { get; }
    public object? GrainInstance => _grain;
    public IServiceProvider ActivationServices => _scope.ServiceProvider;
    public Task Deactivated => _deactivated.Task;
    public TimeProvider TimerClock => _catalog.Clocks.Timers;
    protected override bool IsOpen => _active && _ending is null;
    protected override object? Instance => _grain;

    public void Start()
    {
        var values = CallContext.Current?.Values;
        Turns.Post(() => _ = ActivateAsync(values));
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (Turns.IsOnThisThread) EndWhenQuiet(deactivationReason);
        else Turns.Post(() => EndWhenQuiet(deactivationReason));
    }

    public void DelayDeactivation(TimeSpan span) =>
        _keepUntil = span < TimeSpan.Zero ? default
            : span > TimeSpan.FromDays(36500) ? DateTimeOffset.MaxValue
            : _catalog.Clocks.Activations.GetUtcNow() + span;

    public void DeactivateIfIdle()
    {
        var clock = _catalog.Clocks.Activations;
        var idle = clock.GetElapsedTime(Volatile.Read(ref _lastUsed));
        if (idle < _class.CollectionAge || clock.GetUtcNow() < _keepUntil || HasWork) return;
        Deactivate(new(DeactivationReasonCode.ActivationIdle, $"Idle for {idle}."));
    }

    public void Add(IStateOnActivation state) => _states.Add(state);

    public void Add(GrainTimer timer) => _timers.Add(timer);

    public void Remove(GrainTimer timer) => _timers.Remove(timer);

    async Task ActivateAsync(Dictionary<string, object>? values)
    {
        CallContext.Current = new(values, null);
        using var limit = new CancellationTokenSource(_catalog.Collection.ActivationTimeout, _catalog.Clocks.Activations);
        try
        {
            _grain = _class.Create(this);
            foreach (var state in _states) await state.LoadAsync(limit.Token);
            await _grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
            _active = true;
        }
        catch (Exception failure)
        {
            LogActivationFailed(Log, failure, GrainId);
            await EndAsync(new(DeactivationReasonCode.ActivationFailed, failure, "Failed to activate grain."));
            return;
        }
        if (_ending is { } reason) await EndAsync(reason);
        else StartWaiting();
    }

    protected override void OnFinished(Request request, Exception? failure)
    {
        if (request.KeepsAlive) Volatile.Write(ref _lastUsed, _catalog.Clocks.Activations.GetTimestamp());
        if (failure is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false;
            _ending ??= new(DeactivationReasonCode.ApplicationError, stale, "The state in storage is newer than the one in memory.");
        }
        if (_ending is { } reason && !IsBusy) _ = EndAsync(reason);
    }

    void EndWhenQuiet(DeactivationReason reason)
    {
        if (_ending is not null || IsDead) return;
        _ending = reason;
        if (_active && !IsBusy) _ = EndAsync(reason);
    }

    async Task EndAsync(DeactivationReason reason)
    {
        var wasActive = _active;
        (_ending, _active) = (reason, false);
        foreach (var timer in _timers.ToArray()) timer.Dispose();
        try
        {
            if (wasActive)
            {
                using var limit = new CancellationTokenSource(_catalog.Collection.DeactivationTimeout, _catalog.Clocks.Activations);
                await _grain!.OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
            }
            if (_grain is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (_grain as IDisposable)?.Dispose();
            await _scope.DisposeAsync();
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Log, failure, GrainId, reason.ReasonCode);
        }
        _catalog.Remove(this);
        IsDead = true;
        foreach (var request in TakeAllWaiting()) TurnAway(request);
        _deactivated.SetResult();
    }

    // A failed activation fails whatever was meant for it; the next call finds it gone and tries anew.
    protected override void TurnAway(Request request)
    {
        if (_ending is { ReasonCode: DeactivationReasonCode.ActivationFailed, Exception: { } failure }) request.Fail(failure);
        else request.Forward();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation of {GrainId} failed")]
    static partial void LogActivationFailed(ILogger logger, Exception failure, GrainId grainId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deactivation of {GrainId} ({Reason}) failed")]
    static partial void LogDeactivationFailed(ILogger logger, Exception failure, GrainId grainId, DeactivationReasonCode reason);
}
