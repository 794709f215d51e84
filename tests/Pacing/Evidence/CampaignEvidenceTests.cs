namespace Carillon.Pacing.Evidence;

public class CampaignEvidenceTests
{
    const double Cap = 0.03, Month = 30 * 86_400, Quarter = 900;

    [Fact]
    public void A_campaign_that_is_taken_up_again_from_its_counts_risks_what_it_had_come_to()
    {
        var (lived, relived, forgetful) = (new CampaignEvidence(Cap, Month), new CampaignEvidence(Cap, Month), new CampaignEvidence(Cap, Month));
        var calls = Enumerable.Range(0, 2000).Select(n => (At: n * 40.0, Abandoned: n % 50 == 7)).ToList();
        foreach (var (at, abandoned) in calls)
        {
            lived.Answered(10, at, default);
            if (abandoned) lived.Abandoned(at);
        }
        foreach (var slice in calls.GroupBy(c => Math.Floor(c.At / Quarter)))
        {
            relived.Relive(slice.Key * Quarter, slice.Count(), slice.Count(c => c.Abandoned));
            forgetful.Remember(slice.Key * Quarter, slice.Count(), slice.Count(c => c.Abandoned));
        }

        var now = calls[^1].At;
        Assert.Equal((lived.Window.Answered, lived.AbandonsLeft), (relived.Window.Answered, relived.AbandonsLeft));
        Assert.InRange(relived.RiskLimit(now) / lived.RiskLimit(now), 0.98, 1.02);
        Assert.InRange(forgetful.RiskLimit(now) / lived.RiskLimit(now), 0.1, 0.9);
    }

    [Fact]
    public void What_was_abandoned_long_ago_leaves_the_window_and_the_risk_comes_back()
    {
        var evidence = new CampaignEvidence(Cap, Month);
        for (var n = 0; n < 10; n++) evidence.Answered(10, n, default);
        evidence.Abandoned(10);
        Assert.Equal((0, -0.7), (evidence.RiskLimit(10), Math.Round(evidence.AbandonsLeft, 9)));
        for (var n = 0; n < 10; n++) evidence.Answered(10, Month * 1.02 + n, default);
        Assert.Equal(0.3, evidence.AbandonsLeft, 9);
        Assert.InRange(evidence.RiskLimit(Month * 1.02 + 10), 0.001, Cap);
    }

    [Fact]
    public void Who_is_held_back_by_others_does_not_learn_to_risk_more_but_may_learn_to_risk_less()
    {
        var evidence = new CampaignEvidence(Cap, Month);
        evidence.Answered(10, 0, default);
        var first = evidence.RiskBase;
        evidence.Risked(0, 0);
        for (var n = 1; n < 2000; n++) evidence.Answered(10, n, default);
        Assert.InRange(evidence.RiskBase, 0, first);
        evidence.Risked(evidence.RiskLimit(2000), 2000);
        for (var n = 2000; n < 4000; n++) evidence.Answered(10, n, default);
        Assert.True(evidence.RiskBase > first);
        var learned = evidence.RiskBase;
        for (var n = 0; n < 150; n++) evidence.Abandoned(4000);
        evidence.Risked(-1, 4000);
        for (var n = 0; n < 500; n++) evidence.Answered(10, 4000, default);
        Assert.True(evidence.RiskBase < learned);
    }

    [Fact]
    public void Of_calls_that_begin_together_those_that_end_first_do_not_speak_for_the_rest()
    {
        var evidence = new CampaignEvidence(Cap, Month);
        var unknown = evidence.Chance(default);
        // 500 at once, of whom 100 refuse after 5 s, 200 answer after 12 s, and 200 ring out.
        for (var n = 0; n < 100; n++) evidence.NotAnswered(5, 5, default);
        for (var n = 0; n < 200; n++) evidence.Answered(12, 12, default);
        evidence.RiskLimit(27);
        Assert.Equal(unknown, evidence.Chance(default));
        for (var n = 0; n < 200; n++) evidence.NotAnswered(28, 28, default);
        evidence.RiskLimit(30);
        Assert.InRange(evidence.Chance(default), 0.35, 0.45);
        Assert.Equal(200, evidence.Window.Answered);
    }

    [Fact]
    public void When_no_call_is_left_what_ended_teaches_at_once()
    {
        var evidence = new CampaignEvidence(Cap, Month);
        var unknown = evidence.Chance(default);
        for (var n = 0; n < 100; n++) evidence.NotAnswered(5, 5, default);
        evidence.Mature(29);
        Assert.Equal(unknown, evidence.Chance(default));

        evidence.Settle();
        Assert.InRange(evidence.Chance(default), 0, 0.1);
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_up_nothing_that_was_learned()
    {
        var (evidence, unknown) = (new CampaignEvidence(Cap, Month), new CampaignEvidence(Cap, Month).Chance(default));
        for (var n = 0; n < 100; n++) evidence.NotAnswered(5, 10_000, default);
        Assert.Equal(unknown, evidence.Chance(default));
        evidence.RiskLimit(6_000);
        Assert.InRange(evidence.Chance(default), 0, unknown / 2);
    }

    [Fact]
    public void The_curve_of_answers_is_at_most_ten_seconds_old()
    {
        var evidence = new CampaignEvidence(Cap, Month);
        var first = evidence.Curve(100);
        evidence.Answered(12, 100, default);
        Assert.Same(first, evidence.Curve(109.9));
        Assert.NotSame(first, evidence.Curve(110));
    }
}
