using Carillon.Calls;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

/// <summary>Attempts of which a server knows no call.</summary>
public class StrangersTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    readonly Strangers _strangers = new(Grace);

    static Attempt Begun(TimeSpan after) => new()
    {
        Intent = new()
        {
            Id = new("carillon-1"),
            Campaign = new("spring"),
            LeadId = 1,
            Number = new("+74950000001"),
            Server = new("pbx1"),
            Trunk = new("carrier"),
            At = Now + after,
            AttemptNumber = 1,
        },
    };

    bool IsOverdue(Attempt attempt, int secondsLater) =>
        _strangers.Overdue([attempt], Now.AddSeconds(secondsLater), TimeSpan.FromSeconds(1000 + secondsLater)).Count == 1;

    [Fact]
    public void One_that_was_begun_a_moment_ago_may_still_get_its_call()
    {
        var attempt = Begun(TimeSpan.Zero);

        Assert.False(IsOverdue(attempt, 10));
        Assert.True(IsOverdue(attempt, 11));
    }

    /// <summary>Fifteen seconds: the clock of the campaign's node is ahead. Three hours: ours was set back.</summary>
    [Theory]
    [InlineData(15)]
    [InlineData(10800)]
    public void One_of_a_clock_that_is_ahead_counts_from_when_it_was_met_first(int ahead)
    {
        var attempt = Begun(TimeSpan.FromSeconds(ahead));

        Assert.False(IsOverdue(attempt, 0));
        Assert.False(IsOverdue(attempt, 10));
        Assert.True(IsOverdue(attempt, 11));
    }

    [Fact]
    public void One_that_got_its_call_meanwhile_is_met_anew()
    {
        var attempt = Begun(TimeSpan.FromHours(3));
        Assert.False(IsOverdue(attempt, 0));
        Assert.Empty(_strangers.Overdue([], Now, TimeSpan.FromSeconds(1005)));

        Assert.False(IsOverdue(attempt, 11));
    }
}
