using Carillon.Campaigns;

namespace Carillon.Grains.Tests;

public class LeadsLeftTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    readonly LeadsLeft _left = new();

    [Fact]
    public void The_end_is_estimated_by_how_fast_leads_have_become_fewer()
    {
        _left.Saw(Now, 1000);

        Assert.Equal(Now.AddMinutes(10), _left.EndsAt(Now.AddMinutes(1), 900));
    }

    [Fact]
    public void Only_the_last_minutes_count()
    {
        _left.Saw(Now, 10_000);
        _left.Saw(Now.AddMinutes(30), 1000);

        Assert.Equal(Now.AddMinutes(40), _left.EndsAt(Now.AddMinutes(31), 900));
    }

    [Theory]
    [InlineData(5, 900)]
    [InlineData(60, 1000)]
    [InlineData(60, 1001)]
    public void Too_little_seen_or_no_fewer_leads_give_no_estimate(int seconds, long left)
    {
        _left.Saw(Now, 1000);

        Assert.Null(_left.EndsAt(Now.AddSeconds(seconds), left));
    }
}
