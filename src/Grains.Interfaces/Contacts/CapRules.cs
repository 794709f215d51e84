using System.Collections.Immutable;
using System.Globalization;
using Carillon.Schedules;

namespace Carillon.Contacts;

/// <summary>A cap, or the gap between calls, that stands in the way.</summary>
/// <param name="IsGap">The gap, rather than a cap.</param>
/// <param name="Text">The rule in words, such as <c>at most 2 calls a week</c>.</param>
public readonly record struct CapVerdict(DateTimeOffset NotBefore, bool IsGap, string Text);

/// <summary>How often a number may be called.</summary>
public static class CapRules
{
    /// <summary>How far back calls can matter: a month, in whatever zone, and the longest gap.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(33);

    /// <summary>What forbids a call at <paramref name="now"/> the longest; null: nothing does.</summary>
    /// <param name="calls">Those of the last <see cref="Memory"/>, in any order.</param>
    public static CapVerdict? Check(ContactTerms terms, ImmutableArray<PastCall> calls, DateTimeOffset now)
    {
        CapVerdict? longest = null;
        if (terms.MinGap > TimeSpan.Zero && !calls.IsEmpty)
            Forbid(calls.Max(c => c.EndedAt ?? now) + terms.MinGap, isGap: true, $"at least {terms.MinGap} between calls");
        foreach (var cap in terms.Caps)
        {
            var counted = calls.Where(c => cap.Counts == CountedCalls.EveryCall || c.WasAnswered).Select(c => c.At).OrderDescending().ToList();
            if (counted.Count < cap.Calls) continue;
            if (cap.Rolling) Forbid(counted[cap.Calls - 1] + Length(cap.Per), isGap: false, Words(cap));
            else foreach (var zone in terms.Zones)
            {
                var (start, end) = Period(cap.Per, Zones.Find(zone) ?? TimeZoneInfo.Utc, now);
                if (counted.Count(at => at >= start) >= cap.Calls) Forbid(end, isGap: false, Words(cap));
            }
        }
        return longest;

        void Forbid(DateTimeOffset until, bool isGap, string text)
        {
            if (until > now && !(longest?.NotBefore >= until)) longest = new(until, isGap, text);
        }
    }

    public static string Words(CallCap cap)
    {
        var period = (cap.Rolling, cap.Per) switch
        {
            (true, CapPeriod.Day) => "in 24 hours",
            (true, CapPeriod.Week) => "in 7 days",
            (true, _) => "in 31 days",
            (_, CapPeriod.Day) => "a day",
            (_, CapPeriod.Week) => "a week",
            _ => "a month",
        };
        return string.Create(CultureInfo.InvariantCulture, $"at most {cap.Calls} {(cap.Counts == CountedCalls.Answered ? "answered " : "")}{(cap.Calls == 1 ? "call" : "calls")} {period}");
    }

    static TimeSpan Length(CapPeriod period) => period switch
    {
        CapPeriod.Day => TimeSpan.FromDays(1),
        CapPeriod.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(31),
    };

    /// <summary>The calendar day, week or month of a zone that an instant is in.</summary>
    static (DateTimeOffset Start, DateTimeOffset End) Period(CapPeriod period, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var (first, next) = period switch
        {
            CapPeriod.Day => (today, today.AddDays(1)),
            CapPeriod.Week when today.AddDays(-(((int)today.DayOfWeek + 6) % 7)) is var monday => (monday, monday.AddDays(7)),
            _ when new DateOnly(today.Year, today.Month, 1) is var month => (month, month.AddMonths(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };
        return (StartOf(first, zone), StartOf(next, zone));
    }

    /// <summary>The first instant at which the zone's clock shows the date, or a later one where its midnight is skipped.</summary>
    static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
