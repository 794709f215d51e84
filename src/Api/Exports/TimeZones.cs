using Carillon.Api.Problems;
using Carillon.Schedules;

namespace Carillon.Api.Exports;

/// <summary>The time zone by whose clocks somebody wants to see something.</summary>
static class TimeZones
{
    /// <exception cref="Refusal">400: there is none of that name.</exception>
    public static TimeZoneInfo Read(string? text) => text is null ? TimeZoneInfo.Utc : Zones.Find(text) ?? throw Refusal.Invalid("timeZone", Unknown(text));

    public static string Unknown(string? text) => $"There is no time zone {text}; use a name such as Europe/Moscow.";
}
