using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Carillon.Nodes;

/// <summary>How many nodes this one sees at work: those of a cluster should agree.</summary>
sealed class NodeMetrics(INodes nodes) : IHostedService, IDisposable
{
    readonly Meter _meter = new("Carillon.Nodes");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge("carillon.nodes.active", () => nodes.Active.Length, "{node}", "Nodes that hold grains, as this one sees them.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
