using Carillon.Campaigns;

namespace Carillon.Grains.Tests;

public class PaceHistoryTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    readonly PaceHistory _history = new();

    static PaceMoment Moment(double second, int placed = 0, CampaignStatus status = CampaignStatus.Running, PacingMode mode = PacingMode.Progressive) =>
        new() { At = Start.AddSeconds(second), Placed = placed, Status = status, Mode = mode };

    IEnumerable<(double Second, int Placed, CampaignStatus Status)> Told(double now) =>
        _history.LastHour(Start.AddSeconds(now)).Select(m => ((m.At - Start).TotalSeconds, m.Placed, m.Status));

    [Fact]
    public void A_moment_of_each_ten_seconds_is_kept_with_all_calls_that_were_placed_since_the_one_before()
    {
        for (var second = 0.0; second <= 25; second += 0.5) _history.Add(Moment(second, placed: 1));

        Assert.Equal([(0, 1, CampaignStatus.Running), (10, 20, CampaignStatus.Running), (20, 20, CampaignStatus.Running)], Told(25));
        Assert.Equal(10, _history.Placed);
    }

    [Fact]
    public void A_change_of_status_or_mode_is_kept_at_once_and_a_pause_that_began_before_the_hour_is_told()
    {
        _history.Add(Moment(0));
        _history.Add(Moment(1, placed: 3));
        _history.Add(Moment(2, status: CampaignStatus.Paused));
        _history.Add(Moment(4000));
        _history.Add(Moment(4001, mode: PacingMode.Predictive));

        Assert.Equal([(2, 3, CampaignStatus.Paused), (4000, 0, CampaignStatus.Running), (4001, 0, CampaignStatus.Running)], Told(4001));
    }

    [Fact]
    public void A_minute_and_each_change_are_stored_and_what_could_not_be_counts_with_the_next()
    {
        _history.Add(Moment(0, placed: 1));
        Assert.Equal(1, _history.TakeUnstored()!.Placed);
        for (var second = 1; second < 60; second++) _history.Add(Moment(second, placed: 1));
        Assert.Null(_history.TakeUnstored());

        _history.Add(Moment(60, placed: 1));
        var minute = _history.TakeUnstored()!;
        Assert.Equal((60, Start.AddSeconds(60)), (minute.Placed, minute.At));
        _history.NotStored(minute);
        _history.Add(Moment(61, status: CampaignStatus.Stopped));
        Assert.Equal((60, CampaignStatus.Stopped), (_history.TakeUnstored() is { } stop ? (stop.Placed, stop.Status) : default));
    }

    [Fact]
    public void Who_leaves_stores_what_was_not_yet_and_nothing_twice()
    {
        _history.Add(Moment(0));
        _history.TakeUnstored();
        Assert.Null(_history.TakeUnstored(all: true));

        _history.Add(Moment(5, placed: 2));

        Assert.Equal(2, _history.TakeUnstored(all: true)!.Placed);
        Assert.Null(_history.TakeUnstored(all: true));
    }

    [Fact]
    public void What_is_to_come_by_a_clock_that_was_set_back_is_not_of_this_hour_and_there_is_an_end_to_what_is_kept()
    {
        _history.Recall([Moment(0), Moment(3600)]);
        Assert.Equal([0.0], Told(10).Select(m => m.Second));

        for (var change = 0; change < 5000; change++) _history.Add(Moment(10 + change * 0.001, status: change % 2 == 0 ? CampaignStatus.Paused : CampaignStatus.Running));

        Assert.InRange(_history.LastHour(Start.AddSeconds(20)).Length, 300, 600);
    }
}
