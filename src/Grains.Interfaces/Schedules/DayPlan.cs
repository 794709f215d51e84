using System.Collections.Immutable;
using Carillon.Calendars;

namespace Carillon.Schedules;

/// <summary>The hours of every date: weekdays, then cycle and calendar, then dates that have their own, less the breaks. Knows no time zone.</summary>
public sealed class DayPlan
{
    static readonly HourRange[] None = [];

    readonly HourRange[][] _weekdays = new HourRange[7][];
    readonly DateRange _valid;
    readonly DayCycle? _cycle;
    readonly CalendarRule? _rule;
    readonly WorkCalendar? _calendar;
    readonly ImmutableArray<DatedHours> _dates;
    readonly ImmutableArray<ClosedHours> _breaks;

    DayPlan(ImmutableArray<OpenHours> hours, DateRange? valid, DayCycle? cycle, CalendarRule? rule, WorkCalendar? calendar, ImmutableArray<DatedHours> dates, ImmutableArray<ClosedHours> breaks)
    {
        (_valid, _cycle, _dates, _breaks) = (valid ?? default, cycle, dates.IsDefault ? [] : dates, breaks.IsDefault ? [] : breaks);
        (_rule, _calendar) = rule is null || calendar is null ? (null, null) : (rule, calendar);
        foreach (var day in Enum.GetValues<DayOfWeek>())
            _weekdays[(int)day] = hours.IsDefault ? None : HourRange.Merge(hours.Where(h => h.Day == day).Select(h => HourRange.Of(h.From, h.To)));
    }

    /// <param name="calendar">The one that <see cref="ScheduleConfig.Calendar"/> names.</param>
    public static DayPlan Of(ScheduleConfig schedule, bool hasAnswered, WorkCalendar? calendar) =>
        new(schedule.Column(hasAnswered).Hours, schedule.Valid, schedule.Cycle, schedule.Calendar, calendar, schedule.Dates, schedule.Breaks);

    public static DayPlan Of(ImmutableArray<OpenHours> hours, CalendarRule? rule = null, WorkCalendar? calendar = null, ImmutableArray<ClosedHours> breaks = default) =>
        new(hours, null, null, rule, calendar, [], breaks);

    internal HourRange[] On(DateOnly date)
    {
        if (!_valid.Contains(date)) return None;
        var hours = Dated(date) is { } dated ? HourRange.Merge(dated.Hours.Select(h => HourRange.Of(h.From, h.To))) : OfWeekday(date);
        foreach (var closed in _breaks)
            if (hours.Length > 0 && Holds(closed, date)) hours = HourRange.Cut(hours, HourRange.Of(closed.From, closed.To));
        return hours;
    }

    /// <summary>The last date up to which nothing but the weekday makes a difference.</summary>
    internal DateOnly SameUntil(DateOnly date)
    {
        var end = _cycle?.StretchEnd(date) ?? DateOnly.MaxValue;
        Bound(_valid.From, _valid.To);
        foreach (var dated in _dates) Bound(dated.From, dated.To ?? dated.From);
        foreach (var closed in _breaks) if (closed.Dates is { } dates) Bound(dates.From, dates.To);
        if (_calendar?.Find(date) is not null) return date;
        if (_calendar?.NextAfter(date) is { } special) Bound(special, null);
        return end;

        void Bound(DateOnly? first, DateOnly? last)
        {
            if (first > date) end = Earlier(end, first.Value.AddDays(-1));
            else if (last >= date) end = Earlier(end, last.Value);
        }
    }

    /// <summary>The last date that needs to be looked at to know that, from a date on, it never opens (or closes) again.</summary>
    internal DateOnly SearchEnd(DateOnly date)
    {
        var last = date;
        DateOnly?[] changes =
        [
            _valid.From, _valid.To, _calendar?.LastDecided, .. _dates.Select(d => d.To ?? (DateOnly?)d.From),
            .. _breaks.SelectMany(b => new[] { b.Dates?.From, b.Dates?.To }),
        ];
        foreach (var change in changes) if (change > last) last = change.Value;
        // After the last change weekday and cycle repeat within seven cycles; three rounds, since a clock change may swallow a range, and two years of holidays.
        var days = Math.Max(732, 3 * 7 * (_cycle is null ? 1 : _cycle.On + _cycle.Off));
        return DateOnly.FromDayNumber(Math.Min(last.DayNumber + days, DateOnly.MaxValue.DayNumber - 7));
    }

    DatedHours? Dated(DateOnly date)
    {
        foreach (var dated in _dates) if (date >= dated.From && date <= (dated.To ?? dated.From)) return dated;
        return null;
    }

    HourRange[] OfWeekday(DateOnly date)
    {
        if (_cycle?.Works(date) == false) return None;
        if (_calendar?.Find(date) is not { } special) return _weekdays[(int)date.DayOfWeek];
        if (special.IsOff && _rule!.Holidays == HolidayHours.Closed) return None;
        var like = special.IsOff && _rule!.Holidays == HolidayHours.LikeSunday ? DayOfWeek.Sunday
            : _rule!.WorkedWeekends == WorkedWeekendHours.LikeWeekday && special.WorksLike is { } weekday ? weekday
            : date.DayOfWeek;
        var hours = _weekdays[(int)like];
        return special.IsShortened && hours.Length > 0 ? HourRange.Cut(hours, new(hours[^1].To - _rule.ShortenedBy, HourRange.EndOfDay)) : hours;
    }

    static bool Holds(ClosedHours closed, DateOnly date) =>
        (closed.Days.IsDefaultOrEmpty || closed.Days.Contains(date.DayOfWeek)) && (closed.Dates?.Contains(date) ?? true);

    static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
