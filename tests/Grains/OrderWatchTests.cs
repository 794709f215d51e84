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
        // Its answers are not awaited any more.
        Assert.True(Look(30, 0, 100));
        Assert.False(Look(31, 0, 101));
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

    [Fact]
    public void Who_said_nothing_for_a_quarter_of_a_second_is_asked_and_not_again_before_they_answered()
    {
        bool IsQuiet(double second, int unanswered, long bytes) => _watch.IsQuiet(unanswered, bytes, TimeSpan.FromSeconds(second));
        Assert.False(IsQuiet(10, 0, 100));
        Assert.False(IsQuiet(10.2, 0, 100));
        Assert.True(IsQuiet(10.25, 0, 100));
        Assert.False(IsQuiet(10.3, 1, 100));
        Assert.False(IsQuiet(20, 1, 100));
        Assert.False(IsQuiet(20.1, 0, 150));
        Assert.False(IsQuiet(20.3, 0, 150));
        Assert.True(IsQuiet(20.35, 0, 150));
        Assert.False(IsQuiet(20.4, 0, 151));
    }
}
