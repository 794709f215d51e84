using Carillon.Calendars;
using Carillon.Schedules;

namespace Carillon.Storage;

public static class CalendarLookup
{
    /// <summary>The calendar that a rule follows: an included one by its name, or one that users made by its id. Null: there is no rule, or no such calendar.</summary>
    public static async Task<WorkCalendar?> FollowedByAsync(this ConfigStore<CalendarConfig> calendars, CalendarRule? rule, CancellationToken cancel = default)
    {
        if (rule is null) return null;
        if (IncludedCalendars.Find(rule.Follows) is { } included) return included;
        return await calendars.GetAsync(rule.Follows, cancel) is { } stored ? WorkCalendar.Of(stored.Config) : null;
    }
}
