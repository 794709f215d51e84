using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Carillon.Api.Metrics;

/// <summary>Writes one scrape. Samples of one family stand together, and a family appears once: both formats demand it.</summary>
sealed class ExpositionWriter(ExpositionFormat format)
{
    readonly StringBuilder _text = new();
    readonly HashSet<string> _families = new(StringComparer.Ordinal);

    bool IsOpen => format == ExpositionFormat.OpenMetrics;

    /// <summary>Returns false for an instrument whose family another meter has already written, or whose kind neither format knows.</summary>
    public bool Write(Metric metric)
    {
        var kind = Kind(metric.MetricType);
        if (kind is null) return false;
        var (family, unit) = MetricNames.Family(metric.Name, metric.Unit, isGauge: kind == "gauge");
        if (!_families.Add(family)) return false;

        var sample = kind == "counter" ? family + "_total" : family;
        Head(IsOpen ? family : sample, kind, unit, metric.Description);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.Histogram: Histogram(family, labels, point); break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic: Sample(sample, labels, point.GetSumLong()); break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic: Sample(sample, labels, point.GetSumDouble()); break;
                case MetricType.LongGauge: Sample(sample, labels, point.GetGaugeLastValueLong()); break;
                default: Sample(sample, labels, point.GetGaugeLastValueDouble()); break;
            }
        }
        return true;
    }

    public string End() => _text.Append(IsOpen ? "# EOF\n" : "").ToString();

    static string? Kind(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    void Head(string name, string kind, string unit, string description)
    {
        _text.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        if (IsOpen && unit.Length > 0) _text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
        if (description.Length > 0) _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(description, quotes: IsOpen)).Append('\n');
    }

    void Histogram(string family, string labels, in MetricPoint point)
    {
        long sum = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            sum += bucket.BucketCount;
            var le = $"le=\"{Bound(bucket.ExplicitBound)}\"";
            Sample(family + "_bucket", labels.Length == 0 ? le : $"{labels},{le}", sum);
        }
        Sample(family + "_sum", labels, point.GetHistogramSum());
        Sample(family + "_count", labels, point.GetHistogramCount());
    }

    void Sample(string name, string labels, double value) => Sample(name, labels, Number(value));

    void Sample(string name, string labels, long value) => Sample(name, labels, value.ToString(CultureInfo.InvariantCulture));

    void Sample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }

    /// <summary>OpenMetrics wants bounds in canonical form: 1.0, not 1.</summary>
    string Bound(double bound)
    {
        var text = Number(bound);
        return IsOpen && double.IsFinite(bound) && text.AsSpan().IndexOfAny(".eE") < 0 ? text + ".0" : text;
    }

    static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    static string Labels(ReadOnlyTagCollection tags)
    {
        // Two tags may become the same label once their names are cleaned; their values are then joined, as OpenTelemetry specifies.
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = MetricNames.Sanitize(key);
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (value is bool) text = text.ToLowerInvariant();
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }
        return string.Join(',', labels.Select(l => $"{l.Key}=\"{Escape(l.Value, quotes: true)}\""));
    }

    static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
