using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Dispositions;
using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Carillon.Calls;

[PreferLocalPlacement]
sealed partial class CallGrain(AttemptStore attempts, Configs configs, TimeProvider time, CallMetrics metrics, ILogger<CallGrain> log) : Grain, ICallGrain
{
    static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    /// <summary>For others to hear of the end of a call. They may be on a node that leaves or hangs, and then find it in the store.</summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    CallProgress _progress = CallProgress.New;
    AttemptIntent? _intent;
    CallRules _rules = new();
    IGrainTimer? _timer;
    bool _closed;
    /// <summary>The store may have taken the record although it did not say so.</summary>
    bool _inDoubt;
    bool _detectionTold;
    CallState? _counted;

    AttemptId Id => new(this.GetPrimaryKeyString());

    public Task Track(AttemptIntent intent, CallRules rules)
    {
        _intent ??= intent;
        _rules = CampaignRules.Of(intent, rules);
        Count();
        return Task.CompletedTask;
    }

    /// <summary>A hangup that it heard is not heard again: what is known by then is the record.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!_closed && _progress.Has(CallFactKind.HungUp))
        {
            _progress = CallMachine.Conclude(_progress, _rules);
            await Close().WaitAsync(LastWords, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        _closed = true;
        Count();
    }

    /// <summary>Among the calls of now, or no more.</summary>
    void Count()
    {
        CallState? now = _closed || _intent is null || _progress.State == CallState.Ended ? null : _progress.State;
        metrics.Moved(_counted, now);
        _counted = now;
    }

    public Task Withdrawn()
    {
        (_intent, _closed) = (null, true);
        Count();
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Observe(ImmutableArray<CallFact> facts)
    {
        if (_closed || !await Known()) return;
        var before = _progress;
        foreach (var fact in facts) _progress = CallMachine.Apply(_progress, fact, _rules);
        Count();
        if (_progress.Conclusion is not null) await Close();
        else if (!ReferenceEquals(before, _progress)) await Advance(before);
    }

    public async Task<CallSnapshot?> Get() =>
        await Known() ? new(_progress.State, CallMachine.ToAttempt(_intent!, _progress, _rules)) : null;

    /// <summary>After a loss the store knows what the call is; a call that has ended there, or that is not there, is none.</summary>
    async Task<bool> Known()
    {
        if (_intent is not null) return true;
        if (await attempts.GetAsync(Id) is not { EndedAt: null } attempt)
        {
            _closed = true;
            DeactivateOnIdle();
            return false;
        }
        _intent = attempt.Intent;
        _progress = CallProgress.Of(attempt);
        _rules = CampaignRules.Of(attempt.Intent, await CampaignRules.Load(attempt.Intent.Campaign, configs));
        Count();
        return true;
    }

    async Task Advance(CallProgress before)
    {
        if (CallMachine.GraceDeadline(_progress) is { } deadline) Arm(deadline - time.GetUtcNow() is var due && due < CallMachine.Grace ? due : CallMachine.Grace);
        if (_progress.State == before.State && _progress.Has(CallFactKind.Judged) == before.Has(CallFactKind.Judged)) return;
        await Report();
        if (_progress.State is not (CallState.Answered or CallState.Bridged)) return;
        try
        {
            await attempts.UpdateProgressAsync(CallMachine.ToAttempt(_intent!, _progress, _rules));
        }
        catch (StorageException e)
        {
            // Only a restart before the end of the call would miss it: the end writes it again.
            NotStored(log, Id.Value, e);
        }
    }

    /// <summary>Writes the record, and only then frees the number: nobody may call it while its last call may still count as open.</summary>
    async Task Close()
    {
        var attempt = CallMachine.ToAttempt(_intent!, _progress, _rules);
        var ended = true;
        try
        {
            if (attempt.Outcome is null) await attempts.WithdrawAsync([Id], (attempt.EndedAt ?? time.GetUtcNow()) + LeadRules.NotPlacedPause, attempt.Reason.Text ?? "not placed");
            else ended = await attempts.CompleteAsync(attempt, (ended, lead) => DispositionRules.AtEnd(ended, lead, _rules)) || _inDoubt;
        }
        catch (StorageException e)
        {
            NotStored(log, Id.Value, e);
            _inDoubt = true;
            Arm(StoreRetry);
            return;
        }
        _closed = true;
        _timer?.Dispose();
        if (ended)
        {
            metrics.Ended(attempt);
            CallTrace.Tell(attempt);
        }
        // One that does not hear of it finds the record, later; the other need not.
        await Tell("subscriber", () => GrainFactory.Subscriber(_intent!.Number).Release(Id).WaitAsync(LastWords, time));
        // Whoever else wrote the record has told the campaign what it says.
        if (ended) await Tell("campaign", Report);
        DeactivateOnIdle();
    }

    async Task Tell(string whom, Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception e)
        {
            NotTold(log, Id.Value, whom, e);
        }
    }

    Task Report() => GrainFactory.Campaign(_intent!.Campaign).CallsChanged(
    [
        new()
        {
            Attempt = Id, State = _progress.State, At = time.GetUtcNow(), Server = _intent.Server,
            Outcome = _progress.Conclusion?.Outcome, Abandoned = CallMachine.WasAbandoned(_progress, _rules), ReadyAt = CallMachine.ReadyAt(_progress, _rules),
            Detection = TakeDetection(), TrunkFailed = CallMachine.WasLostByTrunk(_progress),
        },
    ]);

    MachineReport? TakeDetection()
    {
        if (_detectionTold || _progress.First(CallFactKind.Judged) is not { Verdict: { } verdict }) return null;
        var took = CallMachine.ToAttempt(_intent!, _progress, _rules).Detection;
        if (took is null) return null;
        _detectionTold = true;
        return new(verdict, took > TimeSpan.Zero ? took.Value : TimeSpan.Zero);
    }

    void Arm(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(OnTimer, new()
        {
            DueTime = due > TimeSpan.Zero ? due : TimeSpan.Zero,
            Period = Timeout.InfiniteTimeSpan,
            KeepAlive = true,
        });
    }

    async Task OnTimer(CancellationToken cancellationToken)
    {
        if (_closed) return;
        _progress = CallMachine.Conclude(_progress, _rules);
        await Close();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of attempt {Attempt} did not reach its {Whom}")]
    static partial void NotTold(ILogger logger, string attempt, string whom, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} could not be stored yet")]
    static partial void NotStored(ILogger logger, string attempt, Exception error);
}
