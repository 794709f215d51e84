using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class OrderWatchTests
{
    readonly OrderWatch _watch = new();

    bool Look(double second, int unanswered, long bytes) => _watch.IsMute(unanswered, bytes, TimeSpan.FromSeconds(second));

    [Fact]
    public void A_server_is_mute_when_it_said_nothing_for_half_a_second_while_an_order_was_unanswered()
    {
        Assert.False(Look(0, 0, 100));
        Assert.False(Look(10, 1, 100));
        Assert.False(Look(10.4, 1, 100));
        Assert.True(Look(10.5, 1, 100));
        Assert.True(Look(20, 3, 100));
    }

    [Fact]
    public void Any_byte_clears_it_also_one_that_answers_no_order()
    {
        Look(0, 1, 100);
        Assert.True(Look(1, 1, 100));
        Assert.False(Look(1.1, 1, 101));
        Assert.False(Look(1.5, 1, 101));
        Assert.True(Look(1.6, 1, 101));
    }

    [Fact]
    public void Who_has_nothing_to_answer_may_be_silent_for_ever()
    {
        Assert.False(Look(0, 1, 100));
        Assert.False(Look(0.4, 0, 100));
        Assert.False(Look(1000, 0, 100));
        Assert.False(Look(1000.4, 1, 100));
    }
}
