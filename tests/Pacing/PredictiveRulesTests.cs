using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class PredictiveRulesTests
{
    static readonly HandlingCurve Handling = Learned();
    static readonly AnswerCurve Curve = new AnswerEvidence().Curve();

    /// <summary>Talks of one to three minutes, wrap-ups of ten to twenty seconds.</summary>
    static HandlingCurve Learned()
    {
        var evidence = new HandlingEvidence();
        for (var n = 0; n < 2000; n++)
        {
            evidence.Talked(60 + n % 120);
            evidence.WrappedUp(10 + n % 10);
        }
        return evidence.Curve([], [], 2);
    }

    sealed record Scene(int Agents, int Talking, int WrappingUp, int Ringing, double Chance, double Risk, int Most)
    {
        /// <summary>How far the chance may be off, as a share of it.</summary>
        public double Error { get; init; }

        public PredictiveDecision Decide()
        {
            var (freed, answers) = (new CountForecast(), new CountForecast());
            for (var n = 0; n < Talking; n++) Handling.AddTalking(freed, n * 7 % 180);
            for (var n = 0; n < WrappingUp; n++) Handling.AddWrappingUp(freed, n * 3 % 20);
            for (var n = 0; n < Ringing; n++) Curve.AddRinging(answers, Chance, n * 5 % 30);
            answers.Blur(Error);
            return PredictiveRules.Decide(new() { Freed = freed, Answers = answers, Ringing = Ringing, Times = Curve.Times, Chances = [Chance], RiskLimit = Risk }, Agents, Most);
        }
    }

    static Arbitrary<Scene> Scenes() => (
        from agents in Gen.Choose(-3, 12)
        from talking in Gen.Choose(0, 60)
        from wrappingUp in Gen.Choose(0, 10)
        from ringing in Gen.Choose(0, 60)
        from chance in Gen.Choose(20, 990)
        from risk in Gen.Choose(0, 300)
        from most in Gen.Choose(0, 80)
        from error in Gen.Choose(0, 300)
        select new Scene(agents, talking, wrappingUp, ringing, chance / 1000.0, risk / 1000.0, most) { Error = error / 1000.0 }).ToArbitrary();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(-2, 0)]
    public void With_no_risk_allowed_it_is_one_call_for_each_free_agent(int agents, int calls) =>
        Assert.Equal(calls, new Scene(agents, 30, 5, 0, 0.25, 0, 100).Decide().Calls);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_small_team_of_which_nothing_is_known_gets_one_call_for_each_free_agent(int agents)
    {
        var (nobody, chance) = (new HandlingEvidence().Curve([], [], 2), new ChanceEvidence().Of(default));
        var freed = new CountForecast();
        for (var n = 0; n < 20; n++) nobody.AddTalking(freed, 60);
        var decision = PredictiveRules.Decide(new() { Freed = freed, Answers = new(), Ringing = 0, Times = Curve.Times, Chances = [chance], RiskLimit = 0.03 }, agents, 100);
        Assert.Equal(agents, decision.Calls);
    }

    [Fact]
    public void Three_calls_on_one_agent_of_whom_one_in_ten_answers()
    {
        // The next call's answer comes before t as often as any other's: 1 − (1 − p·x)^calls, over x from 0 to 1, with nobody freed. 0.2 at most makes four.
        var decision = new Scene(1, 0, 0, 0, 0.1, 0.2, 100).Decide();
        Assert.Equal(5, decision.Calls);
        Assert.Equal(Average(4), decision.Risk, 0.005);
        Assert.True(decision.NextRisk > 0.2);

        static double Average(int others) => Enumerable.Range(0, 1000).Average(x => 1 - Math.Pow(1 - 0.1 * (x + 0.5) / 1000, others));
    }

    [Fact]
    public void Leads_that_hardly_answer_are_called_in_greater_numbers_and_each_counts_as_it_is()
    {
        Assert.Equal(2, Calls(0.9));
        Assert.InRange(Calls(0.05, 0.05, 0.9, 0.05), 3, Calls(0.05) - 1);

        static int Calls(params double[] chances) =>
            PredictiveRules.Decide(new() { Freed = new(), Answers = new(), Ringing = 0, Times = Curve.Times, Chances = chances, RiskLimit = 0.05 }, 2, 100).Calls;
    }

    [Fact]
    public void Agents_who_are_about_to_be_free_are_dialed_for()
    {
        Assert.Equal(0, new Scene(0, 0, 0, 0, 0.25, 0.03, 100).Decide().Calls);
        Assert.InRange(new Scene(0, 0, 10, 0, 0.25, 0.03, 100).Decide().Calls, 5, 40);
    }

    [Fact]
    public void Never_more_than_allowed_and_never_for_nobody() =>
        Prop.ForAll(Scenes(), scene =>
        {
            var decision = scene.Decide();
            return decision.Calls >= 0 && decision.Calls <= scene.Most && (decision.Calls == 0 || decision.Risk <= scene.Risk)
                && (scene with { Agents = Math.Min(0, scene.Agents), Talking = 0, WrappingUp = 0 }).Decide().Calls == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Never_more_with_fewer_agents() =>
        Prop.ForAll(Scenes(), scene => (scene with { Agents = scene.Agents - 1 }).Decide().Calls <= scene.Decide().Calls
            && (scene with { Talking = scene.Talking / 2, WrappingUp = scene.WrappingUp / 2 }).Decide().Calls <= scene.Decide().Calls + 1).QuickCheckThrowOnFailure();

    [Fact]
    public void Never_more_with_less_risk() => Prop.ForAll(Scenes(), scene => (scene with { Risk = scene.Risk / 2 }).Decide().Calls <= scene.Decide().Calls).QuickCheckThrowOnFailure();

    [Fact]
    public void Never_more_with_more_ringing() => Prop.ForAll(Scenes(), scene => (scene with { Ringing = scene.Ringing + 5 }).Decide().Calls <= scene.Decide().Calls).QuickCheckThrowOnFailure();

    [Fact]
    public void One_call_at_least_for_each_free_agent_for_whom_none_rings() =>
        Prop.ForAll(Scenes(), scene => scene.Decide().Calls >= Math.Min(Math.Max(0, scene.Agents - scene.Ringing), scene.Most)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    public void With_no_risk_allowed_calls_that_ring_hold_back_no_more_than_one_call_each_however_unsure_the_chance_is(int agents, int ringing) =>
        Assert.Equal(agents - ringing, new Scene(agents, 0, 0, ringing, 0.1, 0, 1000) { Error = 0.3 }.Decide().Calls);

    [Fact]
    public void It_is_never_more_than_it_looks_at() => Assert.Equal(PredictiveRules.MostCalls, new Scene(600, 0, 0, 0, 0.25, 0.03, int.MaxValue).Decide().Calls);
}
