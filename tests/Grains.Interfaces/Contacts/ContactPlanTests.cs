using System.Collections.Immutable;
using System.Globalization;
using Carillon.Calendars;
using Carillon.Leads;
using Carillon.Schedules;

namespace Carillon.Contacts;

public class ContactPlanTests
{
    static readonly TimeZoneInfo Moscow = Zones.Find("Europe/Moscow")!;

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static Lead Lead(string number, string? zone = null) => new()
    {
        Campaign = new("c"),
        Number = new(number),
        CreatedAt = default,
        Data = zone is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add("tz", zone),
    };

    static ContactPlan Plan(ContactConfig? config = null, params string[] laws) =>
        new(laws.Select(l => (ContactLaws.Find(l)!.Rule, IncludedCalendars.Find("RU")))
            .Concat(config?.Rule is { } rule ? [(rule, null)] : []), config ?? new(), Moscow);

    const string Omsk = "+73812123456";

    [Theory]
    [InlineData("2026-11-16T01:59Z", false, "2026-11-16T02:00Z")]
    [InlineData("2026-11-16T02:00Z", true, "2026-11-16T16:00Z")]
    [InlineData("2026-11-16T16:00Z", false, "2026-11-17T02:00Z")]
    [InlineData("2026-11-14T02:30Z", false, "2026-11-14T03:00Z")]
    [InlineData("2026-11-04T14:30Z", false, "2026-11-05T02:00Z")]
    [InlineData("2024-11-02T15:30Z", true, "2024-11-02T16:00Z")]
    public void The_law_counts_hours_where_the_number_is_and_its_holidays_and_worked_Saturdays(string at, bool open, string until) =>
        Assert.Equal((open, At(until)), Plan(null, "RU-230-FZ").HoursOf(Lead(Omsk), At(at)) is var hours ? (hours.IsOpen, hours.Until) : default);

    [Fact]
    public void A_mobile_number_is_called_only_when_it_is_allowed_in_all_zones()
    {
        // 8:00 in Kaliningrad is 6:00 UTC; 22:00 in Kamchatka is 10:00 UTC.
        var plan = Plan(null, "RU-230-FZ");

        Assert.False(plan.HoursOf(Lead("+79161234567"), At("2026-11-16T05:59Z")).IsOpen);
        var hours = plan.HoursOf(Lead("+79161234567"), At("2026-11-16T06:00Z"));
        Assert.Equal((true, At("2026-11-16T10:00Z"), At("2026-11-17T06:00Z")), (hours.IsOpen, hours.Until!.Value, hours.Again!.Value));
    }

    [Fact]
    public void The_lists_column_is_believed_before_the_number_and_the_fallback_only_where_the_number_is_unsure()
    {
        var plan = Plan(new() { ZoneColumn = "tz", FallbackZone = "Europe/Moscow" });

        Assert.Equal("Asia/Tokyo", string.Join(" ", plan.ZonesOf(Lead(Omsk, "Asia/Tokyo"))));
        Assert.Equal("Asia/Omsk", string.Join(" ", plan.ZonesOf(Lead(Omsk, "nobody knows"))));
        Assert.Equal("Europe/Moscow", string.Join(" ", plan.ZonesOf(Lead("+79161234567"))));
        Assert.Equal("UTC+07:00", string.Join(" ", plan.ZonesOf(Lead("+79161234567", "МСК+4"))));
        Assert.Equal("Europe/Moscow", string.Join(" ", Plan().ZonesOf(Lead("+2991234567"))));
    }

    [Fact]
    public void The_number_whose_turn_it_is_counts() =>
        Assert.Equal("Asia/Vladivostok", string.Join(" ", Plan().ZonesOf(Lead(Omsk) with { OtherNumbers = [new("+74232123456")], Tries = LeadTries.None with { Number = 1 } })));

    [Fact]
    public void A_rule_concerns_its_prefixes_only()
    {
        Assert.Equal(HoursNow.Always, Plan(null, "RU-230-FZ", "US-TCPA").HoursOf(Lead("+4930123456"), At("2026-11-16T02:00Z")));
        Assert.Equal(HoursNow.Always, Plan(null, "RU-230-FZ").HoursOf(Lead("+77011234567"), At("2026-11-16T02:00Z")));
        Assert.Empty(Plan(null, "RU-230-FZ").TermsOf(Lead("+77011234567"), null, At("2026-11-16T02:00Z")).Caps);
    }

    [Fact]
    public void Quiet_periods_are_cut_out_of_the_day_of_the_called_party()
    {
        var plan = Plan(new() { Rule = new() { Quiet = [new() { From = new(12, 0), To = new(14, 0) }] } });

        Assert.True(plan.HoursOf(Lead(Omsk), At("2026-11-16T05:59Z")).IsOpen);
        Assert.Equal(At("2026-11-16T08:00Z"), plan.HoursOf(Lead(Omsk), At("2026-11-16T06:00Z")).Until);
    }

    [Fact]
    public void The_terms_end_with_the_schedule_or_with_the_own_hours_whichever_is_first()
    {
        var plan = Plan(null, "RU-230-FZ");
        var now = At("2026-11-16T10:00Z");

        Assert.Equal((At("2026-11-16T12:00Z"), null), Ends(plan.TermsOf(Lead(Omsk), At("2026-11-16T12:00Z"), now)));
        Assert.Equal((At("2026-11-16T16:00Z"), At("2026-11-17T02:00Z")), Ends(plan.TermsOf(Lead(Omsk), At("2026-11-16T18:00Z"), now)));
        Assert.Equal((At("2026-11-16T18:00Z"), null), Ends(Plan().TermsOf(Lead(Omsk), At("2026-11-16T18:00Z"), now)));
        Assert.Equal((At("2026-11-16T17:00Z"), At("2026-11-17T02:00Z")), Ends(plan.TermsOf(Lead(Omsk), At("2026-11-16T18:00Z"), At("2026-11-16T17:00Z"))));

        static (DateTimeOffset?, DateTimeOffset?) Ends(ContactTerms terms) => (terms.Until, terms.Again);
    }

    [Fact]
    public void Hours_that_never_meet_are_told_to_be_never()
    {
        var morning = new ContactRule { Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, new(8, 0), new(12, 0)))] };
        var plan = new ContactPlan([(morning, null), (ContactLaws.Find("US-TCPA")!.Rule with { Prefixes = [], Hours = [new(DayOfWeek.Monday, new(12, 0), new(13, 0))] }, null)], new(), Moscow);

        Assert.Equal(new HoursNow(false, null, null), plan.HoursOf(Lead(Omsk), At("2026-11-16T02:00Z")));
    }

    [Fact]
    public void What_is_kept_is_what_would_be_worked_out_anew_at_any_minute()
    {
        var kept = Plan(new() { Rule = new() { Quiet = [new() { From = new(13, 0), To = new(14, 30) }] } }, "RU-230-FZ", "US-TCPA");
        string[] numbers = [Omsk, "+79161234567", "+12125550100", "+18505550100", "+4930123456"];
        for (var at = At("2026-10-30T00:00Z"); at < At("2026-11-08T00:00Z"); at = at.AddMinutes(97))
            foreach (var number in numbers)
                Assert.Equal(Plan(new() { Rule = new() { Quiet = [new() { From = new(13, 0), To = new(14, 30) }] } }, "RU-230-FZ", "US-TCPA").HoursOf(Lead(number), at), kept.HoursOf(Lead(number), at));
    }

    [Fact]
    public void Every_law_names_its_source_and_is_a_good_rule() =>
        Assert.All(ContactLaws.All, law =>
        {
            Assert.NotEmpty(law.Source);
            Assert.Empty(ContactValidation.Validate(new ContactRuleConfig { Name = law.Id, Rule = law.Rule }, IncludedCalendars.Find("RU")));
        });

    [Fact]
    public void Everything_wrong_is_told_at_once_and_by_its_field()
    {
        var problems = ContactValidation.Validate(
            new()
            {
                Laws = ["RU-230-FZ", "RU-230-FZ", "none"],
                ZoneColumn = " ",
                FallbackZone = "Mars",
                Rule = new()
                {
                    Prefixes = ["7", "+", "+7x"],
                    Hours = [new(DayOfWeek.Monday, new(10, 0), new(9, 0))],
                    Calendar = new() { Follows = "none" },
                    Quiet = [new() { From = new(14, 0), To = new(13, 0) }],
                    Caps = [new() { Calls = 0, Per = CapPeriod.Day }],
                    MinGap = TimeSpan.FromDays(32),
                },
            },
            null, "contact");

        Assert.Equal(
            ["contact.laws[1]", "contact.laws[2]", "contact.rule.prefixes[0]", "contact.rule.prefixes[1]", "contact.rule.prefixes[2]", "contact.rule.hours[0].to", "contact.rule.calendar.follows",
             "contact.rule.quiet[0].to", "contact.rule.minGap", "contact.rule.caps[0].calls", "contact.zoneColumn", "contact.fallbackZone"],
            problems.Select(p => p.Field));
        Assert.Equal("rule.quiet", Assert.Single(ContactValidation.Validate(new() { Name = "silence", Rule = new() { Quiet = [new() { From = default, To = default }] } }, null)).Field);
    }
}
