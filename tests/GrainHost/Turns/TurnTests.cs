namespace Carillon.GrainHost.Tests.Turns;

[Collection(GrainHostCollection.Name)]
public sealed class TurnTests(GrainHostFixture host)
{
    [Fact]
    public async Task Calls_of_one_caller_arrive_in_their_order()
    {
        var grain = host.Grain<ITurnGrain>();
        await grain.Count();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(grain.Append));
        Assert.Equal(Enumerable.Range(0, 500), await grain.Values());
    }

    [Fact]
    public async Task No_two_turns_overlap_under_contention()
    {
        var grain = host.Grain<ITurnGrain>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await grain.Increment();
        })));
        Assert.Equal(800, await grain.Count());
    }

    [Fact]
    public async Task Code_after_an_await_is_back_on_the_activation() => Assert.True(await host.Grain<ITurnGrain>().SeesItself());

    [Fact]
    public async Task A_request_waits_until_the_one_before_it_has_ended()
    {
        var (grain, gate) = (host.Grain<ITurnGrain>(), GrainHostFixture.NewKey());
        var held = grain.Hold(gate);
        await host.Journal.Next(gate);
        var next = grain.Count();
        await grain.Peek();
        Assert.False(next.IsCompleted);
        host.Journal.Open(gate);
        await held;
        Assert.Equal(0, await next);
    }

    [Fact]
    public async Task An_always_interleaving_method_runs_while_another_request_awaits()
    {
        var (grain, gate) = (host.Grain<ITurnGrain>(), GrainHostFixture.NewKey());
        var held = grain.Hold(gate);
        await host.Journal.Next(gate);
        Assert.Equal("peeked", await grain.Peek());
        Assert.False(held.IsCompleted);
        host.Journal.Open(gate);
        await held;
    }

    [Fact]
    public async Task Read_only_methods_interleave_with_each_other()
    {
        var (grain, gate) = (host.Grain<ITurnGrain>(), GrainHostFixture.NewKey());
        var held = grain.ReadHold(gate);
        await host.Journal.Next(gate);
        Assert.Equal("read", await grain.ReadNow());
        Assert.False(held.IsCompleted);
        host.Journal.Open(gate);
        await held;
    }

    [Fact]
    public async Task A_reentrant_grain_serves_a_request_while_another_awaits()
    {
        var (grain, gate) = (host.Grain<IReentrantGrain>(), GrainHostFixture.NewKey());
        var held = grain.Hold(gate);
        await host.Journal.Next(gate);
        await grain.Release(gate);
        await held;
    }
}
