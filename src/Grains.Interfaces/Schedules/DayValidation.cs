using System.Collections.Immutable;
using System.Globalization;
using Carillon.Calendars;
using Carillon.Config;

namespace Carillon.Schedules;

/// <summary>What is wrong with hours, dates, cycles and breaks, wherever they are used.</summary>
static class DayValidation
{
    const int MostDates = 1000;
    const int MostBreaks = 100;

    public static void Days(ScheduleConfig config, WorkCalendar? calendar, ImmutableArray<ConfigProblem>.Builder problems)
    {
        Range(config.Valid, "valid", problems);
        if (config.Cycle is { } cycle)
        {
            if (cycle.On < 1) problems.Add(new("cycle.on", $"A cycle has at least 1 working day, not {cycle.On}."));
            if (cycle.Off < 1) problems.Add(new("cycle.off", $"A cycle has at least 1 day off, not {cycle.Off}; without days off it is none."));
            if ((long)cycle.On + cycle.Off > DayCycle.Longest) problems.Add(new("cycle", $"A cycle has at most {DayCycle.Longest} days."));
        }
        Calendar(config.Calendar, calendar, "calendar", problems);
        if (config.Dates.Length > MostDates) problems.Add(new("dates", $"At most {MostDates} entries are allowed, not {config.Dates.Length}."));
        for (var i = 0; i < config.Dates.Length; i++)
        {
            var dated = config.Dates[i];
            if (dated.To < dated.From) problems.Add(new($"dates[{i}].to", $"The last date {Text(dated.To.Value)} is before the first, {Text(dated.From)}."));
            for (var j = 0; j < dated.Hours.Length; j++) Order(dated.Hours[j].From, dated.Hours[j].To, $"dates[{i}].hours[{j}].to", "It", problems);
        }
        Closed(config.Breaks, "breaks", problems);
    }

    public static void Hours(ImmutableArray<OpenHours> hours, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        for (var i = 0; i < hours.Length; i++)
        {
            if (!Enum.IsDefined(hours[i].Day)) problems.Add(new($"{path}[{i}].day", $"{(int)hours[i].Day} is not a day of the week."));
            Order(hours[i].From, hours[i].To, $"{path}[{i}].to", hours[i].Day.ToString(), problems);
        }
    }

    public static void Closed(ImmutableArray<ClosedHours> closed, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (closed.Length > MostBreaks) problems.Add(new(path, $"At most {MostBreaks} are allowed, not {closed.Length}."));
        for (var i = 0; i < closed.Length; i++)
        {
            if (closed[i].To != TimeOnly.MinValue && closed[i].From >= closed[i].To) problems.Add(new($"{path}[{i}].to", string.Create(CultureInfo.InvariantCulture,
                $"It begins at {closed[i].From:HH:mm} and ends at {closed[i].To:HH:mm}, which is not later; a range over midnight is written as two, the first to 00:00.")));
            foreach (var day in closed[i].Days.Where(d => !Enum.IsDefined(d))) problems.Add(new($"{path}[{i}].days", $"{(int)day} is not a day of the week."));
            Range(closed[i].Dates, $"{path}[{i}].dates", problems);
        }
    }

    public static void Calendar(CalendarRule? rule, WorkCalendar? calendar, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (rule is null) return;
        if (calendar is null) problems.Add(new($"{path}.follows",
            $"There is no calendar \"{rule.Follows}\": use the id of one of yours, or an included one ({string.Join(", ", IncludedCalendars.All.Select(c => c.Name))})."));
        if (rule.ShortenedBy < TimeSpan.Zero || rule.ShortenedBy >= HourRange.EndOfDay)
            problems.Add(new($"{path}.shortenedBy", $"A day can be shortened by 0 to 24 hours, not by {rule.ShortenedBy}."));
    }

    static void Range(DateRange? range, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (range is { From: { } from, To: { } to } && to < from) problems.Add(new($"{path}.to", $"The last date {Text(to)} is before the first, {Text(from)}."));
    }

    static void Order(TimeOnly from, TimeOnly to, string path, string subject, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (to != TimeOnly.MinValue && from >= to) problems.Add(new(path, string.Create(CultureInfo.InvariantCulture,
            $"{subject} opens at {from:HH:mm} and closes at {to:HH:mm}, which is not later; a range over midnight is written as two, the first to 00:00.")));
    }

    static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
