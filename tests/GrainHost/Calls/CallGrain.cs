using Orleans.Concurrency;

namespace Carillon.GrainHost.Tests.Calls;

public class DialRefusedException(string message) : Exception(message);

[GenerateSerializer, Immutable]
public sealed record Parcel(
    [property: Id(0)] string Name,
    [property: Id(1)] IReadOnlyList<int> Numbers,
    [property: Id(2)] IReadOnlyDictionary<string, string> Labels,
    [property: Id(3)] ICallGrain? Sender,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] TimeSpan Age,
    [property: Id(6)] Parcel? Inner);

public interface ICallGrain : IGrainWithStringKey
{
    Task Throw(string message);

    Task ThrowDomain(string message);

    Task ThrowFromAfar(string key, string message);

    Task ThrowMany();

    ValueTask<int> Double(int value);

    ValueTask Nothing();

    Task<Parcel> Echo(Parcel parcel);

    Task<string> Name();

    Task<string> NameOf(ICallGrain grain);

    Task<ICallGrain> Neighbour(string key);

    Task<Parcel> SendMyself(ICallGrain to);

    Task<string?> Context(string key);

    Task<string?> ContextOf(string grain, string key);

    Task SetContext(string key, string value);

    Task WaitForCancel(string topic, CancellationToken cancellationToken);

    Task PassCancel(string grain, string topic, CancellationToken cancellationToken);

    [OneWay]
    Task Tell(string topic, string gate);

    [OneWay]
    Task TellAndFail();

    Task Ping();

    Task CallBack(string other);

    Task CallInto(string caller);

    Task<int> CallInBatches(string other, int count);
}

public sealed class CallGrain(Journal journal) : Grain, ICallGrain
{
    public Task Throw(string message) => throw new InvalidOperationException(message);

    public async Task ThrowDomain(string message)
    {
        await Task.Yield();
        throw new DialRefusedException(message);
    }

    public Task ThrowFromAfar(string key, string message) => Other(key).Throw(message);

    public Task ThrowMany() => throw new AggregateException(new InvalidOperationException("first"), new ArgumentException("second"));

    public ValueTask<int> Double(int value) => new(2 * value);

    public async ValueTask Nothing() => await Task.Yield();

    public Task<Parcel> Echo(Parcel parcel) => Task.FromResult(parcel);

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<string> NameOf(ICallGrain grain) => grain.Name();

    public Task<ICallGrain> Neighbour(string key) => Task.FromResult(Other(key));

    public async Task<Parcel> SendMyself(ICallGrain to) =>
        await to.Echo(new("parcel", [1, 2], new Dictionary<string, string>(), this.AsReference<ICallGrain>(), default, default, null));

    public Task<string?> Context(string key) => Task.FromResult((string?)RequestContext.Get(key));

    public Task<string?> ContextOf(string grain, string key) => Other(grain).Context(key);

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public async Task WaitForCancel(string topic, CancellationToken cancellationToken)
    {
        var turns = TaskScheduler.Current;
        await using var registration = cancellationToken.Register(() => journal.Report(topic, $"cancelled on turns: {TaskScheduler.Current == turns}"));
        journal.Report(topic, "waiting");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    public Task PassCancel(string grain, string topic, CancellationToken cancellationToken) => Other(grain).WaitForCancel(topic, cancellationToken);

    public async Task Tell(string topic, string gate)
    {
        await journal.Pass(gate);
        journal.Report(topic, "told");
    }

    public Task TellAndFail() => throw new InvalidOperationException("Nobody hears it.");

    public Task Ping() => Task.CompletedTask;

    public Task CallBack(string other) => Other(other).CallInto(this.GetPrimaryKeyString());

    public async Task CallInto(string caller)
    {
        var ping = Other(caller).Ping();
        journal.Report(caller, "cycle closed");
        await ping;
    }

    public async Task<int> CallInBatches(string other, int count)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Other(other).Double(i).AsTask()));
        return results.Sum();
    }

    ICallGrain Other(string key) => GrainFactory.GetGrain<ICallGrain>(key);
}
