using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Carillon.Api.Metrics;

/// <summary>
/// Stands on the OpenTelemetry SDK's own pull reader; the package OpenTelemetry.Exporter.Prometheus can take this class's place.
/// Scrapes are taken one after another: the SDK collects for one reader at a time.
/// </summary>
[ExportModes(ExportModes.Pull)]
sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter, IDisposable
{
    readonly SemaphoreSlim _scrape = new(1, 1);
    ExpositionWriter _writer = new(ExpositionFormat.PrometheusText);

    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch) _writer.Write(metric);
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

    protected override void Dispose(bool disposing)
    {
        if (disposing) _scrape.Dispose();
        base.Dispose(disposing);
    }
}
