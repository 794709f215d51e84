using System.Globalization;
using Carillon.Api.Calls;
using Carillon.Api.Exports;
using Carillon.Api.Problems;
using Carillon.Schedules;
using Microsoft.AspNetCore.Mvc;

namespace Carillon.Api.Statistics;

/// <summary>Which calls to sum up, and by what.</summary>
sealed class StatisticsQuery
{
    /// <summary>campaign (default), agent, hour (of the day), day, trunk or callerId.</summary>
    [FromQuery(Name = "by")] public string? By { get; init; }
    /// <summary>One or several campaigns.</summary>
    [FromQuery(Name = "campaign")] public string[] Campaign { get; init; } = [];
    [FromQuery(Name = "agent")] public string? Agent { get; init; }
    /// <summary>Begun at or after; default seven days before the end.</summary>
    [FromQuery(Name = "from")] public DateTimeOffset? From { get; init; }
    /// <summary>Begun before; default now.</summary>
    [FromQuery(Name = "to")] public DateTimeOffset? To { get; init; }
    /// <summary>Whose hours and days they are: an IANA name, or UTC+3. Default UTC.</summary>
    [FromQuery(Name = "timeZone")] public string? TimeZone { get; init; }

    /// <exception cref="Refusal">400: each field that is wrong.</exception>
    public StatisticsRequest Read(DateTimeOffset now, TimeSpan longest)
    {
        var errors = new FieldErrors();
        var by = Array.FindIndex(Enum.GetNames<StatisticsBy>(), name => name.Equals(By ?? nameof(StatisticsBy.Campaign), StringComparison.OrdinalIgnoreCase));
        errors.AddIf(by < 0, "by", $"Calls are summed up by {string.Join(", ", Enum.GetNames<StatisticsBy>())}, not by {By}.");
        var zone = TimeZone is null ? TimeZoneInfo.Utc : Zones.Find(TimeZone);
        errors.AddIf(zone is null, "timeZone", TimeZones.Unknown(TimeZone));
        var (from, to) = Period.Read(From, To, now, longest, errors);
        errors.ThrowIfAny();
        return new((StatisticsBy)by, zone!, from, to, new() { Campaign = Campaign, Agent = Agent, From = from, To = to });
    }
}

sealed record StatisticsRequest(StatisticsBy By, TimeZoneInfo Zone, DateTimeOffset From, DateTimeOffset To, CallQuery Calls)
{
    /// <summary>Those that the period touches, by the zone's clocks.</summary>
    public IEnumerable<DateTime> Days
    {
        get
        {
            for (var day = Local(From).Date; day <= Local(To.AddTicks(-1)).Date; day = day.AddDays(1)) yield return day;
        }
    }

    /// <summary>All hours of a day, or all days of the period.</summary>
    public IEnumerable<string> Slots => By == StatisticsBy.Hour ? Enumerable.Range(0, 24).Select(Hour) : Days.Select(Day);

    /// <summary>The hour or day of an instant.</summary>
    public string Slot(DateTimeOffset at) => By == StatisticsBy.Hour ? Hour(Local(at).Hour) : Day(Local(at).Date);

    static string Hour(int hour) => hour.ToString("00", CultureInfo.InvariantCulture);

    static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}
