namespace Carillon.GrainHost.Tests.Lifecycle;

[Collection(GrainHostCollection.Name)]
public sealed class LifecycleTests(GrainHostFixture host)
{
    readonly string _key = GrainHostFixture.NewKey();

    [Fact]
    public async Task The_first_call_activates_and_the_next_finds_the_same_activation()
    {
        var grain = Named<ILifecycleGrain>();
        Assert.True(host.Journal.IsEmpty(_key));
        var first = await grain.Activation();
        Assert.Equal("activated", await host.Journal.Next(_key));
        Assert.Equal(first, await Named<ILifecycleGrain>().Activation());
        Assert.True(host.Journal.IsEmpty(_key));
    }

    [Fact]
    public async Task Calls_at_the_same_moment_make_one_activation()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Named<ILifecycleGrain>().Activation())));
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task Deactivating_on_idle_leads_to_a_new_activation()
    {
        var grain = Named<ILifecycleGrain>();
        var first = await grain.Activation();
        await grain.End();
        Assert.NotEqual(first, await grain.Activation());
        Assert.Equal("activated", await host.Journal.Next(_key));
        Assert.Equal("deactivated: ApplicationRequested", await host.Journal.Next(_key));
        Assert.Equal("activated", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_running_request_ends_before_its_activation_does_and_the_next_gets_another()
    {
        var (grain, gate) = (Named<ILifecycleGrain>(), GrainHostFixture.NewKey());
        var held = grain.EndAndHold(gate);
        await host.Journal.Next(gate);
        var next = grain.Activation();
        host.Journal.Open(gate);
        await held;
        await next;
        Assert.Equal("activated", await host.Journal.Next(_key));
        Assert.Equal("request ended", await host.Journal.Next(_key));
        Assert.Equal("deactivated: ApplicationRequested", await host.Journal.Next(_key));
        Assert.Equal("activated", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_call_tries_again()
    {
        var grain = Named<IRefusingGrain>();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => grain.Ask());
        Assert.Contains("Not today.", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("answer", await grain.Ask());
    }

    [Fact]
    public async Task The_grain_id_is_the_class_name_and_the_key() =>
        Assert.Equal($"lifecycle/{_key}", await Named<ILifecycleGrain>().GrainIdText());

    [Fact]
    public void An_empty_key_is_refused() => Assert.ThrowsAny<ArgumentException>(() => host.Grain<ILifecycleGrain>(" "));

    [Fact]
    public void An_interface_without_a_grain_is_refused() => Assert.Throws<ArgumentException>(() => host.Grain<INobody>());

    public interface INobody : IGrainWithStringKey;

    T Named<T>() where T : IGrainWithStringKey => host.Grain<T>(_key);
}
