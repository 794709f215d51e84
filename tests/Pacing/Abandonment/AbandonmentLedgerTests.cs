namespace Carillon.Pacing.Abandonment;

public class AbandonmentLedgerTests
{
    const double Day = 86_400;

    [Fact]
    public void What_is_left_is_the_cap_of_the_answered_less_the_abandoned()
    {
        var ledger = new AbandonmentLedger(Day);
        Assert.Equal(0, ledger.Rate);
        ledger.Add(0, 200, 4);
        Assert.Equal(0.02, ledger.Rate, 12);
        Assert.Equal(2, ledger.AbandonsLeft(0.03), 12);
        ledger.Add(1, 0, 3);
        Assert.Equal(-1, ledger.AbandonsLeft(0.03), 12);
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten_and_nothing_younger()
    {
        var ledger = new AbandonmentLedger(Day);
        ledger.Add(0, 100, 1);
        ledger.Add(Day / 2, 10, 2);
        ledger.Roll(Day);
        Assert.Equal((110, 3), (ledger.Answered, ledger.Abandoned));
        ledger.Roll(Day * 1.02);
        Assert.Equal((10, 2), (ledger.Answered, ledger.Abandoned));
        ledger.Roll(Day * 1.49);
        Assert.Equal((10, 2), (ledger.Answered, ledger.Abandoned));
        // However long that is, it is looked at slice by slice once around only.
        ledger.Roll(Day * 1e9);
        Assert.Equal((0, 0), (ledger.Answered, ledger.Abandoned));
        ledger.Add(Day * 1e9, 5, 0);
        Assert.Equal(5, ledger.Answered);
    }

    [Fact]
    public void A_clock_set_back_neither_forgets_nor_counts_twice()
    {
        var ledger = new AbandonmentLedger(Day);
        ledger.Add(Day * 10, 100, 1);
        ledger.Add(Day * 3, 50, 1);
        Assert.Equal((150, 2), (ledger.Answered, ledger.Abandoned));
        ledger.Roll(Day * 10.9);
        Assert.Equal((150, 2), (ledger.Answered, ledger.Abandoned));
        ledger.Roll(Day * 11.02);
        Assert.Equal((0, 0), (ledger.Answered, ledger.Abandoned));
    }

    [Fact]
    public void Times_before_the_first_moment_are_times_too()
    {
        var ledger = new AbandonmentLedger(Day);
        ledger.Add(-5 * Day, 10, 0);
        ledger.Add(-4.5 * Day, 20, 0);
        ledger.Roll(-3.9 * Day);
        Assert.Equal(20, ledger.Answered);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_window_lasts(double window) => Assert.Throws<ArgumentOutOfRangeException>(() => new AbandonmentLedger(window));
}
