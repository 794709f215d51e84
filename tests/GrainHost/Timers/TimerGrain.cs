namespace Carillon.GrainHost.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan dueTime, TimeSpan period);

    Task StartHolding(string gate, bool interleave);

    Task StartFailing();

    Task StartChangingItself();

    Task Change(TimeSpan dueTime, TimeSpan period);

    Task Dispose();

    Task<int> Ticks();

    Task StartKeepingAlive(bool keepAlive);

    Task End();
}

/// <summary>Reports each tick to the journal under its own key.</summary>
public sealed class TimerGrain(Journal journal) : Grain, ITimerGrain
{
    IGrainTimer? _timer;
    int _ticks;

    string Key => this.GetPrimaryKeyString();

    public Task Start(TimeSpan dueTime, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(Tick, dueTime, period);
        return Task.CompletedTask;
    }

    public Task StartHolding(string gate, bool interleave)
    {
        _timer = this.RegisterGrainTimer(async stop =>
        {
            journal.Report(gate, "held");
            await journal.Pass(gate);
            await Tick();
        }, new GrainTimerCreationOptions(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing()
    {
        _timer = this.RegisterGrainTimer(async () =>
        {
            await Tick();
            throw new InvalidOperationException("A tick that fails.");
        }, new() { DueTime = TimeSpan.FromSeconds(1), Period = TimeSpan.FromSeconds(1) });
        return Task.CompletedTask;
    }

    public Task StartChangingItself()
    {
        _timer = this.RegisterGrainTimer(static async (self, _) =>
        {
            self._timer!.Change(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
            await self.Tick();
        }, this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    public Task StartKeepingAlive(bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(Tick, new() { DueTime = TimeSpan.FromMinutes(4), Period = TimeSpan.FromMinutes(4), KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Dispose()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Report(Key, $"deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    Task Tick()
    {
        journal.Report(Key, $"tick {++_ticks}");
        return Task.CompletedTask;
    }
}
