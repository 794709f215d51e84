using Carillon.Calendars;

namespace Carillon.Schedules;

/// <summary>Both columns of a schedule, ready to be asked.</summary>
public sealed record OpeningTimes(DayPlan Unanswered, DayPlan Answered, TimeZoneInfo Zone)
{
    public static OpeningTimes Of(ScheduleConfig schedule, TimeZoneInfo zone, WorkCalendar? calendar) =>
        new(DayPlan.Of(schedule, hasAnswered: false, calendar), DayPlan.Of(schedule, hasAnswered: true, calendar), zone);

    public DayPlan Column(bool hasAnswered) => hasAnswered ? Answered : Unanswered;

    public bool IsOpen(bool hasAnswered, DateTimeOffset at) => ScheduleRules.IsOpen(Column(hasAnswered), Zone, at);

    /// <summary>When a column closes; null: it does not.</summary>
    public DateTimeOffset? NextClosing(bool hasAnswered, DateTimeOffset at) => ScheduleRules.NextClosing(Column(hasAnswered), Zone, at);

    /// <summary>When a column opens next; null: it does not.</summary>
    public DateTimeOffset? NextOpening(bool hasAnswered, DateTimeOffset at) => ScheduleRules.NextOpening(Column(hasAnswered), Zone, at);

    /// <summary>When either column opens next.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        var (a, b) = (NextOpening(hasAnswered: false, at), NextOpening(hasAnswered: true, at));
        return a is null || b < a ? b : a;
    }
}
