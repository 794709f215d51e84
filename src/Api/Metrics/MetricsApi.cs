using Carillon.Api.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Carillon.Api.Metrics;

static class MetricsApi
{
    static readonly string[] Meters = ["Carillon*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime"];

    public static IServiceCollection AddCarillonMetrics(this IServiceCollection services) => services
        .AddSingleton<PrometheusExporter>()
        .AddSingleton(provider => Sdk.CreateMeterProviderBuilder()
            .AddMeter(Meters)
            .AddReader(new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>()))
            .Build())
        .AddHostedService<MetricsStart>()
        .AddHostedService<Traces>();

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", Scrape).AddEndpointFilter<LocalCallersOnly>().AllowAnonymous().ExcludeFromDescription();

    static async Task<ContentHttpResult> Scrape(HttpRequest request, PrometheusExporter exporter, CancellationToken cancel)
    {
        var format = ExpositionFormats.Choose(request.Headers.Accept);
        return TypedResults.Text(await exporter.Scrape(format, cancel), format.ContentType());
    }

    /// <summary>Counting begins with the node, not with the first scrape.</summary>
    sealed class MetricsStart(MeterProvider meters) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(meters);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
