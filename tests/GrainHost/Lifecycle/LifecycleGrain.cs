using Orleans.Concurrency;

namespace Carillon.GrainHost.Tests.Lifecycle;

public interface ILifecycleGrain : IGrainWithStringKey
{
    Task<string> Activation();

    Task End();

    Task EndAndHold(string gate);

    Task Delay(TimeSpan span);

    Task<string> GrainIdText();
}

public interface ILongLivedGrain : ILifecycleGrain;

public interface IKeptGrain : ILifecycleGrain;

/// <summary>Reports activation and deactivation to the journal under its own key.</summary>
public abstract class LifecycleGrainBase(Journal journal) : Grain, ILifecycleGrain
{
    readonly string _activation = Guid.NewGuid().ToString();

    string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Report(Key, "activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Report(Key, $"deactivated: {reason.ReasonCode}");
    }

    public Task<string> Activation() => Task.FromResult(_activation);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task EndAndHold(string gate)
    {
        DeactivateOnIdle();
        journal.Report(gate, "held");
        await journal.Pass(gate);
        journal.Report(Key, "request ended");
    }

    public Task Delay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task<string> GrainIdText() => Task.FromResult(GrainContext.GrainId.ToString());
}

public sealed class LifecycleGrain(Journal journal) : LifecycleGrainBase(journal);

[CollectionAgeLimit(Hours = 1)]
public sealed class LongLivedGrain(Journal journal) : LifecycleGrainBase(journal), ILongLivedGrain;

[KeepAlive]
public sealed class KeptGrain(Journal journal) : LifecycleGrainBase(journal), IKeptGrain;

public interface IRefusingGrain : IGrainWithStringKey
{
    Task<string> Ask();
}

/// <summary>Its first activation fails, the next does not.</summary>
public sealed class RefusingGrain(Journal journal) : Grain, IRefusingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var tried = $"{this.GetPrimaryKeyString()}/tried";
        if (!journal.IsEmpty(tried)) return Task.CompletedTask;
        journal.Report(tried, "once");
        throw new InvalidOperationException("Not today.");
    }

    public Task<string> Ask() => Task.FromResult("answer");
}
