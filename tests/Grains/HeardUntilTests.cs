using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class HeardUntilTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    static HeardUntil Looked(long bytes)
    {
        var heard = new HeardUntil();
        Assert.Null(heard.Look(bytes, 0, At(0)));
        return heard;
    }

    [Fact]
    public void What_was_said_until_the_last_look_is_known_once_more_was_received() => Assert.Equal(At(0), Looked(100).Look(101, 0, At(0.5)));

    [Fact]
    public void After_a_standstill_of_ours_nothing_of_its_time_is_known_at_once()
    {
        var heard = Looked(100);

        Assert.Equal(At(0), heard.Look(200, 0, At(30)));
        Assert.Equal(At(30), heard.Look(300, 0, At(30.5)));
    }

    [Fact]
    public void A_connection_that_says_nothing_at_all_tells_of_no_silent_call_until_it_speaks()
    {
        var heard = Looked(100);

        Assert.Null(heard.Look(100, 0, At(0.5)));
        Assert.Null(heard.Look(100, 0, At(15)));
        Assert.Equal(At(15), heard.Look(101, 0, At(15.5)));
    }

    [Fact]
    public void While_something_waits_to_be_read_nothing_is_known_and_then_only_what_came_before()
    {
        var heard = Looked(100);

        Assert.Null(heard.Look(200, 5, At(12)));
        Assert.Equal(At(0), heard.Look(200, 0, At(24)));
    }
}
