using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Schedules;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

public class CallEvidenceTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    readonly CallEvidence _evidence = new(Setup());

    static CampaignSetup Setup()
    {
        var campaign = new CampaignConfig { Name = "spring", Schedule = new("always"), Queue = new("sales"), Mode = PacingMode.Predictive, MachineDetection = new(), Trunks = [new("t")] };
        return new(campaign, GrainNode.Always, OpeningTimes.Of(GrainNode.Always, TimeZoneInfo.Utc, null), null, ImmutableDictionary<TrunkId, Servers.TrunkConfig>.Empty, CampaignRules.Of(campaign, GrainNode.Always), null!);
    }

    static Flight Placed(int n) => new(new()
    {
        Id = new($"carillon-{n:00000000000000000000000000}"),
        Campaign = new("spring"),
        LeadId = n,
        Number = new("+74951234567"),
        Server = new("pbx1"),
        Trunk = new("t"),
        Queue = new("sales"),
        At = Now,
        AttemptNumber = 1,
    }, null, CallState.Ringing, 0.25);

    static Flight Listened(int n) => Placed(n) with { State = CallState.Answered, AnsweredAt = Now.AddSeconds(10) };

    void See(MachineVerdict verdict)
    {
        var judged = Now.AddSeconds(12.5);
        var report = new CallReport { Attempt = Placed(1).Intent.Id, State = CallState.Answered, At = judged, Server = new("pbx1"), Detection = new(verdict, TimeSpan.FromSeconds(2.5)) };
        report = verdict == MachineVerdict.Human ? report with { ReadyAt = judged } : report with { State = CallState.Ended, Outcome = Outcome.Machine };
        _evidence.Saw(Listened(1), report);
    }

    double Expected(params Flight[] calls) => _evidence.Forecast(calls, Now.AddSeconds(11)).Means[^1];

    [Fact]
    public void A_call_that_AMD_listens_to_is_likelier_to_want_an_agent_than_one_that_rings_and_as_likely_as_those_before_did()
    {
        for (var n = 0; n < 600; n++) See(n % 2 == 0 ? MachineVerdict.Human : MachineVerdict.Machine);

        Assert.Equal(0.5, Expected(Listened(1)), 0.02);
        Assert.Equal(1.0, Expected(Listened(1), Listened(2)), 0.04);
        Assert.InRange(Expected(Placed(1)), 0, 0.3);
    }

    [Fact]
    public void Calls_that_a_silently_dead_trunk_lost_do_not_teach_that_nobody_answers()
    {
        var before = _evidence.Chance(Placed(1).Intent);
        for (var n = 1; n <= 100; n++)
            _evidence.Saw(Placed(n), new() { Attempt = Placed(n).Intent.Id, State = CallState.Ended, At = Now.AddSeconds(30), Server = new("pbx1"), Outcome = Outcome.NoAnswer, TrunkFailed = true });
        _evidence.Remember([], [.. Enumerable.Range(1, 100).Select(n => new Attempt { Intent = Placed(n).Intent, EndedAt = Now.AddSeconds(30), Outcome = Outcome.NoAnswer, TrunkFailed = true })], [], null, Now);

        Assert.Equal(before, _evidence.Chance(Placed(1).Intent));
    }

    [Fact]
    public void What_AMD_found_is_remembered_from_calls_of_before()
    {
        var answered = Placed(1).Intent;
        Attempt Past(MachineVerdict verdict, Outcome outcome) => new()
        {
            Intent = answered,
            AnsweredAt = Now.AddSeconds(10),
            Verdict = verdict,
            VerdictAt = Now.AddSeconds(12.5),
            EndedAt = Now.AddSeconds(40),
            Outcome = outcome,
        };
        _evidence.Remember([], [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? Past(MachineVerdict.Human, Outcome.HumanAnswered) : Past(MachineVerdict.Machine, Outcome.Machine))], [], null, Now);

        Assert.Equal(0.25, Expected(Listened(1)), 0.02);
    }

    [Fact]
    public void Talks_that_go_on_count_as_answered_and_abandoned_as_if_the_campaign_had_not_been_taken_up_anew()
    {
        var (book, report) = (new FlightBook(), new CallReport { Attempt = default, State = CallState.Bridged, At = Now.AddSeconds(15), Server = new("pbx1"), ReadyAt = Now.AddSeconds(10) });
        for (var n = 1; n <= 1000; n++)
        {
            book.Place(Placed(n).Intent, null, 0.25);
            var answered = report with { Attempt = Placed(n).Intent.Id, Abandoned = n <= 20 };
            _evidence.Saw(book.Find(answered.Attempt)!, answered);
            book.Apply(answered);
        }
        var anew = new CallEvidence(Setup());
        // One of them has ended by then, and is among what the store counts.
        var ended = new Attempt { Intent = Placed(1).Intent, AnsweredAt = Now.AddSeconds(10), EndedAt = Now.AddSeconds(20), Outcome = Outcome.Abandoned, Abandoned = true };
        anew.Remember([new(Now, 1, 1)], [ended], book.All, null, Now.AddSeconds(20));
        foreach (var evidence in (CallEvidence[])[anew, _evidence])
            foreach (var talk in book.All) evidence.Saw(talk, report with { Attempt = talk.Intent.Id, State = CallState.Ended, Abandoned = talk.WasAbandoned, Outcome = Outcome.HumanAnswered });

        Assert.Equal((10, 0.02), (anew.AbandonsLeft, anew.AbandonmentRate));
        Assert.Equal((_evidence.AbandonsLeft, _evidence.AbandonmentRate), (anew.AbandonsLeft, anew.AbandonmentRate));
        var learned = Now.AddSeconds(60);
        Assert.Equal(_evidence.RiskLimit(learned), anew.RiskLimit(learned), 0.0001);
        Assert.Equal(_evidence.Chance(1, Now), anew.Chance(1, Now), 0.01);
    }
}
