using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing;

public class QueueLooksTests
{
    [Theory]
    // The second look after the answer is at the limit: it comes too late by a hair.
    [InlineData(2, 1, 1)]
    [InlineData(2.1, 1, 2)]
    [InlineData(1.5, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(0.3, 1, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(5, 2, 4)]
    [InlineData(2, 0, 2)]
    public void Who_is_free_after_the_last_look_within_the_limit_is_too_late(double limit, double interval, double last) => Assert.Equal(last, QueueLooks.LastInTime(limit, interval));

    [Fact]
    public void App_queue_looks_once_a_second() => Assert.Equal(1, QueueLooks.LastInTime(2));
}
