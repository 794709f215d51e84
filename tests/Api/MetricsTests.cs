using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Carillon.Api.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Carillon.Api.Tests;

public sealed partial class MetricsTests : IDisposable
{
    readonly Meter _meter = new("Carillon.Test." + Guid.NewGuid().ToString("N"));
    readonly PrometheusExporter _exporter = new();
    readonly MeterProvider _provider;

    public MetricsTests() => _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddReader(new BaseExportingMetricReader(_exporter)).Build();

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    Task<string> Text() => _exporter.Scrape(ExpositionFormat.PrometheusText, default);

    Task<string> Open() => _exporter.Scrape(ExpositionFormat.OpenMetrics, default);

    [Fact]
    public async Task A_counter_ends_in_total_and_its_family_is_named_as_each_format_wants()
    {
        _meter.CreateCounter<long>("carillon.call.attempts", "{call}", "Calls that were placed.").Add(3, new KeyValuePair<string, object?>("outcome", "Busy"));
        Assert.Equal("# TYPE carillon_call_attempts_total counter\n# HELP carillon_call_attempts_total Calls that were placed.\ncarillon_call_attempts_total{outcome=\"Busy\"} 3\n", await Text());
        Assert.Equal("# TYPE carillon_call_attempts counter\n# HELP carillon_call_attempts Calls that were placed.\ncarillon_call_attempts_total{outcome=\"Busy\"} 3\n# EOF\n", await Open());
    }

    [Fact]
    public async Task Up_down_counters_and_gauges_are_gauges_and_units_stand_in_the_name()
    {
        _meter.CreateUpDownCounter<long>("carillon.calls", "{call}").Add(-2);
        _meter.CreateObservableGauge("carillon.ami.lag", () => 0.25, "s");
        var text = await Open();
        Assert.Contains("# TYPE carillon_calls gauge\ncarillon_calls -2\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE carillon_ami_lag_seconds gauge\n# UNIT carillon_ami_lag_seconds seconds\ncarillon_ami_lag_seconds 0.25\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_histogram_has_growing_buckets_up_to_infinity_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram("carillon.decision.duration", "s", "", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in new[] { 0.2, 0.7, 5 }) histogram.Record(value);
        Assert.Equal("""
            # TYPE carillon_decision_duration_seconds histogram
            # UNIT carillon_decision_duration_seconds seconds
            carillon_decision_duration_seconds_bucket{le="0.5"} 1
            carillon_decision_duration_seconds_bucket{le="1.0"} 2
            carillon_decision_duration_seconds_bucket{le="+Inf"} 3
            carillon_decision_duration_seconds_sum 5.9
            carillon_decision_duration_seconds_count 3
            # EOF

            """.ReplaceLineEndings("\n"), await Open());
        Assert.Contains("_bucket{le=\"1\"} 2\n", await Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_and_help_are_escaped()
    {
        _meter.CreateCounter<long>("carillon.odd", null, "A \\ and\na line").Add(1, new KeyValuePair<string, object?>("what.is it", "quote \" back \\ line\n"));
        var text = await Text();
        Assert.Contains("# HELP carillon_odd_total A \\\\ and\\na line\n", text, StringComparison.Ordinal);
        Assert.Contains("carillon_odd_total{what_is_it=\"quote \\\" back \\\\ line\\n\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_family_appears_once_and_every_line_keeps_the_grammar()
    {
        _meter.CreateCounter<long>("carillon.twice").Add(1);
        _meter.CreateCounter<long>("carillon_twice").Add(1);
        _meter.CreateObservableGauge("carillon.not.a.number", () => double.NaN);
        var text = await Open();
        Assert.Single(Regex.Matches(text, "# TYPE carillon_twice "));
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("text/plain;version=0.0.4", false)]
    [InlineData("application/openmetrics-text;q=0.2, text/plain;q=0.9", false)]
    [InlineData("*/*", false)]
    [InlineData("rubbish", false)]
    public void The_format_is_the_one_that_the_scraper_prefers(string accept, bool open) =>
        Assert.Equal(open ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText, ExpositionFormats.Choose([accept]));

    [GeneratedRegex("""^(# (TYPE|UNIT|HELP) [a-zA-Z_:][a-zA-Z0-9_:]* .+|# EOF|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)+\})? (NaN|[+-]Inf|-?[0-9.eE+-]+))$""")]
    private static partial Regex Line();
}
