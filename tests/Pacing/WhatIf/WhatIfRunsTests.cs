namespace Carillon.Pacing.WhatIf;

[Trait("Category", "Simulation")]
public class WhatIfRunsTests
{
    const double Hour = 3600, Day = 86_400;

    static readonly FloorSetting Progressive = new() { Agents = 4, Mode = FloorMode.Progressive, Channels = 100 };

    /// <summary>Every third call is answered after ten seconds and talked for a minute; the others ring for twenty.</summary>
    static WhatIfBasis Plain(int calls = 300) => new()
    {
        History = new([.. Enumerable.Range(0, calls).Select(i => i % 3 == 0 ? new PastCall(1, 12, true, 10, Talk: 60) : new PastCall(1, 12, false, 20))]),
        Hour = _ => 12,
        Leads = () => [],
    };

    sealed class Once(double due) : IListLead
    {
        public double? DueAt { get; private set; } = due;
        public bool HasAnswered => false;
        public int NextAttempt => 1;
        public void Ended(PastCall call, double at) => DueAt = null;
    }

    [Fact]
    public void The_same_records_and_seed_give_the_same_answer_and_another_seed_another()
    {
        FloorOutlook Ask(int seed) => new WhatIfRuns(Plain(), seed).Run(Progressive);
        Assert.Equal(Ask(5), Ask(5));
        Assert.NotEqual(Ask(5), Ask(6));
    }

    [Fact]
    public void What_is_asked_first_does_not_change_what_is_asked_next()
    {
        var runs = new WhatIfRuns(Plain(), 1);
        runs.Run(Progressive with { Agents = 9 });
        Assert.Equal(new WhatIfRuns(Plain(), 1).Run(Progressive), runs.Run(Progressive));
    }

    [Fact]
    public void A_longer_history_narrows_the_spread()
    {
        static double Width(Spread spread) => spread.High - spread.Low;
        Assert.True(Width(new WhatIfRuns(Plain(3000), 1).Run(Progressive).CallsPerHour) < Width(new WhatIfRuns(Plain(60), 1).Run(Progressive).CallsPerHour));
    }

    [Fact]
    public void The_list_is_through_when_its_calls_were_placed_at_the_pace_of_the_floor_in_open_hours()
    {
        // Open for an hour a day, the first of each.
        var hours = new WorkingTime(at => at % Day < Hour ? at : Math.Ceiling(at / Day) * Day, at => at % Day < Hour ? Math.Floor(at / Day) * Day + Hour : at);
        var basis = Plain() with { Unanswered = hours, Answered = hours, Leads = () => Enumerable.Range(0, 100).Select(_ => new Once(0)), Weight = 20 };
        var outlook = new WhatIfRuns(basis, 1).Run(Progressive);
        var openHours = 2000 / outlook.CallsPerHour.Expected;
        Assert.InRange(openHours, 2, 10);
        Assert.Equal(ListFate.Finished, outlook.Fate);
        Assert.Equal(Math.Floor(openHours), Math.Floor(outlook.FinishAt!.Value / Day), 1.0);
        Assert.InRange(outlook.FinishAt.Value % Day, 0, Hour);
        Assert.True(outlook.FinishEarliest <= outlook.FinishAt && outlook.FinishAt <= outlook.FinishLatest);
    }

    [Fact]
    public void More_agents_end_it_sooner_and_fewer_channels_later()
    {
        var runs = new WhatIfRuns(Plain() with { Leads = () => Enumerable.Range(0, 100).Select(_ => new Once(0)), Weight = 50 }, 1);
        var present = runs.Run(Progressive);
        Assert.True(runs.Run(Progressive with { Agents = 8 }).FinishAt < present.FinishAt * 0.6);
        var two = runs.Run(Progressive with { Channels = 2 });
        Assert.True(two.FinishAt > present.FinishAt * 1.6);
        Assert.InRange(two.Utilisation.Expected, 0.05, 0.5);
        Assert.True(runs.Run(Progressive with { AnswerTimes = 0.5 }).Utilisation.High < present.Utilisation.Low);
    }

    [Fact]
    public void A_floor_too_large_to_simulate_is_so_many_times_the_largest()
    {
        const int Most = FloorSetting.LargestFloor;
        var basis = Plain() with { Leads = () => Enumerable.Range(0, 100).Select(_ => new Once(0)), Weight = 10_000, Window = (1000, 45) };
        var setting = Progressive with { Agents = Most, Channels = 2 * Most, Mode = FloorMode.Predictive, Cap = 0.03 };
        var (one, four) = (new WhatIfRuns(basis, 1).Run(setting), new WhatIfRuns(basis, 1).Run(setting with { Agents = 4 * Most, Channels = 8 * Most }));
        Assert.Equal((one.Utilisation, one.AbandonedShare), (four.Utilisation, four.AbandonedShare));
        Assert.Equal((4 * one.CallsPerHour.Expected, 4 * one.TalksPerHour.High), (four.CallsPerHour.Expected, four.TalksPerHour.High));
        Assert.Equal(one.FinishAt!.Value / 4, four.FinishAt!.Value, one.FinishAt.Value * 0.05);
        Assert.Equal((500, one.Recovery!.Hours / 4), (four.Recovery!.Answers, four.Recovery.Hours));
        var (floor, times) = (setting with { Agents = Most + 1 }).Simulated();
        Assert.Equal((Most, (Most + 1) / (double)Most), (floor.Agents, times));
        Assert.Equal((setting, 1), setting.Simulated());
    }

    [Fact]
    public void A_ledger_within_the_cap_owes_nothing()
    {
        var predictive = Progressive with { Mode = FloorMode.Predictive, Cap = 0.03 };
        Assert.Equal(0, Recovery.Debt(predictive, (1000, 30)));
        Assert.Equal(0, Recovery.Debt(Progressive with { Cap = 0.03 }, (1000, 40)));
        Assert.Equal(0, Recovery.Debt(predictive with { Cap = 0 }, (1000, 40)));
        Assert.Equal(500, Recovery.Debt(predictive, (1000, 45)), 1e-6);
    }

    [Fact]
    public void A_run_that_nobody_waits_for_any_more_ends()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => new WhatIfRuns(Plain(), 1).Run(Progressive, cancel.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(FloorSetting.LargestFloor)]
    public void Work_is_bounded_whatever_the_size_of_the_floor(int agents)
    {
        var plan = RunPlan.Of(agents);
        var hours = (plan.Runs + 1) * (plan.Settling + plan.Counted) / 3600;
        Assert.InRange(hours * agents, 0, 400);
        Assert.InRange(hours, 0.2, 24);
    }
}
