using System.Text;

namespace Carillon.Api.Metrics;

/// <summary>
/// Names as Prometheus knows them: <c>carillon.call.attempts</c> becomes <c>carillon_call_attempts_total</c>.
/// By the OpenTelemetry specification, "Prometheus and OpenMetrics compatibility".
/// </summary>
static class MetricNames
{
    static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["%"] = "percent",
        ["Hz"] = "hertz",
    };

    static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
    };

    /// <summary>The family's name without <c>_total</c>, and its unit in words (empty: none).</summary>
    public static (string Name, string Unit) Family(string instrument, string? unit, bool isGauge)
    {
        var name = Sanitize(instrument, allowColon: true);
        var words = UnitWords(unit, isGauge);
        if (name.EndsWith("_total", StringComparison.Ordinal)) name = name[..^"_total".Length];
        if (words.Length > 0 && name != words && !name.EndsWith("_" + words, StringComparison.Ordinal)) name = $"{name}_{words}";
        return (name, words);
    }

    /// <summary>Runs of characters that are not allowed become one underscore; a leading digit gets one before it.</summary>
    public static string Sanitize(string name, bool allowColon = false)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_' || (c == ':' && allowColon)) text.Append(c);
            else if (text.Length == 0 || text[^1] != '_') text.Append('_');
        }
        if (text.Length == 0) return "_";
        return char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    static string UnitWords(string? unit, bool isGauge)
    {
        // Braces hold remarks for people, such as {call}.
        var bare = System.Text.RegularExpressions.Regex.Replace(unit ?? "", @"\{[^}]*\}", "");
        if (bare.Length == 0) return "";
        if (bare == "1") return isGauge ? "ratio" : "";
        if (bare.IndexOf('/') is var slash and >= 0)
        {
            var (above, below) = (bare[..slash], bare[(slash + 1)..]);
            var per = "per_" + (PerUnits.TryGetValue(below, out var word) ? word : Sanitize(below));
            return above.Length == 0 ? per : $"{Word(above)}_{per}";
        }
        return Word(bare);

        static string Word(string unit) => Units.TryGetValue(unit, out var word) ? word : Sanitize(unit).Trim('_');
    }
}
