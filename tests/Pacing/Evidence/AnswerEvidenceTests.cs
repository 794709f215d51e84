using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Evidence;

public class AnswerEvidenceTests
{
    [Fact]
    public void At_first_answers_may_come_at_any_second_of_the_first_thirty()
    {
        var times = new AnswerEvidence().Curve().Times;
        Assert.Equal(1, times.Shares.Sum(), 9);
        for (var i = 0; i < Horizon.Length; i++) Assert.Equal(Math.Min(1, Horizon.Seconds[i] / 30), times.By[i], 9);
    }

    [Fact]
    public void Answers_that_come_after_ten_seconds_are_expected_then()
    {
        var evidence = new AnswerEvidence();
        for (var n = 0; n < 5000; n++) evidence.Answered(10.5);
        var times = evidence.Curve().Times;
        Assert.InRange(times.By[4], 0, 0.02);
        Assert.InRange(times.By[5], 0.98, 1);
        Assert.InRange(times.Shares[4] + times.Shares[5], 0.98, 1);
    }

    [Fact]
    public void A_call_that_outlasts_the_others_grows_likelier_to_be_answered()
    {
        var evidence = new AnswerEvidence();
        for (var n = 0; n < 5000; n++)
        {
            evidence.Answered(15.5);
            evidence.EndedOtherwise(5.5);
        }
        var curve = evidence.Curve();
        Assert.Equal(0.2, Last(curve, 0), 0.02);
        Assert.InRange(Last(curve, 8), 0.9, 1);
        Assert.InRange(Last(curve, 40), 0, 1);
    }

    [Fact]
    public void A_call_that_machine_detection_listens_to_wants_an_agent_as_often_and_as_soon_as_those_before_did()
    {
        var evidence = new AnswerEvidence();
        for (var n = 0; n < 5000; n++) evidence.Judged(person: n % 4 == 0, afterSeconds: 6.5);
        var curve = evidence.Curve();

        Assert.Equal(0.25, Listened(curve, 1)[^1], 0.01);
        Assert.Equal(0, Listened(curve, 1)[2], 0.001);
        Assert.Equal(0.25, Listened(curve, 1)[3], 0.01);
        Assert.Equal(0.25, Listened(curve, 6)[0], 0.01);
        // The verdict is overdue.
        Assert.Equal(0.25, Listened(curve, 20)[0], 0.01);
    }

    [Fact]
    public void Before_any_verdict_whoever_is_listened_to_will_want_an_agent_at_once() =>
        Assert.Equal(1, Listened(new AnswerEvidence().Curve(), 3)[0], 9);

    [Fact]
    public void A_call_that_still_rings_cannot_be_ready_before_detection_has_listened_to_it()
    {
        var evidence = new AnswerEvidence();
        for (var n = 0; n < 5000; n++)
        {
            evidence.Answered(12.5);
            evidence.EndedOtherwise(40.5);
            evidence.Judged(person: true, afterSeconds: 4.5);
        }
        // Whoever would have been ready after 12.5 s picked up after 8.
        Assert.Equal(0.2, Last(evidence.Curve(), 6), 0.02);
        Assert.Equal(0, Last(evidence.Curve(), 10), 0.01);
    }

    [Fact]
    public void Nonsense_is_no_time_to_answer()
    {
        var evidence = new AnswerEvidence();
        evidence.Answered(double.NaN);
        evidence.Answered(-1);
        Assert.Equal(new AnswerEvidence().Curve().Times.By.ToArray(), evidence.Curve().Times.By.ToArray());
        evidence.Answered(1e9);
        Assert.Equal(1, evidence.Curve().Times.Shares.Sum(), 9);
        evidence.Judged(person: false, double.NaN);
        Assert.Equal(1, Listened(evidence.Curve(), 1)[0], 9);
    }

    static double[] Listened(AnswerCurve curve, double listened)
    {
        var answers = new CountForecast();
        curve.AddListened(answers, listened);
        return [.. answers.Means];
    }

    static double Last(AnswerCurve curve, double elapsed)
    {
        var answers = new CountForecast();
        curve.AddRinging(answers, 0.2, elapsed);
        return answers.Means[^1];
    }
}
