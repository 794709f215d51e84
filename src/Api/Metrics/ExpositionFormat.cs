using Microsoft.Net.Http.Headers;

namespace Carillon.Api.Metrics;

public enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    PrometheusText,
    /// <summary>OpenMetrics 1.0.</summary>
    OpenMetrics,
}

static class ExpositionFormats
{
    public static string ContentType(this ExpositionFormat format) => format == ExpositionFormat.OpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>What a scraper prefers by its Accept header; plain text if it says nothing or nothing that can be read.</summary>
    public static ExpositionFormat Choose(IList<string?> accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept.OfType<string>().ToList(), out var types)) return ExpositionFormat.PrometheusText;
        double open = 0, text = 0;
        foreach (var type in types)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase)) open = Math.Max(open, quality);
            else text = Math.Max(text, quality);
        }
        return open > 0 && open >= text ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText;
    }
}
