using System.Collections.Immutable;
using Carillon.Calendars;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Schedules;

namespace Carillon.Contacts;

/// <summary>
/// All rules of contact of one campaign, ready to be asked for leads. What it works out for an area holds until the hours there open or close, and is kept
/// until then: asking for a lead is a look-up.
/// </summary>
public sealed class ContactPlan
{
    readonly ImmutableArray<(ContactRule Rule, DayPlan? Hours)> _rules;
    readonly ContactConfig _config;
    readonly TimeZoneInfo _scheduleZone;
    readonly Dictionary<(string Zones, ulong Rules), (HoursNow Hours, DateTimeOffset AskedAt)> _known = [];

    const int MostKnown = 10_000;

    /// <summary>Most rules of one plan, laws included.</summary>
    public const int MostRules = 64;

    /// <param name="rules">At most <see cref="MostRules"/>, each with the calendar that it follows.</param>
    /// <param name="scheduleZone">For numbers of which nothing is known.</param>
    public ContactPlan(IEnumerable<(ContactRule Rule, WorkCalendar? Calendar)> rules, ContactConfig config, TimeZoneInfo scheduleZone)
    {
        _rules = [.. rules.Take(MostRules).Select(r => (r.Rule, ContactHours.PlanOf(r.Rule, r.Calendar)))];
        (_config, _scheduleZone) = (config, scheduleZone);
    }

    /// <summary>Whether anything limits how often a number is called.</summary>
    public bool HasCaps => _rules.Any(r => r.Rule.MinGap > TimeSpan.Zero || !r.Rule.Caps.IsDefaultOrEmpty);

    /// <summary>The zones that the lead may be in; all of them must allow a call.</summary>
    public ImmutableArray<string> ZonesOf(Lead lead)
    {
        if (_config.ZoneColumn is { } column && lead.Data.TryGetValue(column, out var text) && Zones.Find(text) is { } zone) return [zone.Id];
        var zones = NumberZones.Of(lead.NextNumber);
        if (zones.Length == 1) return zones;
        return _config.FallbackZone is { } fallback ? [fallback] : zones.IsEmpty ? [_scheduleZone.Id] : zones;
    }

    /// <summary>Whether the lead's own hours allow a call, whatever the schedule says.</summary>
    public HoursNow HoursOf(Lead lead, DateTimeOffset now)
    {
        var (mask, plans) = (0UL, new List<DayPlan>());
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].Hours is not { } plan || !_rules[i].Rule.Concerns(lead.NextNumber.Value)) continue;
            mask |= 1UL << i;
            plans.Add(plan);
        }
        if (plans.Count == 0) return HoursNow.Always;
        var zones = ZonesOf(lead);
        var key = (string.Join('|', zones), mask);
        if (_known.TryGetValue(key, out var known) && now >= known.AskedAt && now < (known.Hours.Until ?? known.AskedAt + ContactHours.NeverAllowedRest)) return known.Hours;
        var hours = ContactHours.At(plans, Infos(zones), now);
        if (_known.Count >= MostKnown) _known.Clear();
        _known[key] = (hours, now);
        return hours;
    }

    /// <summary>What the subscriber is to check for this call.</summary>
    /// <param name="closesAt">When the schedule closes for this lead.</param>
    public ContactTerms TermsOf(Lead lead, DateTimeOffset? closesAt, DateTimeOffset now)
    {
        var rules = _rules.Where(r => r.Rule.Concerns(lead.NextNumber.Value)).ToList();
        if (rules.Count == 0) return ContactTerms.Free with { Until = closesAt };
        var hours = HoursOf(lead, now);
        var ownUntil = hours.IsOpen ? hours.Until : now;
        var ownFirst = ownUntil is { } own && !(closesAt < own);
        return new()
        {
            Until = ownFirst ? ownUntil : closesAt,
            Again = ownFirst ? hours.Again ?? now + ContactHours.NeverAllowedRest : null,
            Caps = [.. rules.SelectMany(r => r.Rule.Caps.IsDefault ? [] : r.Rule.Caps)],
            MinGap = rules.Max(r => r.Rule.MinGap),
            Zones = ZonesOf(lead),
        };
    }

    static List<TimeZoneInfo> Infos(ImmutableArray<string> zones) => [.. zones.Select(z => Zones.Find(z) ?? TimeZoneInfo.Utc)];
}
