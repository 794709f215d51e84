using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Carillon.Api.Metrics;

/// <summary>Sends spans of attempts to <see cref="ApiOptions.TracesTo"/>. Without it nobody listens, and none is made.</summary>
sealed class Traces(IOptions<ApiOptions> options) : IHostedService, IDisposable
{
    TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.TracesTo is { } collector)
            _provider = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(r => r.AddService("carillon", serviceInstanceId: Environment.MachineName))
                .AddSource("Carillon.*")
                .AddOtlpExporter(o => o.Endpoint = new(collector))
                .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(5_000);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
