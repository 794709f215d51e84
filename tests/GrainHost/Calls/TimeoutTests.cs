using Orleans.Configuration;

namespace Carillon.GrainHost.Tests.Calls;

/// <summary>On a silo of their own with a short response timeout: they wait for the failure, not for a time.</summary>
public sealed class TimeoutTests : IAsyncLifetime
{
    GrainHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await GrainHostFixture.StartAsync(static silo =>
        silo.Configure<SiloMessagingOptions>(static o => o.ResponseTimeout = TimeSpan.FromSeconds(1)));

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_call_cycle_ends_in_a_timeout_that_names_grain_and_method()
    {
        var (first, second) = (GrainHostFixture.NewKey(), GrainHostFixture.NewKey());
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _host.Grain<ICallGrain>(first).CallBack(second));
        Assert.Contains(first, failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ICallGrain.CallBack), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_timeout_of_a_cycle_its_grains_answer_again()
    {
        var (first, second) = (GrainHostFixture.NewKey(), GrainHostFixture.NewKey());
        await Assert.ThrowsAsync<TimeoutException>(() => _host.Grain<ICallGrain>(first).CallBack(second));
        Assert.Equal(second, await Answered(() => _host.Grain<ICallGrain>(second).Name()));
        Assert.Equal(first, await Answered(() => _host.Grain<ICallGrain>(first).Name()));
    }

    [Fact]
    public async Task A_call_that_timed_out_still_runs_to_its_end()
    {
        var gate = GrainHostFixture.NewKey();
        var grain = _host.Grain<Turns.ITurnGrain>();
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Hold(gate));
        Assert.Equal("peeked", await grain.Peek());
        _host.Journal.Open(gate);
        Assert.Equal(0, await Answered(grain.Count));
    }

    // The inner calls of a cycle time out a moment after the outer one.
    static async Task<T> Answered<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (TimeoutException)
            {
            }
        }
    }
}
