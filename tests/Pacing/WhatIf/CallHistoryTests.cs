namespace Carillon.Pacing.WhatIf;

public class CallHistoryTests
{
    static IEnumerable<PastCall> Calls(int count, double chance, int attempt = 1, int hour = 9) =>
        Enumerable.Range(0, count).Select(i => i < count * chance ? new PastCall(attempt, hour, true, 8, Talk: 30 + i % 60, Outcome: 1) : new(attempt, hour, false, 25, Outcome: 2 + attempt));

    static double Share(CallHistory history, int attempt, int hour, double times = 1)
    {
        var random = new Random(1);
        return Enumerable.Range(0, 20_000).Count(_ => history.Call(attempt, hour, times, random).Answered) / 20_000.0;
    }

    [Fact]
    public void First_attempts_are_answered_as_they_were_and_later_ones_as_they_were()
    {
        var history = new CallHistory([.. Calls(2000, 0.4), .. Calls(2000, 0.1, attempt: 3)]);
        Assert.Equal(0.4, Share(history, 1, 9), 0.02);
        Assert.Equal(0.1, Share(history, 3, 9), 0.02);
        Assert.Equal(0.25, Share(history, 2, 9), 0.02);
        Assert.Equal([0.5, 0, 0.5, 0, 0], history.Mix.Select(m => Math.Round(m, 9)));
    }

    [Fact]
    public void An_hour_has_its_chance_and_what_was_hardly_seen_is_taken_as_the_mean()
    {
        var history = new CallHistory([.. Calls(2000, 0.3), .. Calls(2000, 0.1, hour: 18), .. Calls(2, 1, hour: 20)]);
        Assert.Equal(0.1, Share(history, 1, 18), 0.02);
        Assert.Equal(0.2, Share(history, 1, 12), 0.02);
        Assert.InRange(Share(history, 1, 20), 0.19, 0.26);
    }

    [Fact]
    public void The_chance_may_be_so_many_times_what_it_was_but_never_certain()
    {
        var history = new CallHistory([.. Calls(1000, 0.2)]);
        Assert.Equal(0.4, Share(history, 1, 9, 2), 0.02);
        Assert.Equal(0.98, Share(history, 1, 9, 10), 0.01);
        Assert.Equal(0.1, Share(history, 1, 9, 0.5), 0.02);
    }

    [Fact]
    public void A_call_to_come_is_one_of_those_that_were_of_its_attempt_where_enough_are_known()
    {
        var history = new CallHistory([.. Calls(400, 0.5), .. Calls(400, 0.5, attempt: 2), .. Calls(4, 0, attempt: 4)]);
        var random = new Random(3);
        PastCall[] Drawn(int attempt) => [.. Enumerable.Range(0, 500).Select(_ => history.Call(attempt, 9, 1, random))];
        Assert.All(Drawn(2).Where(c => !c.Answered), c => Assert.Equal((4, 25.0), (c.Outcome, c.Rang)));
        Assert.Equal([3, 4, 6], Drawn(4).Where(c => !c.Answered).Select(c => c.Outcome).Distinct().Order());
        Assert.All(Drawn(1).Where(c => c.Answered), c => Assert.Equal((1, 8.0), (c.Outcome, c.Rang)));
    }

    [Fact]
    public void Who_looks_in_finds_long_talks_more_often()
    {
        var history = new CallHistory([.. Enumerable.Range(0, 100).Select(i => new PastCall(1, 9, true, 5, Talk: i % 2 == 0 ? 30 : 270))]);
        var random = new Random(2);
        Assert.Equal(150, Enumerable.Range(0, 10_000).Average(_ => history.Talk(random)), 5.0);
        Assert.Equal(0.1 * 30 + 0.9 * 270, Enumerable.Range(0, 10_000).Average(_ => history.TalkInProgress(random)), 5.0);
    }

    [Fact]
    public void Drawn_anew_it_is_another_history_of_the_same_size()
    {
        var history = new CallHistory([.. Calls(200, 0.3)]);
        var chances = Enumerable.Range(0, 30).Select(seed => history.Redrawn(new(seed))).ToList();
        Assert.All(chances, h => Assert.Equal(200, h.Calls.Count));
        Assert.Equal(0.3, chances.Average(h => h.Chance), 0.02);
        Assert.InRange(chances.Max(h => h.Chance) - chances.Min(h => h.Chance), 0.05, 0.3);
    }

    [Fact]
    public void Nobody_to_talk_to_is_no_history() => Assert.Throws<ArgumentException>(() => new CallHistory([.. Calls(100, 0)]));
}
