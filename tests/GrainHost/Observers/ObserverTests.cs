using System.Collections.Concurrent;

namespace Carillon.GrainHost.Tests.Observers;

[Collection(GrainHostCollection.Name)]
public sealed class ObserverTests(GrainHostFixture host)
{
    readonly IObservedGrain _grain = host.Grain<IObservedGrain>();

    [Fact]
    public async Task Observers_are_called_in_the_order_of_the_news()
    {
        var (listener, reference) = Listen();
        await _grain.Subscribe(reference);
        for (var i = 0; i < 20; i++) await _grain.Publish($"{i}");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), listener.Heard);
    }

    [Fact]
    public async Task An_observer_that_unsubscribed_is_not_called()
    {
        var (listener, reference) = Listen();
        await _grain.Subscribe(reference);
        await _grain.Publish("first");
        await _grain.Unsubscribe(reference);
        await _grain.Publish("second");
        Assert.Equal(["first"], listener.Heard);
    }

    [Fact]
    public async Task Subscribing_again_does_not_double_an_observer()
    {
        var (listener, reference) = Listen();
        await _grain.Subscribe(reference);
        await _grain.Subscribe(reference);
        Assert.Equal(1, await _grain.Observers());
        await _grain.Publish("once");
        Assert.Equal(["once"], listener.Heard);
    }

    [Fact]
    public async Task A_deleted_observer_is_not_called()
    {
        var (deleted, deletedReference) = Listen();
        var (kept, keptReference) = Listen();
        await _grain.Subscribe(deletedReference);
        await _grain.Subscribe(keptReference);
        host.Client.DeleteObjectReference<INewsObserver>(deletedReference);
        await _grain.Gossip("gossip");
        Assert.Equal("gossip", await kept.Next());
        Assert.Empty(deleted.Heard);
    }

    [Fact]
    public async Task An_observer_that_does_not_renew_is_forgotten()
    {
        var (listener, reference) = Listen();
        await _grain.Subscribe(reference);
        await _grain.PassTime(TimeSpan.FromMinutes(4));
        Assert.Equal(1, await _grain.Observers());
        await _grain.PassTime(TimeSpan.FromMinutes(2));
        await _grain.Publish("too late");
        Assert.Equal(0, await _grain.Observers());
        Assert.Empty(listener.Heard);
    }

    [Fact]
    public async Task A_failing_observer_is_forgotten_and_the_others_are_called()
    {
        var (failing, failingReference) = Listen(fails: true);
        var (listener, reference) = Listen();
        await _grain.Subscribe(failingReference);
        await _grain.Subscribe(reference);
        await _grain.Publish("news");
        Assert.Equal(1, await _grain.Observers());
        Assert.Equal(["news"], listener.Heard);
        GC.KeepAlive(failing);
    }

    [Fact]
    public async Task A_grain_can_observe_another()
    {
        var reader = host.Grain<IReaderGrain>();
        await reader.SubscribeTo(_grain);
        await _grain.Publish("news");
        Assert.Equal(["news"], await reader.Read());
    }

    [Fact]
    public async Task An_object_without_a_reference_cannot_be_passed() =>
        await Assert.ThrowsAnyAsync<Exception>(() => _grain.Subscribe(new Listener(false)));

    [Fact]
    public void A_grain_reference_needs_no_object_reference() =>
        Assert.Throws<ArgumentException>(() => host.Client.CreateObjectReference<INewsObserver>(host.Grain<IReaderGrain>()));

    (Listener, INewsObserver) Listen(bool fails = false)
    {
        var listener = new Listener(fails);
        return (listener, host.Client.CreateObjectReference<INewsObserver>(listener));
    }

    sealed class Listener(bool fails) : INewsObserver
    {
        readonly TaskCompletionSource<string> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Heard { get; } = [];

        public Task<string> Next() => _next.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public Task OnNews(string news)
        {
            if (fails) throw new InvalidOperationException("This observer fails.");
            Heard.Enqueue(news);
            return Task.CompletedTask;
        }

        public Task OnGossip(string gossip)
        {
            _next.TrySetResult(gossip);
            return OnNews(gossip);
        }
    }
}
