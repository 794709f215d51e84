using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Carillon.Api.Metrics;

/// <summary>
/// Stands on the OpenTelemetry SDK's own pull reader; the package OpenTelemetry.Exporter.Prometheus can take this class's place.
/// Scrapes are taken one after another: the SDK collects for one reader at a time.
/// </summary>
[ExportModes(ExportModes.Pull)]
sealed partial class PrometheusExporter(ILogger<PrometheusExporter>? log = null) : BaseExporter<Metric>, IPullMetricExporter, IDisposable
{
    readonly SemaphoreSlim _scrape = new(1, 1);
    readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);
    ExpositionWriter _writer = new(ExpositionFormat.PrometheusText);

    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            if (!_writer.Write(metric) && _leftOut.Add($"{metric.MeterName} {metric.Name}") && log is not null) LogLeftOut(log, metric.Name, metric.MeterName);
        }
        return ExportResult.Success;
    }

    public async Task<string> Scrape(ExpositionFormat format, CancellationToken cancel)
    {
        await _scrape.WaitAsync(cancel);
        try
        {
            _writer = new(format);
            Collect?.Invoke(Timeout.Infinite);
            return _writer.End();
        }
        finally
        {
            _scrape.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The instrument {Instrument} of {Meter} is left out of /metrics: another one has its name there, or its kind is not known to the format.")]
    static partial void LogLeftOut(ILogger log, string instrument, string meter);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _scrape.Dispose();
        base.Dispose(disposing);
    }
}
