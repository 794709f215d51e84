using Carillon.GrainHost.Tests.Timers;
using Orleans.Configuration;

namespace Carillon.GrainHost.Tests.Lifecycle;

/// <summary>On a silo of their own that collects soon. They wait for the report of a deactivation and compare who outlived whom.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    readonly string _key = GrainHostFixture.NewKey();
    readonly string _other = GrainHostFixture.NewKey();
    GrainHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await GrainHostFixture.StartAsync(static silo => silo.Configure<GrainCollectionOptions>(static o =>
    {
        o.CollectionQuantum = TimeSpan.FromSeconds(1);
        o.CollectionAge = TimeSpan.FromSeconds(2);
    }));

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_idle_activation_is_deactivated_and_the_next_call_makes_a_new_one()
    {
        var first = await _host.Grain<ILifecycleGrain>(_other).Activation();
        await OtherIsCollected();
        Assert.NotEqual(first, await _host.Grain<ILifecycleGrain>(_other).Activation());
    }

    [Fact]
    public async Task A_class_with_a_longer_age_outlives_the_others() => await Outlives<ILongLivedGrain>();

    [Fact]
    public async Task A_kept_activation_outlives_the_others() => await Outlives<IKeptGrain>();

    [Fact]
    public async Task A_delayed_activation_outlives_the_others()
    {
        await _host.Grain<ILifecycleGrain>(_key).Delay(TimeSpan.FromHours(1));
        await Outlives<ILifecycleGrain>();
    }

    [Fact]
    public async Task Ticks_that_keep_alive_let_an_activation_outlive_the_others()
    {
        await _host.Grain<ITimerGrain>(_key).StartKeepingAlive(true);
        var other = CollectOther();
        while (!other.IsCompleted) Assert.StartsWith("tick", await NextTick(), StringComparison.Ordinal);
        await other;
    }

    [Fact]
    public async Task Other_ticks_do_not_keep_an_activation()
    {
        await _host.Grain<ITimerGrain>(_key).StartKeepingAlive(false);
        string report;
        do report = await NextTick();
        while (report.StartsWith("tick", StringComparison.Ordinal));
        Assert.Equal("deactivated: ActivationIdle", report);
    }

    async Task Outlives<T>() where T : ILifecycleGrain, IGrainWithStringKey
    {
        var before = await _host.Grain<T>(_key).Activation();
        await CollectOther();
        Assert.Equal(before, await _host.Grain<T>(_key).Activation());
    }

    async Task CollectOther()
    {
        await _host.Grain<ILifecycleGrain>(_other).Activation();
        await OtherIsCollected();
    }

    async Task OtherIsCollected()
    {
        Assert.Equal("activated", await _host.Journal.Next(_other));
        Assert.Equal("deactivated: ActivationIdle", await _host.Journal.Next(_other));
    }

    // Not only grain timers wait on the clock, so one step may come before the timer is armed again.
    async Task<string> NextTick()
    {
        var report = _host.Journal.Next(_key);
        for (; !report.IsCompleted; await Task.Yield()) _host.Time.Advance(TimeSpan.FromMinutes(4));
        return await report;
    }
}
