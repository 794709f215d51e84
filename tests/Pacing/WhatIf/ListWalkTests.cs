namespace Carillon.Pacing.WhatIf;

public class ListWalkTests
{
    const double Hour = 3600, Day = 86_400;

    static readonly CallHistory Never = new([new(1, 9, true, 1, Talk: 1), .. Enumerable.Repeat(new PastCall(1, 9, false, 20, Outcome: 7), 5000)]);

    /// <summary>Called so often, so long after each call.</summary>
    sealed class Lead(int attempts, double interval, double due = 0, bool hasAnswered = false) : IListLead
    {
        public List<double> Calls { get; } = [];
        public List<int> Outcomes { get; } = [];
        public double? DueAt { get; private set; } = due;
        public bool HasAnswered => hasAnswered;
        public int NextAttempt => Calls.Count + 1;

        public void Ended(PastCall call, double at)
        {
            Calls.Add(at);
            Outcomes.Add(call.Outcome);
            DueAt = Calls.Count < attempts ? at + interval : null;
        }
    }

    static WorkingTime Daily(double from, double to) => new(
        at => at % Day < from * Hour ? Math.Floor(at / Day) * Day + from * Hour : at % Day < to * Hour ? at : (Math.Floor(at / Day) + 1) * Day + from * Hour,
        at => at % Day < from * Hour || at % Day >= to * Hour ? at : Math.Floor(at / Day) * Day + to * Hour);

    static ListEnd Run(IEnumerable<IListLead> leads, Func<double, double> pace, WorkingTime? unanswered = null, WorkingTime? answered = null, double weight = 1) =>
        new ListWalk(Never, 1, unanswered ?? WorkingTime.Always(), answered ?? WorkingTime.Always(), _ => 9).Run(leads, weight, pace, new(1));

    [Fact]
    public void Retries_wait_for_their_interval_and_each_call_takes_its_part_of_the_pace()
    {
        var lead = new Lead(3, 100);
        var end = Run([lead], _ => 0.1);
        Assert.Equal([10.0, 120, 230], lead.Calls);
        Assert.Equal((ListFate.Finished, 230.0), (end.Fate, end.At));
        Assert.Equal([1.0, 1, 1, 0, 0], end.Dials);
        Assert.Equal([7, 7, 7], lead.Outcomes);
    }

    [Fact]
    public void A_sampled_lead_takes_the_time_of_all_that_it_stands_for()
    {
        var end = Run([new Lead(1, 0), new Lead(1, 0)], _ => 2, weight: 500);
        Assert.Equal(500, end.At);
        Assert.Equal(1000, end.Dials[0]);
    }

    [Fact]
    public void Nothing_is_called_before_it_is_due_nor_while_its_hours_are_closed()
    {
        var (late, other) = (new Lead(1, 0, due: 12 * Hour), new Lead(1, 0, due: 0, hasAnswered: true));
        Run([late, other], _ => double.PositiveInfinity, unanswered: Daily(9, 11), answered: Daily(15, 16));
        Assert.Equal([Day + 9 * Hour], late.Calls);
        Assert.Equal([15 * Hour], other.Calls);
    }

    [Fact]
    public void A_call_that_takes_longer_than_the_day_goes_on_the_next_one()
    {
        // 5 hours of work from the first opening on, two a day.
        var end = Run([new Lead(1, 0)], _ => 1 / (5 * Hour), unanswered: Daily(9, 11));
        Assert.Equal(2 * Day + 10 * Hour, end.At!.Value, 1e-6);
    }

    [Fact]
    public void Why_a_list_has_no_end()
    {
        Assert.Equal(ListFate.NoLeads, Run([], _ => 1).Fate);
        Assert.Null(Run([], _ => 1).Mix);
        Assert.Equal(ListFate.NoCalls, Run([new Lead(1, 0)], _ => 0).Fate);
        Assert.Equal(ListFate.NeverOpen, Run([new Lead(1, 0)], _ => 1, unanswered: new(_ => null, _ => null)).Fate);
        Assert.Equal(ListFate.TooLate, Run([new Lead(1, 0)], _ => 1e-9).Fate);
        Assert.Equal(ListFate.TooLate, Run([new Lead(2, 2 * ListWalk.Horizon)], _ => 1).Fate);
        // Open on the first day only.
        var once = new WorkingTime(at => at < Hour ? at : null, at => Math.Max(at, Hour));
        Assert.Equal(ListFate.NeverOpen, Run([new Lead(1, 0)], _ => 0.5 / Hour, unanswered: once).Fate);
        Assert.Equal(ListFate.Finished, Run([new Lead(1, 0)], _ => 2 / Hour, unanswered: once).Fate);
    }

    [Fact]
    public void The_pace_may_change_with_the_answers()
    {
        var all = new CallHistory([.. Enumerable.Repeat(new PastCall(1, 9, true, 10, Talk: 60), 1000)]);
        var walk = new ListWalk(all, 1, WorkingTime.Always(), WorkingTime.Always(), _ => 9);
        var end = walk.Run(Enumerable.Range(0, 100).Select(_ => new Lead(1, 0)), 1, answers => answers < 50 ? 0.5 : 1, new(1));
        Assert.Equal((100.0, 150.0), (end.Answers, end.At));
    }

    [Fact]
    public void Open_time_between_two_moments_is_counted_and_asked_once()
    {
        var asked = 0;
        var daily = Daily(9, 11);
        var time = new WorkingTime(at =>
        {
            asked++;
            return daily.Next(at);
        }, at => daily.After(at, 0, double.PositiveInfinity) is { } open ? Math.Floor(open / Day) * Day + 11 * Hour : null);
        Assert.Equal(3 * Hour, time.Between(10 * Hour, 2 * Day + 0 * Hour));
        Assert.Equal(10 * Hour, time.Next(10 * Hour));
        Assert.Equal(Day + 9 * Hour, time.Next(11 * Hour));
        var before = asked;
        Assert.Equal(Day + 10 * Hour, time.After(10 * Hour, 2 * Hour, 10 * Day));
        Assert.Equal(before, asked);
    }

    [Fact]
    public void A_list_that_takes_too_many_calls_never_ends_and_the_asker_may_go_away_before()
    {
        IEnumerable<IListLead> Endless() => [new Lead(int.MaxValue, 0)];
        Assert.Equal(ListFate.TooLate, Run(Endless(), _ => double.PositiveInfinity).Fate);

        using var gone = new CancellationTokenSource();
        gone.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new ListWalk(Never, 1, WorkingTime.Always(), WorkingTime.Always(), _ => 9).Run(Endless(), 1, _ => double.PositiveInfinity, new(1), gone.Token));
    }

    [Fact]
    public void Hours_that_close_before_they_opened_are_refused_rather_than_asked_for_ever() =>
        Assert.Throws<InvalidOperationException>(() => new WorkingTime(at => at, at => at).Next(10));

    [Fact]
    public void Nine_in_ten_further_runs_lie_within_the_spread_however_few_runs_it_is_from()
    {
        var random = new Random(1);
        foreach (var runs in (int[])[4, 8])
        {
            var within = 0;
            for (var n = 0; n < 4000; n++)
            {
                var spread = Spread.Of([.. Enumerable.Range(0, runs).Select(_ => 100 + Normal())]);
                if (100 + Normal() is var next && next >= spread.Low && next <= spread.High) within++;
            }
            Assert.InRange(within / 4000.0, 0.88, 0.92);
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
