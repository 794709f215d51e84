using System.Collections.Immutable;
using Carillon.Calendars;
using Carillon.Schedules;

namespace Carillon.Contacts;

/// <summary>Whether a call is allowed at an instant.</summary>
/// <param name="Until">When that changes; null: never, or not within <see cref="ContactHours.Horizon"/>.</param>
/// <param name="Again">When the hours begin next: now, if they are closed; after <paramref name="Until"/>, if they are open.</param>
public readonly record struct HoursNow(bool IsOpen, DateTimeOffset? Until, DateTimeOffset? Again)
{
    public static readonly HoursNow Always = new(true, null, null);
}

/// <summary>When several rules allow a call, each by the clocks of all zones that the called party may be in.</summary>
public static class ContactHours
{
    /// <summary>Hours that do not meet within this time are taken never to meet.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(35);

    /// <summary>How long a number rests whose rules never allow a call: somebody has to change them first.</summary>
    public static readonly TimeSpan NeverAllowedRest = TimeSpan.FromDays(1);

    static readonly ImmutableArray<OpenHours> AnyTime = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, default))];

    /// <summary>Null: the rule says nothing of hours.</summary>
    public static DayPlan? PlanOf(ContactRule rule, WorkCalendar? calendar) => rule.Hours.IsDefaultOrEmpty && rule.Quiet.IsDefaultOrEmpty
        ? null
        : DayPlan.Of(rule.Hours.IsDefaultOrEmpty ? AnyTime : rule.Hours, rule.Calendar, calendar, rule.Quiet);

    public static HoursNow At(IReadOnlyCollection<DayPlan> plans, IReadOnlyCollection<TimeZoneInfo> zones, DateTimeOffset at)
    {
        if (!plans.All(p => zones.All(z => ScheduleRules.IsOpen(p, z, at))))
        {
            var opening = NextOpening(plans, zones, at);
            return new(false, opening, opening);
        }
        DateTimeOffset? closing = null;
        foreach (var plan in plans)
            foreach (var zone in zones)
                if (ScheduleRules.NextClosing(plan, zone, at) is { } next && !(closing <= next)) closing = next;
        return new(true, closing, closing is { } end ? NextOpening(plans, zones, end) : null);
    }

    /// <summary>Each that is closed moves the time on to its own next opening, until nobody moves it any more.</summary>
    public static DateTimeOffset? NextOpening(IReadOnlyCollection<DayPlan> plans, IReadOnlyCollection<TimeZoneInfo> zones, DateTimeOffset at)
    {
        var (time, moved) = (at, true);
        while (moved)
        {
            moved = false;
            foreach (var plan in plans)
            {
                foreach (var zone in zones)
                {
                    if (ScheduleRules.NextOpening(plan, zone, time) is not { } next || next - at > Horizon) return null;
                    (moved, time) = (moved || next > time, next);
                }
            }
        }
        return time;
    }
}
