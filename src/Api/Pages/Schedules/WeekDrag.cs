using System.Collections.Immutable;

namespace Carillon.Api.Pages.Schedules;

/// <summary>
/// One drag of the mouse over a week. It paints all between where it began and where it is, over what there was before it: a fast mouse tells of few of the
/// cells on its way, and one that turns back leaves nothing behind.
/// </summary>
sealed class WeekDrag
{
    readonly WeekHours _hours;
    readonly ImmutableArray<string> _before;
    readonly int _day, _half;
    readonly bool _opens;

    public WeekDrag(WeekHours hours, DayOfWeek day, int half)
    {
        (_hours, _before) = (hours, [.. WeekHours.Week.Select(d => hours[d])]);
        (_day, _half, _opens) = (WeekHours.Week.IndexOf(day), half, !hours.Halves(day)[half]);
        To(day, half);
    }

    public void To(DayOfWeek day, int half)
    {
        var now = WeekHours.Week.IndexOf(day);
        for (var i = 0; i < _before.Length; i++)
        {
            _hours[WeekHours.Week[i]] = _before[i];
            if (i >= Math.Min(_day, now) && i <= Math.Max(_day, now)) _hours.Paint(WeekHours.Week[i], Math.Min(_half, half), Math.Max(_half, half), _opens);
        }
    }
}
