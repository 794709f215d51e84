using System.Collections.Immutable;
using System.Globalization;
using Carillon.Config;

namespace Carillon.Schedules;

/// <summary>What is wrong with a schedule that a user sends; all of it at once.</summary>
public static class ScheduleValidation
{
    /// <summary>Longest interval between two attempts, so that no time that is computed from it can overflow.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(366);

    const int MostRanges = 7 * 24;

    public static ImmutableArray<ConfigProblem> Validate(ScheduleConfig config)
    {
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        if (string.IsNullOrWhiteSpace(config.Name)) problems.Add(new("name", "A schedule needs a name."));
        if (ScheduleRules.FindZone(config.TimeZone) is null) problems.Add(new("timeZone", UnknownZone(config.TimeZone)));
        if (config.Unanswered is null) problems.Add(new("unanswered", "A schedule needs the hours and attempts for leads that have not answered."));
        else Column(config.Unanswered, "unanswered", mustOpen: true, problems);
        // With one attempt nobody is called again after the answer: such a column needs no hours.
        if (config.Answered is { } answered) Column(answered, "answered", mustOpen: answered.Attempts > 1, problems);
        return problems.ToImmutable();
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
        for (var i = 0; i < column.Hours.Length; i++)
        {
            var hours = column.Hours[i];
            if (!Enum.IsDefined(hours.Day)) problems.Add(new($"{path}.hours[{i}].day", $"{(int)hours.Day} is not a day of the week."));
            if (hours.To != TimeOnly.MinValue && hours.From >= hours.To) problems.Add(new($"{path}.hours[{i}].to", string.Create(CultureInfo.InvariantCulture,
                $"{hours.Day} opens at {hours.From:HH:mm} and closes at {hours.To:HH:mm}, which is not later; a range over midnight is written as two, the first to 00:00.")));
        }
    }

    static string UnknownZone(string? name)
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
