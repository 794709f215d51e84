using System.Collections.Immutable;
using System.Globalization;
using Carillon.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Contacts;

public class CapRulesTests
{
    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static readonly ContactTerms Law = new()
    {
        Caps = [new() { Calls = 1, Per = CapPeriod.Day }, new() { Calls = 2, Per = CapPeriod.Week }, new() { Calls = 8, Per = CapPeriod.Month }],
        Zones = ["Asia/Omsk"],
    };

    static ImmutableArray<PastCall> Calls(params string[] at) => [.. at.Select(a => new PastCall(At(a), At(a).AddMinutes(1), true))];

    [Fact]
    public void A_day_ends_at_midnight_of_the_called_party() =>
        Assert.Equal(At("2026-11-16T18:00Z"), CapRules.Check(Law, Calls("2026-11-16T08:00Z"), At("2026-11-16T17:59Z"))!.Value.NotBefore);

    [Fact]
    public void A_new_day_allows_the_next_call() => Assert.Null(CapRules.Check(Law, Calls("2026-11-16T08:00Z"), At("2026-11-16T18:00Z")));

    [Fact]
    public void Two_calls_in_a_week_wait_for_Monday()
    {
        var verdict = CapRules.Check(Law, Calls("2026-11-16T08:00Z", "2026-11-17T08:00Z"), At("2026-11-18T08:00Z"))!.Value;

        Assert.Equal((At("2026-11-22T18:00Z"), "at most 2 calls a week"), (verdict.NotBefore, verdict.Text));
    }

    [Fact]
    public void Eight_calls_in_a_month_wait_for_the_next_month() =>
        Assert.Equal(At("2026-11-30T18:00Z"),
            CapRules.Check(Law, Calls("2026-11-02T08:00Z", "2026-11-03T08:00Z", "2026-11-09T08:00Z", "2026-11-10T08:00Z", "2026-11-16T08:00Z", "2026-11-17T08:00Z", "2026-11-23T08:00Z", "2026-11-24T08:00Z"),
                At("2026-11-29T19:00Z"))!.Value.NotBefore);

    [Fact]
    public void A_rolling_day_is_over_24_hours_after_the_call_that_filled_it()
    {
        var terms = new ContactTerms { Caps = [new() { Calls = 2, Per = CapPeriod.Day, Rolling = true }], Zones = ["UTC"] };

        Assert.Equal(At("2026-11-17T08:00Z"), CapRules.Check(terms, Calls("2026-11-16T08:00Z", "2026-11-16T20:00Z", "2026-11-15T21:00Z"), At("2026-11-16T21:00Z"))!.Value.NotBefore);
        Assert.Null(CapRules.Check(terms, Calls("2026-11-16T08:00Z", "2026-11-16T20:00Z"), At("2026-11-17T08:00Z")));
    }

    [Fact]
    public void A_cap_of_answered_calls_does_not_count_the_others()
    {
        var terms = new ContactTerms { Caps = [new() { Calls = 1, Per = CapPeriod.Day, Counts = CountedCalls.Answered }], Zones = ["UTC"] };
        var call = new PastCall(At("2026-11-16T08:00Z"), At("2026-11-16T08:01Z"), WasAnswered: false);

        Assert.Null(CapRules.Check(terms, [call, call, call], At("2026-11-16T09:00Z")));
        Assert.NotNull(CapRules.Check(terms, [call, call with { WasAnswered = true }], At("2026-11-16T09:00Z")));
    }

    [Fact]
    public void The_gap_is_from_the_end_of_the_last_call()
    {
        var terms = new ContactTerms { MinGap = TimeSpan.FromHours(4) };
        var calls = ImmutableArray.Create(new PastCall(At("2026-11-16T08:00Z"), At("2026-11-16T08:30Z"), true), new PastCall(At("2026-11-16T07:00Z"), At("2026-11-16T07:01Z"), true));

        Assert.Equal((At("2026-11-16T12:30Z"), true), CapRules.Check(terms, calls, At("2026-11-16T12:00Z")) is { } v ? (v.NotBefore, v.IsGap) : default);
        Assert.Null(CapRules.Check(terms, calls, At("2026-11-16T12:30Z")));
    }

    [Fact]
    public void Who_may_be_in_several_zones_has_used_up_a_day_that_is_used_up_in_any()
    {
        var terms = Law with { Zones = ["Europe/Kaliningrad", "Asia/Kamchatka"] };

        // 15:00 on the 16th in Kaliningrad and already 01:00 on the 17th in Kamchatka.
        Assert.Equal(At("2026-11-17T12:00Z"), CapRules.Check(terms, Calls("2026-11-16T13:00Z"), At("2026-11-16T14:00Z"))!.Value.NotBefore);
        Assert.Equal(At("2026-11-16T22:00Z"), CapRules.Check(terms, Calls("2026-11-16T11:30Z"), At("2026-11-16T14:00Z"))!.Value.NotBefore);
    }

    [Fact]
    public void A_midnight_that_the_clock_skips_ends_the_day_all_the_same() =>
        Assert.Equal(At("2018-11-04T03:00Z"),
            CapRules.Check(Law with { Zones = ["America/Sao_Paulo"] }, Calls("2018-11-03T15:00Z"), At("2018-11-03T16:00Z"))!.Value.NotBefore);

    /// <summary>A dialer that obeys the verdict and calls as early as it may: counted by hand, no local day, week or month, and no rolling one, has more calls than its cap.</summary>
    [Fact]
    public void Whoever_obeys_never_calls_more_than_the_caps_allow()
    {
        var caps = (from calls in Gen.Choose(1, 4)
                    from per in Gen.Elements(Enum.GetValues<CapPeriod>())
                    from rolling in Gen.Elements(true, false)
                    select new CallCap { Calls = calls, Per = per, Rolling = rolling }).NonEmptyListOf().Select(list => list.Take(3).ToImmutableArray());
        var cases = from c in caps
                    from zone in Gen.Elements("Asia/Omsk", "America/Sao_Paulo", "Europe/Berlin", "America/Los_Angeles")
                    from gap in Gen.Choose(0, 50)
                    from waits in Gen.Choose(1, 3000).ArrayOf(60)
                    select (c, zone, gap, waits);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var terms = new ContactTerms { Caps = c.c, Zones = [c.zone], MinGap = TimeSpan.FromHours(c.gap) };
            var (now, made) = (At("2018-10-01T00:00Z"), ImmutableArray<PastCall>.Empty);
            foreach (var wait in c.waits)
            {
                if (CapRules.Check(terms, [.. made.Where(m => m.At >= now - CapRules.Memory)], now) is { } verdict)
                {
                    if (verdict.NotBefore <= now) return false;
                    now = verdict.NotBefore;
                    continue;
                }
                made = made.Add(new(now, now.AddMinutes(1), true));
                now = now.AddMinutes(wait);
            }
            var zone = Zones.Find(c.zone)!;
            return c.c.All(cap => made.All(m => Alike(cap, zone, m.At, made) <= cap.Calls))
                && made.Zip(made.Skip(1)).All(pair => pair.Second.At >= pair.First.EndedAt + terms.MinGap);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    static int Alike(CallCap cap, TimeZoneInfo zone, DateTimeOffset at, ImmutableArray<PastCall> made)
    {
        if (cap.Rolling)
        {
            var days = cap.Per switch { CapPeriod.Day => 1, CapPeriod.Week => 7, _ => 31 };
            return made.Count(m => m.At > at.AddDays(-days) && m.At <= at);
        }
        return made.Count(m => Period(m.At) == Period(at));

        (int, int) Period(DateTimeOffset time)
        {
            var local = TimeZoneInfo.ConvertTime(time, zone).DateTime;
            return cap.Per switch
            {
                CapPeriod.Day => (local.Year, local.DayOfYear),
                CapPeriod.Week => (ISOWeek.GetYear(local), ISOWeek.GetWeekOfYear(local)),
                _ => (local.Year, local.Month),
            };
        }
    }
}
