using System.Collections.Immutable;
using Carillon.Calendars;
using Carillon.Config;
using Carillon.Schedules;

namespace Carillon.Contacts;

/// <summary>What is wrong with rules of contact that a user sends; all of it at once.</summary>
public static class ContactValidation
{
    public static readonly TimeSpan LongestGap = TimeSpan.FromDays(31);

    const int MostCaps = 16;
    const int MostCalls = 100;
    const int MostPrefixes = 1000;
    const int MostHours = 7 * 24;

    /// <param name="calendar">The one that the campaign's own rule follows; null if there is none of that name.</param>
    public static ImmutableArray<ConfigProblem> Validate(ContactConfig config, WorkCalendar? calendar, string path)
    {
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        Laws(config.Laws, $"{path}.laws", problems);
        if (config.Rule is { } rule) Rule(rule, calendar, $"{path}.rule", problems);
        if (config.ZoneColumn is { } column && (string.IsNullOrWhiteSpace(column) || column.Length > 64)) problems.Add(new($"{path}.zoneColumn", "A column's name has 1 to 64 characters."));
        if (config.FallbackZone is { } zone && ScheduleRules.FindZone(zone) is null) problems.Add(new($"{path}.fallbackZone", ScheduleValidation.UnknownZone(zone)));
        return problems.ToImmutable();
    }

    public static ImmutableArray<ConfigProblem> Validate(ContactRuleConfig config, WorkCalendar? calendar)
    {
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        if (string.IsNullOrWhiteSpace(config.Name)) problems.Add(new("name", "A contact rule needs a name."));
        Laws(config.Laws, "laws", problems);
        if (config.Rule is { } rule)
        {
            Rule(rule, calendar, "rule", problems);
            if (rule.Hours.IsEmpty && rule.Quiet.IsEmpty && rule.Caps.IsEmpty && rule.MinGap == TimeSpan.Zero) problems.Add(new("rule", "It forbids nothing: give it hours, quiet periods, caps or a gap."));
        }
        else if (config.Laws.IsEmpty) problems.Add(new("rule", "It rules nothing: give it laws, or a rule."));
        return problems.ToImmutable();
    }

    static void Laws(ImmutableArray<string> laws, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        for (var i = 0; i < laws.Length; i++)
        {
            if (ContactLaws.Find(laws[i]) is null) problems.Add(new($"{path}[{i}]", $"There is no law \"{laws[i]}\"; there are: {string.Join(", ", ContactLaws.All.Select(l => l.Id))}."));
            else if (laws.IndexOf(laws[i]) < i) problems.Add(new($"{path}[{i}]", $"The law {laws[i]} is named twice."));
        }
    }

    static void Rule(ContactRule rule, WorkCalendar? calendar, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (rule.Prefixes.Length > MostPrefixes) problems.Add(new($"{path}.prefixes", $"At most {MostPrefixes} prefixes are allowed, not {rule.Prefixes.Length}."));
        for (var i = 0; i < rule.Prefixes.Length; i++)
            if (rule.Prefixes[i] is not ['+', _, ..] || !rule.Prefixes[i].AsSpan(1).ContainsOnlyDigits()) problems.Add(new($"{path}.prefixes[{i}]", "A prefix is a plus and digits, such as +7."));
        if (rule.Hours.Length > MostHours) problems.Add(new($"{path}.hours", $"At most {MostHours} ranges are allowed, not {rule.Hours.Length}."));
        DayValidation.Hours(rule.Hours, $"{path}.hours", problems);
        DayValidation.Calendar(rule.Calendar, calendar, $"{path}.calendar", problems);
        DayValidation.Closed(rule.Quiet, $"{path}.quiet", problems);
        if (rule.MinGap < TimeSpan.Zero || rule.MinGap > LongestGap) problems.Add(new($"{path}.minGap", $"The gap must be from 0 to {LongestGap.Days} days, but is {rule.MinGap}."));
        if (rule.Caps.Length > MostCaps) problems.Add(new($"{path}.caps", $"At most {MostCaps} caps are allowed, not {rule.Caps.Length}."));
        for (var i = 0; i < rule.Caps.Length; i++)
            if (rule.Caps[i].Calls is < 1 or > MostCalls) problems.Add(new($"{path}.caps[{i}].calls", $"A cap allows 1 to {MostCalls} calls, not {rule.Caps[i].Calls}."));
        MustOpen(rule, calendar, path, problems);
    }

    static void MustOpen(ContactRule rule, WorkCalendar? calendar, string path, ImmutableArray<ConfigProblem>.Builder problems)
    {
        if (problems.Count > 0 || ContactHours.PlanOf(rule, calendar) is not { } plan) return;
        if (ScheduleRules.NextOpening(plan, TimeZoneInfo.Utc, new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) is null)
            problems.Add(new(rule.Hours.IsEmpty ? $"{path}.quiet" : $"{path}.hours", "It never allows a call: the quiet periods leave nothing of its hours."));
    }

    static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
