using Orleans.Concurrency;

namespace Carillon.GrainHost.Tests.Turns;

public interface ITurnGrain : IGrainWithStringKey
{
    Task Append(int value);

    Task<int[]> Values();

    /// <summary>Adds one in a way that loses counts when two turns overlap.</summary>
    Task Increment();

    Task<int> Count();

    Task<bool> SeesItself();

    Task Hold(string gate);

    [AlwaysInterleave]
    Task<string> Peek();

    [ReadOnly]
    Task ReadHold(string gate);

    [ReadOnly]
    Task<string> ReadNow();
}

public sealed class TurnGrain(Journal journal) : Grain, ITurnGrain
{
    readonly List<int> _values = [];
    int _count;
    int _inside;

    public Task Append(int value)
    {
        _values.Add(value);
        return Task.CompletedTask;
    }

    public Task<int[]> Values() => Task.FromResult(_values.ToArray());

    public async Task Increment()
    {
        if (Interlocked.Increment(ref _inside) != 1) throw new InvalidOperationException("Two turns at once.");
        var seen = _count;
        await Task.Yield();
        _count = seen + 1;
        Interlocked.Decrement(ref _inside);
    }

    public Task<int> Count() => Task.FromResult(_count);

    public async Task<bool> SeesItself()
    {
        var before = TaskScheduler.Current;
        await Task.Run(static () => { });
        return before != TaskScheduler.Default && before == TaskScheduler.Current;
    }

    public async Task Hold(string gate)
    {
        journal.Report(gate, "held");
        await journal.Pass(gate);
    }

    public Task<string> Peek() => Task.FromResult("peeked");

    public Task ReadHold(string gate) => Hold(gate);

    public Task<string> ReadNow() => Task.FromResult("read");
}

public interface IReentrantGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    Task Release(string gate);
}

[Reentrant]
public sealed class ReentrantGrain(Journal journal) : Grain, IReentrantGrain
{
    public async Task Hold(string gate)
    {
        journal.Report(gate, "held");
        await journal.Pass(gate);
    }

    public Task Release(string gate)
    {
        journal.Open(gate);
        return Task.CompletedTask;
    }
}
