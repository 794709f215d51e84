using Carillon.GrainHost.Tests.Calls;
using Carillon.GrainHost.Tests.Lifecycle;
using Carillon.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Carillon.GrainHost.Tests;

/// <summary>The stand-in takes every time from the clocks in the services, so that tests of grains need not wait.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    readonly FakeTime _activations = new();
    readonly FakeTime _messaging = new();
    readonly string _key = GrainHostFixture.NewKey();
    GrainHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await GrainHostFixture.StartAsync(silo =>
    {
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, _activations);
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Messaging, _messaging);
        silo.Configure<GrainCollectionOptions>(static o => o.CollectionAge = TimeSpan.FromMinutes(10));
    });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_activation_is_collected_at_its_age_and_not_before()
    {
        var first = await _host.Grain<ILifecycleGrain>(_key).Activation();
        await _host.Journal.Next(_key);
        _activations.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(first, await _host.Grain<ILifecycleGrain>(_key).Activation());
        _activations.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(first, await _host.Grain<ILifecycleGrain>(_key).Activation());
        _activations.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("deactivated: ActivationIdle", await _host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_call_times_out_after_the_response_timeout_of_the_messaging_clock()
    {
        var grain = _host.Grain<Turns.ITurnGrain>();
        var call = grain.Hold(_key);
        await _host.Journal.Next(_key);
        _messaging.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        _messaging.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        _host.Journal.Open(_key);
    }

    [Fact]
    public async Task The_message_of_a_deadlock_shows_the_chain()
    {
        var (first, second) = (GrainHostFixture.NewKey(), GrainHostFixture.NewKey());
        var call = _host.Grain<ICallGrain>(first).CallBack(second);
        await _host.Journal.Next(first);
        while (!call.IsCompleted)
        {
            _messaging.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains(
            $"ICallGrain.CallBack on call/{first} -> ICallGrain.CallInto on call/{second} -> ICallGrain.Ping on call/{first}", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("deadlock", failure.Message, StringComparison.Ordinal);
    }
}
