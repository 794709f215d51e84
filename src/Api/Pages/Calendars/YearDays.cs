using Carillon.Calendars;

namespace Carillon.Api.Pages.Calendars;

/// <summary>The days of one year that differ, as they are being changed.</summary>
sealed class YearDays
{
    readonly CalendarYear _before;
    readonly HashSet<DateOnly> _off, _shortened;
    readonly Dictionary<DateOnly, DateOnly?> _worked;

    public YearDays(CalendarYear before) =>
        (_before, _off, _shortened, _worked) = (before, [.. before.DaysOff], [.. before.Shortened], before.Worked.ToDictionary(w => w.Date, w => w.InsteadOf));

    public CalendarYear Config => _before with
    {
        DaysOff = [.. _off.Order()],
        Shortened = [.. _shortened.Order()],
        Worked = [.. _worked.OrderBy(w => w.Key).Select(w => new WorkedWeekend(w.Key, w.Value))],
    };

    /// <summary>A weekday becomes a day off, then a shorter day, then as usual; a Saturday or Sunday is worked, then shorter too, then as usual.</summary>
    public void Turn(DateOnly date)
    {
        if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            if (_off.Remove(date)) _shortened.Add(date);
            else if (!_shortened.Remove(date)) _off.Add(date);
        }
        else if (_off.Remove(date)) _shortened.Remove(date);
        else if (_shortened.Remove(date)) _worked.Remove(date);
        else if (!_worked.TryAdd(date, null)) _shortened.Add(date);
    }
}
