using System.Collections.Frozen;
using System.Globalization;

namespace Carillon.Calendars;

/// <summary>What a calendar says of a day that is not like others of its weekday.</summary>
/// <param name="IsOff">A public holiday, or a day off that was moved here.</param>
/// <param name="IsShortened">It ends earlier.</param>
/// <param name="WorksLike">A Saturday or Sunday on which people work as on this weekday.</param>
public readonly record struct SpecialDay(bool IsOff = false, bool IsShortened = false, DayOfWeek? WorksLike = null);

/// <summary>A calendar, ready to be asked for days.</summary>
public sealed class WorkCalendar
{
    readonly FrozenDictionary<DateOnly, SpecialDay> _days;
    readonly DateOnly[] _dates;
    readonly (int Month, int Day)[] _yearly;

    WorkCalendar(Dictionary<DateOnly, SpecialDay> days, (int Month, int Day)[] yearly)
    {
        (_days, _yearly) = (days.ToFrozenDictionary(), yearly);
        _dates = [.. days.Keys.Order()];
    }

    /// <summary>After this date there are only yearly holidays.</summary>
    public DateOnly LastDecided => _dates.Length == 0 ? DateOnly.MinValue : _dates[^1];

    /// <param name="config">A valid one (<see cref="CalendarValidation"/>).</param>
    public static WorkCalendar Of(CalendarConfig config)
    {
        var basis = config.Extends is { } name ? IncludedCalendars.Config(name) : null;
        var own = config.Years.Select(y => y.Year).ToHashSet();
        var days = new Dictionary<DateOnly, SpecialDay>();
        foreach (var year in (basis?.Years ?? []).Where(y => !own.Contains(y.Year)).Concat(config.Years)) Add(days, year);
        return new(days, [.. config.Holidays.Concat(basis?.Holidays ?? []).Select(MonthAndDay).Distinct().Order()]);
    }

    /// <summary>Null: a day like others of its weekday.</summary>
    public SpecialDay? Find(DateOnly date)
    {
        if (_yearly.Contains((date.Month, date.Day))) return new(IsOff: true);
        return _days.TryGetValue(date, out var day) ? day : null;
    }

    /// <summary>The first special day after a date; null if there is none.</summary>
    public DateOnly? NextAfter(DateOnly date)
    {
        var place = Array.BinarySearch(_dates, date.AddDays(1));
        if (place < 0) place = ~place;
        DateOnly? next = place < _dates.Length ? _dates[place] : null;
        // 29 February is at most eight years away.
        for (var year = date.Year; year <= date.Year + 8 && _yearly.Length > 0; year++)
        {
            foreach (var (month, day) in _yearly)
            {
                if (day > DateTime.DaysInMonth(year, month) || new DateOnly(year, month, day) is var holiday && holiday <= date) continue;
                return next < holiday ? next : holiday;
            }
        }
        return next;
    }

    internal static bool TryMonthAndDay(string? text, out (int Month, int Day) day)
    {
        // 2024 is a leap year, so that 29 February can be named.
        var found = DateOnly.TryParseExact("2024-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = (date.Month, date.Day);
        return found;
    }

    static (int, int) MonthAndDay(string text) => TryMonthAndDay(text, out var day) ? day : throw new FormatException($"{text} is not a month and day.");

    static void Add(Dictionary<DateOnly, SpecialDay> days, CalendarYear year)
    {
        foreach (var date in year.DaysOff) days[date] = new(IsOff: true);
        foreach (var worked in year.Worked) days[worked.Date] = new(WorksLike: worked.InsteadOf?.DayOfWeek ?? DayOfWeek.Friday);
        foreach (var date in year.Shortened) days[date] = days.GetValueOrDefault(date) with { IsShortened = true };
    }
}
