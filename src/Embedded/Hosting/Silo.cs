using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Carillon.Embedded;

/// <summary>Opens the catalog, looks after it, and deactivates every grain when the process stops.</summary>
sealed class Silo(Catalog catalog, Clocks clocks, IOptions<GrainCollectionOptions> collection, IOptions<SiloMessagingOptions> messaging)
    : IHostedService, IAsyncDisposable
{
    ITimer? _collecting;
    ITimer? _expiring;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A timeout is noticed at most a tenth late, and never is a sweep dearer than one a second.
        var sweep = TimeSpan.FromTicks(Math.Clamp(messaging.Value.ResponseTimeout.Ticks / 10, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));
        var quantum = collection.Value.CollectionQuantum;
        _expiring = clocks.Messaging.CreateTimer(_ => catalog.ExpireOverdue(), null, sweep, sweep);
        _collecting = clocks.Activations.CreateTimer(_ => catalog.CollectIdle(), null, quantum, quantum);
        catalog.Open();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_collecting is not null) await _collecting.DisposeAsync();
        await catalog.CloseAsync(cancellationToken);
        if (_expiring is not null) await _expiring.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_collecting is not null) await _collecting.DisposeAsync();
        if (_expiring is not null) await _expiring.DisposeAsync();
    }
}
