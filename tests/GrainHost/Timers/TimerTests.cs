namespace Carillon.GrainHost.Tests.Timers;

[Collection(GrainHostCollection.Name)]
public sealed class TimerTests(GrainHostFixture host)
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly string _key = GrainHostFixture.NewKey();

    ITimerGrain Grain => host.Grain<ITimerGrain>(_key);

    [Fact]
    public async Task A_timer_fires_when_due_and_then_every_period()
    {
        await Grain.Start(Second, 2 * Second);
        host.Time.Advance(Second);
        Assert.Equal("tick 1", await host.Journal.Next(_key));
        await Grain.Ticks();
        host.Time.Advance(Second);
        Assert.Equal(1, await Grain.Ticks());
        host.Time.Advance(Second);
        Assert.Equal("tick 2", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_timer_without_a_period_fires_once()
    {
        await Grain.Start(Second, Timeout.InfiniteTimeSpan);
        host.Time.Advance(Second);
        await host.Journal.Next(_key);
        await Grain.Ticks();
        host.Time.Advance(10 * Second);
        Assert.Equal(1, await Grain.Ticks());
    }

    [Fact]
    public async Task A_changed_timer_fires_at_its_new_time()
    {
        await Grain.Start(Second, Timeout.InfiniteTimeSpan);
        await Grain.Change(3 * Second, Timeout.InfiniteTimeSpan);
        host.Time.Advance(2 * Second);
        Assert.Equal(0, await Grain.Ticks());
        host.Time.Advance(Second);
        Assert.Equal("tick 1", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_change_made_in_a_tick_wins_over_the_period()
    {
        await Grain.StartChangingItself();
        host.Time.Advance(Second);
        await host.Journal.Next(_key);
        await Grain.Ticks();
        host.Time.Advance(4 * Second);
        Assert.Equal(1, await Grain.Ticks());
        host.Time.Advance(Second);
        Assert.Equal("tick 2", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_disposed_timer_does_not_fire()
    {
        await Grain.Start(Second, Second);
        await Grain.Dispose();
        host.Time.Advance(10 * Second);
        Assert.Equal(0, await Grain.Ticks());
    }

    [Fact]
    public async Task A_tick_that_throws_does_not_end_the_timer()
    {
        await Grain.StartFailing();
        host.Time.Advance(Second);
        Assert.Equal("tick 1", await host.Journal.Next(_key));
        await Grain.Ticks();
        host.Time.Advance(Second);
        Assert.Equal("tick 2", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task A_tick_is_a_turn_that_requests_wait_for()
    {
        var gate = GrainHostFixture.NewKey();
        await Grain.StartHolding(gate, interleave: false);
        host.Time.Advance(Second);
        await host.Journal.Next(gate);
        var request = Grain.Ticks();
        Assert.False(request.IsCompleted);
        host.Journal.Open(gate);
        Assert.Equal(1, await request);
    }

    [Fact]
    public async Task An_interleaving_tick_lets_requests_pass()
    {
        var gate = GrainHostFixture.NewKey();
        await Grain.StartHolding(gate, interleave: true);
        host.Time.Advance(Second);
        await host.Journal.Next(gate);
        Assert.Equal(0, await Grain.Ticks());
        host.Journal.Open(gate);
        Assert.Equal("tick 1", await host.Journal.Next(_key));
    }

    [Fact]
    public async Task No_timer_fires_after_deactivation()
    {
        await Grain.Start(Second, Second);
        await Grain.End();
        Assert.StartsWith("deactivated", await host.Journal.Next(_key), StringComparison.Ordinal);
        host.Time.Advance(10 * Second);
        Assert.Equal(0, await Grain.Ticks());
        Assert.True(host.Journal.IsEmpty(_key));
    }

    [Fact]
    public async Task An_impossible_period_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Grain.Start(TimeSpan.FromSeconds(-5), Second));
}
