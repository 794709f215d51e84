using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Utilities;

namespace Carillon.GrainHost.Tests.Observers;

public interface INewsObserver : IGrainObserver
{
    Task OnNews(string news);

    [OneWay]
    Task OnGossip(string gossip);
}

public interface IObservedGrain : IGrainWithStringKey
{
    Task Subscribe(INewsObserver observer);

    Task Unsubscribe(INewsObserver observer);

    Task Publish(string news);

    Task Gossip(string gossip);

    Task<int> Observers();

    Task PassTime(TimeSpan span);
}

public sealed class ObservedGrain : Grain, IObservedGrain
{
    readonly ObserverManager<INewsObserver> _observers;
    DateTime _now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    public ObservedGrain(ILogger<ObservedGrain> logger) =>
        _observers = new(TimeSpan.FromMinutes(5), logger) { GetDateTime = () => _now };

    public Task Subscribe(INewsObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(INewsObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task Publish(string news) => _observers.Notify(o => o.OnNews(news));

    public Task Gossip(string gossip) => _observers.Notify(o => o.OnGossip(gossip));

    public Task<int> Observers()
    {
        _observers.ClearExpired();
        return Task.FromResult(_observers.Count);
    }

    public Task PassTime(TimeSpan span)
    {
        _now += span;
        return Task.CompletedTask;
    }
}

/// <summary>An observer that is itself a grain.</summary>
public interface IReaderGrain : IGrainWithStringKey, INewsObserver
{
    Task SubscribeTo(IObservedGrain grain);

    Task<string[]> Read();
}

public sealed class ReaderGrain : Grain, IReaderGrain
{
    readonly List<string> _read = [];

    public Task SubscribeTo(IObservedGrain grain) => grain.Subscribe(this.AsReference<INewsObserver>());

    public Task<string[]> Read() => Task.FromResult(_read.ToArray());

    public Task OnNews(string news)
    {
        _read.Add(news);
        return Task.CompletedTask;
    }

    public Task OnGossip(string gossip) => OnNews(gossip);
}
