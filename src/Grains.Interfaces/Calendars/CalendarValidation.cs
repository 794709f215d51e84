using System.Collections.Immutable;
using System.Globalization;
using Carillon.Config;

namespace Carillon.Calendars;

/// <summary>What is wrong with a calendar that a user sends; all of it at once.</summary>
public static class CalendarValidation
{
    const int MostYears = 100;

    public static ImmutableArray<ConfigProblem> Validate(CalendarConfig config)
    {
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        if (string.IsNullOrWhiteSpace(config.Name)) problems.Add(new("name", "A calendar needs a name."));
        else if (IncludedCalendars.Config(config.Name) is not null) problems.Add(new("name", $"{config.Name} is the name of an included calendar: choose another one, and extend it."));
        if (config.Extends is { } basis && IncludedCalendars.Config(basis) is null)
            problems.Add(new("extends", $"There is no included calendar {basis}; there are: {string.Join(", ", IncludedCalendars.All.Select(c => c.Name))}."));
        for (var i = 0; i < config.Holidays.Length; i++)
            if (!WorkCalendar.TryMonthAndDay(config.Holidays[i], out _)) problems.Add(new($"holidays[{i}]", "A yearly holiday is written month-day, such as 01-07."));
        if (config.Years.Length > MostYears) problems.Add(new("years", $"At most {MostYears} years are allowed, not {config.Years.Length}."));
        for (var i = 0; i < config.Years.Length; i++)
        {
            if (config.Years.Take(i).Any(y => y.Year == config.Years[i].Year)) problems.Add(new($"years[{i}].year", $"The year {config.Years[i].Year} is listed twice."));
            Year(config.Years[i], $"years[{i}]", problems);
        }
        return problems.ToImmutable();
    }

    static void Year(CalendarYear year, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (year.Year is < 2000 or > 2100) problems.Add(new($"{path}.year", $"The year must be from 2000 to 2100, not {year.Year}."));
        Dates(year.DaysOff, "daysOff");
        Dates(year.Shortened, "shortened");
        Dates([.. year.Worked.Select(w => w.Date)], "worked");
        for (var i = 0; i < year.Worked.Length; i++)
        {
            var (date, insteadOf) = year.Worked[i];
            if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) problems.Add(new($"{path}.worked[{i}]", $"{Text(date)} is a {date.DayOfWeek} and worked anyway."));
            if (year.DaysOff.Contains(date)) problems.Add(new($"{path}.worked[{i}]", $"{Text(date)} is also listed as a day off."));
            if (insteadOf?.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) problems.Add(new($"{path}.worked[{i}].insteadOf", $"{Text(insteadOf.Value)} is a {insteadOf.Value.DayOfWeek}, which is no working day."));
        }
        for (var i = 0; i < year.Shortened.Length; i++)
            if (year.DaysOff.Contains(year.Shortened[i])) problems.Add(new($"{path}.shortened[{i}]", $"{Text(year.Shortened[i])} is also listed as a day off."));

        void Dates(ImmutableArray<DateOnly> dates, string field)
        {
            for (var i = 0; i < dates.Length; i++)
            {
                if (dates[i].Year != year.Year) problems.Add(new($"{path}.{field}[{i}]", $"{Text(dates[i])} is not in {year.Year}."));
                else if (dates.IndexOf(dates[i]) < i) problems.Add(new($"{path}.{field}[{i}]", $"{Text(dates[i])} is listed twice."));
            }
        }
    }

    static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
