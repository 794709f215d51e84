using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

public class ServerLeaseTests
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    readonly SettableTime _time = new();

    ServerLease Lease(TimeSpan length)
    {
        var lease = new ServerLease(new("pbx1"), 1, length, _time);
        lease.Renew(_time.GetElapsedTime(0), _time.GetUtcNow());
        return lease;
    }

    [Fact]
    public void It_lasts_for_its_length_from_when_the_store_was_asked()
    {
        var lease = Lease(Length);
        var (asked, askedAt) = (_time.GetElapsedTime(0), _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(lease.Holds);
        // The answer came two seconds late.
        lease.Renew(asked, askedAt);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(lease.Holds);
        lease.Renew(_time.GetElapsedTime(0), _time.GetUtcNow());
        Assert.True(lease.Holds);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void A_machine_that_slept_or_whose_clock_was_set_has_lost_it_until_it_asks_again(int seconds)
    {
        var lease = Lease(Length);
        _time.Wall += TimeSpan.FromSeconds(seconds);
        Assert.False(lease.Holds);
        lease.Renew(_time.GetElapsedTime(0), _time.GetUtcNow());
        Assert.True(lease.Holds);
    }

    [Fact]
    public void Once_somebody_else_has_the_server_nothing_brings_it_back()
    {
        var lease = Lease(Length);
        lease.Lose();
        lease.Renew(_time.GetElapsedTime(0), _time.GetUtcNow());
        Assert.False(lease.Holds);
    }

    [Fact]
    public void Without_a_length_it_does_not_end()
    {
        var lease = Lease(TimeSpan.Zero);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(lease.Holds);
    }

    /// <summary>Two clocks that part.</summary>
    sealed class SettableTime : TimeProvider
    {
        readonly FakeTime _time = new();

        public TimeSpan Wall { get; set; }

        public void Advance(TimeSpan by) => _time.Advance(by);

        public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + Wall;

        public override long GetTimestamp() => _time.GetTimestamp();

        public override long TimestampFrequency => _time.TimestampFrequency;
    }
}
