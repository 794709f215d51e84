using System.Globalization;
using System.Text.RegularExpressions;

namespace Carillon.Schedules;

/// <summary>Time zones as lists name them: an IANA name, or a distance from UTC or Moscow such as <c>UTC+5</c>, <c>+05:30</c>, <c>МСК+2</c>.</summary>
public static partial class Zones
{
    static readonly TimeSpan Moscow = TimeSpan.FromHours(3);
    static readonly TimeSpan Farthest = TimeSpan.FromHours(14);

    /// <summary>Null: the text names no zone.</summary>
    public static TimeZoneInfo? Find(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 64) return null;
        if (ScheduleRules.FindZone(text) is { } named) return named;
        if (Distance().Match(text) is not { Success: true } match) return null;
        var offset = match.Groups["base"].Value.ToUpperInvariant() is "МСК" or "MSK" ? Moscow : TimeSpan.Zero;
        if (match.Groups["hours"].Success)
        {
            var distance = TimeSpan.FromMinutes(60 * Number(match, "hours") + (match.Groups["minutes"].Success ? Number(match, "minutes") : 0));
            offset += match.Groups["sign"].Value == "+" ? distance : -distance;
        }
        if (offset.Duration() > Farthest) return null;
        var name = string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<base>UTC|GMT|МСК|MSK)|(?=[+\-−]))\s*(?:(?<sign>[+\-−])\s*(?<hours>\d{1,2})(?::?(?<minutes>[0-5]\d))?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Distance();
}
