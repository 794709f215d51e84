namespace Carillon.Pacing.Evidence;

public class ChanceEvidenceTests
{
    static readonly Peculiarity Trunk = Peculiarity.Trunk(3);
    static readonly TimeOfDay Morning = new(1, 9.5 * 3600);

    static ChanceEvidence Of(int calls, int everyNth, double secondsApart = 0, params Peculiarity[] peculiarities)
    {
        var evidence = new ChanceEvidence();
        for (var n = 0; n < calls; n++) evidence.Ended(n % everyNth == 0, n * secondsApart, Morning, peculiarities);
        return evidence;
    }

    [Fact]
    public void At_first_many_answers_are_expected()
    {
        Assert.Equal(0.6, new ChanceEvidence().Mean, 9);
        Assert.Equal(Math.Sqrt(0.4 / 0.6 / 10), new ChanceEvidence().RelativeError(Morning), 9);
        Assert.Equal(0, new ChanceEvidence().Seen);
    }

    [Fact]
    public void Calls_outweigh_the_first_guess()
    {
        var evidence = Of(1000, 4);
        Assert.Equal((250 + 6) / 1010.0, evidence.Mean, 9);
        Assert.Equal(1000, evidence.Seen, 9);
        Assert.True(evidence.RelativeError(Morning) < 0.06);
    }

    [Fact]
    public void Of_a_list_that_rested_for_an_hour_little_is_believed_until_it_is_dialed_again()
    {
        var evidence = Of(1000, 10);
        var (soon, late) = (Morning with { Seconds = Morning.Seconds + 3600 }, Morning with { Day = 2 });
        Assert.Equal((100 + 6) / 1010.0, evidence.Of(soon), 9);
        Assert.Equal((100 * 0.1 + 6) / 110, evidence.Of(late), 9);
        Assert.True(evidence.RelativeError(late) > 2 * evidence.RelativeError(soon));

        for (var n = 0; n < 300; n++) evidence.Ended(n % 10 < 3, 86_400, late);
        Assert.InRange(evidence.Of(late), 0.25, 0.32);
    }

    [Fact]
    public void A_pause_makes_nothing_of_a_few_calls_and_none_is_counted_twice()
    {
        var evidence = Of(20, 10);
        var late = Morning with { Day = 2 };
        Assert.Equal((2 + 6) / 30.0, evidence.Of(late), 9);

        var many = Of(1000, 10);
        many.Ended(false, 86_400, late);
        // A call of before the pause ends behind it.
        many.Ended(false, 86_400, Morning);
        Assert.Equal(102, many.Seen, 1.0);
    }

    [Fact]
    public void Calls_in_a_hurry_fade_by_the_clock()
    {
        var evidence = Of(60_000, 4, secondsApart: 0.1);
        // Weights halve in 600 s: an endless sum of them is 10 calls a second times 600/ln 2.
        Assert.Equal(10 * 600 / Math.Log(2), evidence.Seen, 20.0);
    }

    [Fact]
    public void Calls_that_take_their_time_fade_by_their_count() => Assert.Equal(300 / Math.Log(2), Of(6000, 4, secondsApart: 60).Seen, 1.0);

    [Fact]
    public void A_clock_set_back_fades_nothing()
    {
        var evidence = Of(100, 4, secondsApart: 1);
        var seen = evidence.Seen;
        evidence.Ended(true, -1e6, Morning);
        Assert.Equal(seen + 1, evidence.Seen, 9);
    }

    [Fact]
    public void A_peculiarity_is_believed_by_how_much_was_seen_of_it()
    {
        var evidence = Of(1000, 2);
        var mean = evidence.Mean;
        Assert.Equal(mean, evidence.Of(Morning, Trunk), 9);
        evidence.Ended(false, 0, Morning, Trunk);
        Assert.InRange(evidence.Of(Morning, Trunk) / evidence.Mean, 20 / (20 + mean) - 1e-9, 1);
        for (var n = 0; n < 400; n++)
        {
            evidence.Ended(false, 0, Morning, Trunk);
            evidence.Ended(true, 0, Morning, Peculiarity.Trunk(4));
        }
        Assert.InRange(evidence.Of(Morning, Trunk) / evidence.Mean, 0, 0.2);
        Assert.InRange(evidence.Of(Morning, Peculiarity.Trunk(4)) / evidence.Mean, 1.7, 2);
        Assert.Equal(evidence.Mean, evidence.Of(Morning, Peculiarity.Trunk(5)), 9);
    }

    [Fact]
    public void Kinds_with_one_value_each_say_nothing_however_wrong_the_first_guess_was()
    {
        var evidence = Of(100, 4, 0, Trunk, Peculiarity.Attempt(1));
        Assert.Equal(evidence.Mean, evidence.Of(Morning, Trunk, Peculiarity.Attempt(1)), 9);
    }

    [Fact]
    public void What_one_peculiarity_explains_is_not_explained_again_by_another_that_comes_with_it()
    {
        var (evidence, random) = (new ChanceEvidence(), new Random(1));
        // Late attempts go by the bad trunk nearly always, but it is the trunk alone that matters.
        for (var n = 0; n < 6000; n++)
        {
            var isLate = random.Next(2) == 0;
            var isBad = isLate == random.Next(10) > 0;
            evidence.Ended(random.NextDouble() < (isBad ? 0.1 : 0.5), 0, Morning, Peculiarity.Attempt(isLate ? 3 : 1), Peculiarity.Trunk(isBad ? 3 : 4));
        }
        Assert.InRange(evidence.Of(Morning, Peculiarity.Attempt(3), Trunk), 0.06, 0.15);
        Assert.InRange(evidence.Of(Morning, Peculiarity.Attempt(1), Peculiarity.Trunk(4)), 0.4, 0.65);
    }

    [Fact]
    public void The_chance_is_never_none_and_never_certain()
    {
        Assert.Equal(0.001, Of(100_000, int.MaxValue, 0, Trunk).Of(Morning, Trunk), 9);
        Assert.InRange(Of(100_000, 1, 0, Trunk).Of(Morning, Trunk), 0.99, 0.999);
    }

    [Fact]
    public void Attempts_from_the_fifth_on_are_alike()
    {
        Assert.Equal(Peculiarity.Attempt(5), Peculiarity.Attempt(9));
        Assert.Equal(Peculiarity.Attempt(1), Peculiarity.Attempt(0));
        Assert.NotEqual(Peculiarity.Attempt(4), Peculiarity.Attempt(5));
        Assert.NotEqual(Peculiarity.Attempt(3), Peculiarity.Trunk(3));
    }

    [Fact]
    public void Peculiarities_beyond_what_is_held_count_as_the_mean()
    {
        var evidence = new ChanceEvidence();
        for (var trunk = 0; trunk < 300; trunk++)
            for (var n = 0; n < 40; n++) evidence.Ended(n % 2 == 0, 0, Morning, Peculiarity.Trunk(trunk));
        for (var n = 0; n < 40; n++) evidence.Ended(true, 0, Morning, Peculiarity.Trunk(299));
        Assert.Equal(evidence.Mean, evidence.Of(Morning, Peculiarity.Trunk(299)), 9);
        Assert.NotEqual(evidence.Mean, evidence.Of(Morning, Peculiarity.Trunk(255)), 9);
    }

    /// <summary>Two days of a list that goes stale by noon, then the next morning: it is not dialed for as if it were still noon.</summary>
    [Fact]
    public void A_morning_after_days_that_began_well_is_expected_to_begin_well()
    {
        var evidence = new ChanceEvidence();
        for (var day = 0; day < 2; day++)
            foreach (var (hour, everyNth) in new[] { (9, 4), (12, 16) })
                for (var n = 0; n < 2000; n++) evidence.Ended(n % everyNth == 0, day * 86_400 + hour * 3600 + n, new(day, (hour + 0.5) * 3600));
        // Not believed less for the night: these days tell how it goes on.
        Assert.InRange(evidence.Of(new(2, 9.5 * 3600)), 0.1, 0.27);
        evidence.Ended(false, 2 * 86_400 + 9 * 3600, new(2, 9.5 * 3600));

        Assert.InRange(evidence.Of(new(2, 9.5 * 3600)), 0.2, 0.27);
        Assert.InRange(evidence.Of(new(2, 12.5 * 3600)), 0.05, 0.075);
    }

    [Fact]
    public void An_hour_is_believed_from_the_days_that_are_over()
    {
        var evidence = new ChanceEvidence();
        for (var n = 0; n < 2000; n++) evidence.Ended(n % 4 == 0, n, new(0, (n < 1000 ? 9.5 : 12.5) * 3600));
        Assert.Equal(evidence.Mean, evidence.Of(new(0, 13 * 3600)), 9);
    }
}
