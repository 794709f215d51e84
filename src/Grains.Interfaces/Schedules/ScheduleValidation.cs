using System.Collections.Immutable;
using Carillon.Calendars;
using Carillon.Config;

namespace Carillon.Schedules;

/// <summary>What is wrong with a schedule that a user sends; all of it at once.</summary>
public static class ScheduleValidation
{
    /// <summary>Longest interval between two attempts, so that no time that is computed from it can overflow.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(366);

    const int MostRanges = 7 * 24;

    /// <param name="calendar">The one that <see cref="ScheduleConfig.Calendar"/> names; null if there is none of that name.</param>
    public static ImmutableArray<ConfigProblem> Validate(ScheduleConfig config, WorkCalendar? calendar = null)
    {
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        if (string.IsNullOrWhiteSpace(config.Name)) problems.Add(new("name", "A schedule needs a name."));
        if (ScheduleRules.FindZone(config.TimeZone) is null) problems.Add(new("timeZone", UnknownZone(config.TimeZone)));
        if (config.Unanswered is null) problems.Add(new("unanswered", "A schedule needs the hours and attempts for leads that have not answered."));
        else Column(config.Unanswered, "unanswered", mustOpen: config.Dates.IsEmpty, problems);
        // With one attempt nobody is called again after the answer: such a column needs no hours.
        if (config.Answered is { } answered) Column(answered, "answered", mustOpen: answered.Attempts > 1 && config.Dates.IsEmpty, problems);
        DayValidation.Days(config, calendar, problems);
        if (problems.Count == 0) MustOpen(config, calendar, problems);
        return problems.ToImmutable();
    }

    /// <summary>Hours alone do not make it open: cycle, calendar, dates and breaks may leave nothing of them.</summary>
    static void MustOpen(ScheduleConfig config, WorkCalendar? calendar, ImmutableArray<ConfigProblem>.Builder problems)
    {
        var start = config.Valid?.From ?? new DateOnly(2000, 1, 1);
        var from = new DateTimeOffset(start.AddDays(-1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var zone = ScheduleRules.FindZone(config.TimeZone)!;
        foreach (var answered in (bool[])[false, true])
        {
            if (answered && config.Column(true).Attempts == 1) continue;
            if (ScheduleRules.NextOpening(DayPlan.Of(config, answered, calendar), zone, from) is not null) continue;
            problems.Add(new(answered && config.Answered is not null ? "answered.hours" : "unanswered.hours",
                "The schedule never opens: its validity, cycle, calendar, dates and breaks leave nothing of its hours."));
            return;
        }
    }

    static void Column(ScheduleColumn column, string path, bool mustOpen, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (column.Attempts < 1) problems.Add(new($"{path}.attempts", $"Attempts must be at least 1, not {column.Attempts}."));
        if (column.Interval < TimeSpan.Zero) problems.Add(new($"{path}.interval", $"The interval must not be negative, but is {column.Interval}."));
        if (column.Interval > LongestInterval) problems.Add(new($"{path}.interval", $"The interval must be at most {LongestInterval.Days} days, but is {column.Interval}."));
        if (column.Hours.IsDefaultOrEmpty)
        {
            if (mustOpen) problems.Add(new($"{path}.hours", "The schedule never opens: give at least one range of hours."));
            return;
        }
        if (column.Hours.Length > MostRanges) problems.Add(new($"{path}.hours", $"At most {MostRanges} ranges are allowed, not {column.Hours.Length}."));
        DayValidation.Hours(column.Hours, $"{path}.hours", problems);
    }

    internal static string UnknownZone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "A schedule needs a time zone, such as Europe/Moscow.";
        var shown = name.Length > 64 ? name[..64] + "…" : name;
        return Nearest(name) is { } nearest
            ? $"\"{shown}\" is not a time zone; did you mean {nearest}?"
            : $"\"{shown}\" is not a time zone; use an IANA name such as Europe/Moscow.";
    }

    static string? Nearest(string name)
    {
        if (name.Length > 64) return null;
        var asked = name.Trim().Replace(' ', '_');
        var best = TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId)
            .Select(z => (z.Id, Distance: Math.Min(Distance(z.Id, asked), Distance(z.Id[(z.Id.LastIndexOf('/') + 1)..], asked))))
            .MinBy(z => (z.Distance, z.Id.Length, z.Id));
        return best.Id is not null && best.Distance <= Math.Max(1, asked.Length / 4) ? best.Id : null;
    }

    /// <summary>Letters to insert, delete or replace, whatever their case.</summary>
    static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }
        return row[^1];
    }
}
