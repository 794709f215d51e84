using System.Globalization;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Schedules;
using Carillon.Subscribers;

namespace Carillon.Leads;

public class WhyRulesTests
{
    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static readonly DateTimeOffset Now = At("2026-11-16T09:00Z");

    static readonly WhyFacts Due = new()
    {
        Lead = new() { Id = 1, Campaign = new("spring"), Number = new("+73812123456"), Status = LeadStatus.New, NextAt = Now.AddHours(-1), CreatedAt = default },
        Campaign = new("spring"),
        Status = CampaignStatus.Running,
        Now = Now,
        Zone = Zones.Find("Europe/Moscow")!,
        Terms = new() { Zones = ["Asia/Omsk"] },
        Ahead = 12,
        Pace = "2 of 9 agents are free.",
    };

    static WhyNot Only(WhyFacts facts)
    {
        var why = WhyRules.Explain(facts);
        Assert.Equal(why.Reasons[0].Text, why.Why);
        return Assert.Single(why.Reasons);
    }

    static WhyFacts With(Func<Lead, Lead> change) => Due with { Lead = change(Due.Lead) };

    static WhyFacts With(SubscriberFacts subscriber) => Due with { Subscriber = subscriber };

    [Fact]
    public void A_lead_that_nothing_keeps_back_waits_its_turn()
    {
        var why = WhyRules.Explain(Due);

        Assert.Equal((WhyNotReason.WaitsItsTurn, 12), (Assert.Single(why.Reasons).Reason, why.Ahead));
        Assert.Equal("It is due and waits its turn: about 12 leads are before it. 2 of 9 agents are free.", why.Why);
    }

    [Fact]
    public void An_excluded_lead_says_why_and_nothing_else_matters() =>
        Assert.Equal(new WhyNot(WhyNotReason.Final, "The lead is excluded: asked for it."),
            Only(With(l => l with { Status = LeadStatus.Excluded, NextAt = null, ExcludedBecause = "asked for it." }) with { Status = CampaignStatus.Stopped, ScheduleOpen = false }));

    [Fact]
    public void A_lead_that_is_through_says_how_it_ended() =>
        Assert.Equal("The lead is through: Unanswered after 3 attempts, the last one Busy.",
            Only(With(l => l with { Status = LeadStatus.Unanswered, NextAt = null, Attempts = 3, LastOutcome = Outcome.Busy })).Text);

    [Fact]
    public void A_lead_that_is_held_for_an_agent_says_until_when()
    {
        var held = With(l => l with { Agent = new("PJSIP/9001") });

        Assert.Equal(new WhyNot(WhyNotReason.HeldForAgent, "It is held for agent PJSIP/9001 until 2026-11-16 13:00 Europe/Moscow; then any agent may have it.", Now.AddHours(1)),
            Only(held with { HoldFor = TimeSpan.FromHours(2) }));
        Assert.Equal(WhyNotReason.WaitsItsTurn, Only(held with { HoldFor = TimeSpan.FromMinutes(30) }).Reason);
        Assert.Equal("Agent PJSIP/9002 is looking at it.", Only(held with { HoldFor = TimeSpan.FromHours(2), ShownTo = new("PJSIP/9002") }).Text);
    }

    [Fact]
    public void A_lead_that_is_being_called_says_so() => Assert.Equal(WhyNotReason.InCall, Only(With(l => l with { Status = LeadStatus.Dialing, NextAt = null })).Reason);

    [Fact]
    public void A_campaign_that_is_paused_or_not_ready_comes_first()
    {
        Assert.Equal("The campaign is not running, it is Paused.", Only(Due with { Status = CampaignStatus.Paused }).Text);
        Assert.Equal("The campaign cannot dial: queue q does not exist.", Only(Due with { Problem = "queue q does not exist" }).Text);
    }

    [Fact]
    public void A_closed_schedule_says_when_it_opens()
    {
        Assert.Equal(new WhyNot(WhyNotReason.ScheduleClosed, "The schedule is closed until 2026-11-16 18:00 Europe/Moscow.", At("2026-11-16T15:00Z")),
            Only(Due with { ScheduleOpen = false, ScheduleOpens = At("2026-11-16T15:00Z") }));
        Assert.Null(Only(Due with { ScheduleOpen = false }).Until);
    }

    [Fact]
    public void A_next_time_in_the_future_says_who_set_it()
    {
        var at = At("2026-11-16T10:30Z");
        Assert.Equal("The retry rule calls it again at 2026-11-16 13:30 Europe/Moscow, after 1 attempt, the last one NoAnswer.",
            Only(With(l => l with { NextAt = at, Attempts = 1, LastOutcome = Outcome.NoAnswer, Status = LeadStatus.Unanswered })).Text);
        Assert.Equal(new WhyNot(WhyNotReason.NextTime, "Somebody asked to be called at 2026-11-16 13:30 Europe/Moscow.", at), Only(With(l => l with { NextAt = at, Status = LeadStatus.Callback })));
        Assert.Equal(new WhyNot(WhyNotReason.OutsideOwnHours, "The hours where the number is put it off until 2026-11-16 13:30 Europe/Moscow.", at),
            Only(With(l => l with { NextAt = at, PutOffUntil = at, PutOffBecause = PutOff.OwnHours })));
        Assert.Equal(new WhyNot(WhyNotReason.NoRoom, "The trunks that its number may go by were full, and many leads wait for them before it; it is tried again at 2026-11-16 13:30 Europe/Moscow.", at),
            Only(With(l => l with { NextAt = at, PutOffUntil = at, PutOffBecause = PutOff.NoRoom })));
        Assert.Null(WhyRules.Explain(With(l => l with { NextAt = at })).Ahead);
    }

    [Fact]
    public void A_number_in_another_call_on_a_list_over_a_cap_or_asleep_says_until_when()
    {
        Assert.Equal(WhyNotReason.NumberInCall, Only(With(new SubscriberFacts { OpenAttempt = new("a") })).Reason);
        Assert.Equal(new WhyNot(WhyNotReason.DoNotCall, "The number is on the do-not-call list of all campaigns: by law."),
            Only(With(new SubscriberFacts { DoNotCall = [new(null, null, "by law.")] })));
        Assert.Equal(new WhyNot(WhyNotReason.OutsideOwnHours, "The rules of contact allow no call where the number is (Asia/Omsk) before 2026-11-17 05:00 Europe/Moscow.", At("2026-11-17T02:00Z")),
            Only(Due with { OwnHours = new(false, At("2026-11-17T02:00Z"), At("2026-11-17T02:00Z")) }));
        var called = With(new SubscriberFacts { Calls = [new(Now.AddHours(-2), Now.AddHours(-2), false)] });
        Assert.Equal(new WhyNot(WhyNotReason.OverCap, "The number is not called before 2026-11-16 21:00 Europe/Moscow: at most 1 call a day.", At("2026-11-16T18:00Z")),
            Only(called with { Terms = Due.Terms with { Caps = [new() { Calls = 1, Per = CapPeriod.Day }] } }));
        Assert.Equal((WhyNotReason.TooSoon, Now.AddHours(1)), Only(called with { Terms = Due.Terms with { MinGap = TimeSpan.FromHours(3) } }) is var gap ? (gap.Reason, gap.Until!.Value) : default);
    }

    [Fact]
    public void Everything_that_stands_in_the_way_is_told_at_once_and_each_thing_once()
    {
        var facts = With(l => l with { NextAt = Now.AddHours(5), PutOffUntil = Now.AddHours(5), PutOffBecause = PutOff.Cap }) with
        {
            Status = CampaignStatus.Stopped,
            ScheduleOpen = false,
            HasTrunk = false,
            OwnHours = new(false, null, null),
            Subscriber = new() { DoNotCall = [new(new("spring"), null, null)], Calls = [new(Now.AddHours(-2), Now.AddHours(-2), false)], OpenAttempt = new("a") },
            Terms = Due.Terms with { Caps = [new() { Calls = 1, Per = CapPeriod.Day }] },
        };

        Assert.Equal(
            [WhyNotReason.CampaignNotRunning, WhyNotReason.ScheduleClosed, WhyNotReason.NoTrunk, WhyNotReason.DoNotCall, WhyNotReason.OutsideOwnHours, WhyNotReason.OverCap, WhyNotReason.NumberInCall],
            WhyRules.Explain(facts).Reasons.Select(r => r.Reason));
    }
}
