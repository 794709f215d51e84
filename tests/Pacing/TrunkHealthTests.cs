using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class TrunkHealthTests
{
    static readonly TimeSpan Start = TimeSpan.FromDays(1);

    static TimeSpan At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    static void Tell(TrunkHealth trunk, TrunkResult result, int times, double at = 0)
    {
        for (var i = 0; i < times; i++) trunk.Tell(result, At(at), At(at));
    }

    static TrunkHealth Resting()
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Silent, TrunkHealth.MinimumCount);
        return trunk;
    }

    [Fact]
    public void Too_few_calls_say_nothing_however_they_end()
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Refused, TrunkHealth.MinimumCount - 1);

        Assert.Equal((TrunkState.Healthy, null, new TrunkAllowance(30, 30)), (trunk.State(At(0)), trunk.Failures(At(0)), trunk.Allow(30, At(0))));
    }

    [Theory]
    [InlineData(TrunkResult.Refused)]
    [InlineData(TrunkResult.Silent)]
    public void A_trunk_most_of_whose_calls_fail_is_given_a_rest(TrunkResult failure)
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Reached, 4);
        Tell(trunk, failure, 7);
        Assert.Equal(TrunkState.Weak, trunk.State(At(0)));

        Tell(trunk, failure, 1);

        Assert.Equal((TrunkState.Resting, new TrunkAllowance(0, 0), 1), (trunk.State(At(9.9)), trunk.Allow(30, At(9.9)), trunk.Rests));
        Assert.Equal(TimeSpan.FromSeconds(4), trunk.RestLeft(At(6)));
    }

    [Fact]
    public void A_trunk_some_of_whose_calls_fail_is_used_less_the_more_fail()
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Reached, 16);
        Tell(trunk, TrunkResult.Refused, 4);
        Assert.Equal((TrunkState.Healthy, 40), (trunk.State(At(0)), trunk.Allow(40, At(0)).Calls));

        Tell(trunk, TrunkResult.Refused, 4);
        var some = trunk.Allow(40, At(0)).Calls;
        Tell(trunk, TrunkResult.Refused, 4);
        var more = trunk.Allow(40, At(0)).Calls;

        Assert.Equal(TrunkState.Weak, trunk.State(At(0)));
        Assert.True(10 <= more && more < some && some < 40, $"{some}, {more}");
        Assert.Equal(1, trunk.Allow(1, At(0)).Calls);
    }

    [Fact]
    public void After_its_rest_one_call_at_a_time_probes_and_each_success_allows_one_more()
    {
        var trunk = Resting();
        Assert.Equal((TrunkState.Probing, new TrunkAllowance(30, 1)), (trunk.State(At(10)), trunk.Allow(30, At(10))));

        for (var i = 1; i < TrunkHealth.Recovered; i++)
        {
            Tell(trunk, TrunkResult.Reached, 1, 10 + i);
            Assert.Equal((TrunkState.Recovering, i + 1), (trunk.State(At(10 + i)), trunk.Allow(30, At(10 + i)).Unproven));
        }
        Tell(trunk, TrunkResult.Reached, 1, 30);

        Assert.Equal((TrunkState.Healthy, new TrunkAllowance(30, 30)), (trunk.State(At(30)), trunk.Allow(30, At(30))));
    }

    [Fact]
    public void A_failure_while_it_recovers_allows_one_less_and_only_one_more_failure_than_successes_means_another_rest()
    {
        var trunk = Resting();
        Tell(trunk, TrunkResult.Reached, 3, 10);
        Tell(trunk, TrunkResult.Refused, 1, 11);
        Assert.Equal((TrunkState.Recovering, 3, 1), (trunk.State(At(11)), trunk.Allow(30, At(11)).Unproven, trunk.Rests));

        Tell(trunk, TrunkResult.Refused, 2, 12);
        Assert.Equal((TrunkState.Probing, 1, 1), (trunk.State(At(12)), trunk.Allow(30, At(12)).Unproven, trunk.Rests));

        Tell(trunk, TrunkResult.Refused, 1, 13);
        Assert.Equal((TrunkState.Resting, 20d, 2), (trunk.State(At(13)), trunk.RestLeft(At(13)).TotalSeconds, trunk.Rests));
    }

    /// <summary>One result every three seconds, or when the rest is over; the failing ones are drawn.</summary>
    /// <returns>How many results it took until the trunk was as asked; null if it never was.</returns>
    static int? ResultsUntil(Func<TrunkHealth, TimeSpan, bool> condition, TrunkHealth trunk, double failing, int most, int seed)
    {
        var (random, now) = (new Random(seed), Start);
        for (var i = 1; i <= most; i++)
        {
            now += TimeSpan.FromSeconds(3) + trunk.RestLeft(now + TimeSpan.FromSeconds(3));
            trunk.Tell(random.NextDouble() < failing ? TrunkResult.Refused : TrunkResult.Reached, now, now);
            if (condition(trunk, now)) return i;
        }
        return null;
    }

    [Fact]
    public void A_trunk_that_fails_as_often_as_usual_is_rested_in_less_than_one_of_a_hundred_runs_of_200_calls() =>
        Assert.InRange(Enumerable.Range(0, 2000).Count(seed => ResultsUntil((t, _) => t.Rests > 0, new(), TrunkHealth.UsualFailures, 200, seed) is not null), 0, 19);

    [Fact]
    public void A_rested_trunk_that_fails_as_often_as_usual_is_used_fully_again_after_a_hundred_and_fifty_results_at_the_most()
    {
        var results = Enumerable.Range(0, 1000).Select(seed => ResultsUntil((t, now) => t.State(now) is TrunkState.Healthy, Resting(), TrunkHealth.UsualFailures, 150, seed)).ToList();

        Assert.All(results, r => Assert.NotNull(r));
        Assert.InRange(results.Average(r => r!.Value), TrunkHealth.Recovered, 40);
    }

    [Fact]
    public void A_dead_trunk_is_rested_after_few_calls_whatever_it_did_before() => Prop.ForAll(Gen.Choose(0, 100).ToArbitrary(), before =>
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Reached, before);
        return ResultsUntil((t, _) => t.Rests > 0, trunk, 1, TrunkHealth.WindowCount / 2, 0) is not null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_probe_that_fails_doubles_the_rest_up_to_five_minutes_and_a_recovery_forgets_it()
    {
        var trunk = Resting();
        double now = 0;
        foreach (var expected in new double[] { 10, 20, 40, 80, 160, 300, 300 })
        {
            Assert.Equal(expected, trunk.RestLeft(At(now)).TotalSeconds);
            now += expected;
            Tell(trunk, TrunkResult.Silent, 1, now);
        }
        now += 300;
        Tell(trunk, TrunkResult.Reached, TrunkHealth.Recovered, now);
        Tell(trunk, TrunkResult.Refused, TrunkHealth.MinimumCount, now);

        Assert.Equal(10, trunk.RestLeft(At(now)).TotalSeconds);
    }

    [Fact]
    public void Calls_from_before_the_rest_neither_lengthen_nor_end_it()
    {
        var trunk = Resting();

        foreach (var result in Enum.GetValues<TrunkResult>()) trunk.Tell(result, At(-1), At(11));

        Assert.Equal((TrunkState.Probing, 1), (trunk.State(At(11)), trunk.Rests));
    }

    [Fact]
    public void What_is_older_than_five_minutes_is_forgotten()
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Refused, TrunkHealth.MinimumCount - 1);
        Tell(trunk, TrunkResult.Refused, 1, 301);

        Assert.Equal(TrunkState.Healthy, trunk.State(At(301)));
    }

    static readonly Arbitrary<(TrunkResult Result, int Wait)[]> Stories =
        (from result in Gen.Elements(Enum.GetValues<TrunkResult>()) from wait in Gen.Choose(0, 20) select (result, wait)).ArrayOf().ToArbitrary();

    [Fact]
    public void Whatever_happens_it_stays_within_its_channels_and_is_probed_again_within_five_minutes() => Prop.ForAll(Stories, Gen.Choose(1, 50).ToArbitrary(), (story, channels) =>
    {
        var (trunk, now) = (new TrunkHealth(), Start);
        foreach (var (result, wait) in story)
        {
            now += TimeSpan.FromSeconds(wait);
            trunk.Tell(result, now, now);
            var allowed = trunk.Allow(channels, now);
            if (allowed.Calls < 0 || allowed.Calls > channels || allowed.Unproven < 0 || allowed.Unproven > channels) return false;
            if (trunk.RestLeft(now) > TrunkHealth.LongestRest || trunk.Allow(channels, now + TrunkHealth.LongestRest).Unproven < 1) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Successes_alone_never_lessen_it() => Prop.ForAll(Gen.Choose(0, 200).ToArbitrary(), count =>
    {
        var trunk = new TrunkHealth();
        Tell(trunk, TrunkResult.Reached, count);
        return trunk.Allow(30, At(1)) == new TrunkAllowance(30, 30);
    }).QuickCheckThrowOnFailure();
}
