using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>Posts its ticks to its activation as turns. The next tick is armed when the last one has ended, so ticks never pile up.</summary>
sealed class GrainTimer : IGrainTimer
{
    readonly Activation _activation;
    readonly Func<CancellationToken, Task> _callback;
    readonly GrainTimerCreationOptions _options;
    readonly CancellationTokenSource _stop = new();
    readonly ITimer _timer;
    TimeSpan _dueTime;
    TimeSpan _period;
    bool _changedInTick;
    volatile bool _ticking;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _options) = (activation, callback, options);
        CheckRange(options.DueTime, options.Period);
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            _timer = activation.TimerClock.CreateTimer(static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        activation.Add(this);
        Change(options.DueTime, options.Period);
    }

    public bool IsDisposed => _stop.IsCancellationRequested;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckRange(dueTime, period);
        (_dueTime, _period, _changedInTick) = (dueTime, period, true);
        if (!_ticking) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (IsDisposed) return;
        _stop.Cancel();
        _timer.Dispose();
        _activation.Remove(this);
    }

    void Fire()
    {
        _ticking = true;
        _activation.Post(new Tick(this));
    }

    async Task<Exception?> TickAsync()
    {
        _changedInTick = false;
        try
        {
            await _callback(_stop.Token);
            return null;
        }
        catch (Exception failure)
        {
            if (!IsDisposed || failure is not OperationCanceledException) _activation.LogTickFailure(failure, _activation.GrainId);
            return failure;
        }
        finally
        {
            _ticking = false;
            if (!IsDisposed) _timer.Change(_changedInTick ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    static void CheckRange(TimeSpan dueTime, TimeSpan period)
    {
        foreach (var (span, name) in new[] { (dueTime, nameof(dueTime)), (period, nameof(period)) })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan((long)span.TotalMilliseconds, -1, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)span.TotalMilliseconds, uint.MaxValue - 1, name);
        }
    }

    sealed class Tick(GrainTimer timer) : Request
    {
        public override string Name => "timer tick";
        public override GrainId Target => timer._activation.GrainId;
        public override bool Interleaves => timer._options.Interleave;
        public override bool KeepsAlive => timer._options.KeepAlive;
        public override bool IsOver => timer.IsDisposed;

        public override Task<Exception?> RunAsync(object instance, Mailbox mailbox)
        {
            if (timer.IsDisposed) return Task.FromResult<Exception?>(null);
            return Enter();
        }

        public override void Fail(Exception failure) { }

        public override void Forward() { }

        async Task<Exception?> Enter()
        {
            CallContext.Current = new(null, this);
            try
            {
                return await timer.TickAsync();
            }
            finally
            {
                Detach();
            }
        }
    }
}
