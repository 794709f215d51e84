namespace Carillon.Pacing;

public class BackoffTests
{
    static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 0.5, 0.75)]
    [InlineData(2, 0.5, 1.25)]
    [InlineData(4, 0, 0.5)]
    [InlineData(4, 1, 8)]
    [InlineData(6, 1, 30)]
    [InlineData(int.MaxValue, 1, 30)]
    public void Waits_grow_to_the_most(int failures, double chance, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.After(failures, chance));

    [Fact]
    public void The_most_holds_even_below_the_first() =>
        Assert.Equal(TimeSpan.FromSeconds(0.2), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.2)).After(3, 0.9));

    [Fact]
    public void There_is_no_wait_before_a_failure() => Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.After(0, 0.5));
}
