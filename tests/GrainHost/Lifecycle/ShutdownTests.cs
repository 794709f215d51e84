namespace Carillon.GrainHost.Tests.Lifecycle;

/// <summary>These stop the silo, so each has its own.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Stopping_deactivates_every_activation()
    {
        var host = await GrainHostFixture.StartAsync(static _ => { });
        string[] keys = [.. Enumerable.Range(0, 20).Select(static _ => GrainHostFixture.NewKey())];
        foreach (var key in keys) await host.Grain<ILifecycleGrain>(key).Activation();
        await host.StopAsync();
        foreach (var key in keys)
        {
            Assert.Equal("activated", await host.Journal.Next(key));
            Assert.Equal("deactivated: ShuttingDown", await host.Journal.Next(key));
        }
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_call_after_the_stop_fails()
    {
        var host = await GrainHostFixture.StartAsync(static _ => { });
        var grain = host.Grain<ILifecycleGrain>();
        await host.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => grain.Activation());
        await host.DisposeAsync();
    }
}
