using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class CallsPerSecondBucketTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static List<DateTimeOffset> Take(CallsPerSecondBucket bucket, IEnumerable<DateTimeOffset> times) => [.. times.Where(bucket.TryTake)];

    /// <summary>The most calls in any window of that length, its end left out.</summary>
    static int Most(List<DateTimeOffset> taken, TimeSpan window) =>
        taken.Count == 0 ? 0 : taken.Select((t, i) => taken.Skip(i).TakeWhile(other => other < t + window).Count()).Max();

    static readonly Arbitrary<DateTimeOffset[]> Times =
        Gen.Frequency((3, Gen.Choose(0, 20)), (1, Gen.Choose(0, 400)), (1, Gen.Choose(900, 1100))).ArrayOf(300)
            .Select(steps => { var at = Start; return steps.Select(step => at = at.AddMilliseconds(step)).ToArray(); }).ToArbitrary();

    [Fact]
    public void No_second_holds_more_than_the_rate() => Prop.ForAll(Times, Gen.Elements(1, 1.5, 2, 3.999, 10, 20).ToArbitrary(), (times, rate) =>
        Most(Take(new(rate), times), TimeSpan.FromSeconds(1)) <= rate).QuickCheckThrowOnFailure();

    [Fact]
    public void Below_one_a_second_calls_keep_their_distance() => Prop.ForAll(Times, Gen.Elements(0.1, 0.3, 0.5, 0.99).ToArbitrary(), (times, rate) =>
        Most(Take(new(rate), times), TimeSpan.FromSeconds(1 / rate)) <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_allowed_is_given() => Prop.ForAll(Times, Gen.Choose(1, 12).ToArbitrary(), (times, rate) =>
    {
        var bucket = new CallsPerSecondBucket(rate);
        var taken = new List<DateTimeOffset>();
        foreach (var at in times)
        {
            var allowed = taken.Count(t => t > at.AddSeconds(-1)) < rate;
            if ((bucket.NextAt <= at) != allowed || bucket.TryTake(at) != allowed) return false;
            if (allowed) taken.Add(at);
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Asked_every_ten_milliseconds_it_gives_its_whole_rate()
    {
        var taken = Take(new(350), Enumerable.Range(0, 1_000).SelectMany(i => Enumerable.Repeat(Start.AddMilliseconds(i * 10), 8)));

        Assert.Equal(350 * 10, taken.Count);
    }

    [Fact]
    public void A_change_of_rate_forgets_no_call() => Prop.ForAll(Times, Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (times, before, after) =>
    {
        var bucket = new CallsPerSecondBucket(before);
        var taken = Take(bucket, times.Take(150));
        bucket.SetRate(after);
        taken.AddRange(Take(bucket, times.Skip(150)));
        return Most(taken, TimeSpan.FromSeconds(1)) <= Math.Max(before, after);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_slower_rate_holds_at_once()
    {
        var bucket = new CallsPerSecondBucket(5);
        Take(bucket, Enumerable.Repeat(Start, 5));

        bucket.SetRate(0.5);

        Assert.Equal(Start.AddSeconds(2), bucket.NextAt);
        Assert.False(bucket.TryTake(Start.AddSeconds(1.999)));
        Assert.True(bucket.TryTake(Start.AddSeconds(2)));
    }

    [Fact]
    public void A_clock_that_was_set_back_stops_nothing_and_gives_nothing_extra()
    {
        var bucket = new CallsPerSecondBucket(2);
        Take(bucket, [Start, Start.AddSeconds(0.5)]);
        var back = Start.AddHours(-1);

        Assert.False(bucket.TryTake(back));
        Assert.True(bucket.TryTake(back.AddSeconds(0.5)));
        Assert.False(bucket.TryTake(back.AddSeconds(0.999)));
        Assert.True(bucket.TryTake(back.AddSeconds(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(10_001)]
    public void A_rate_that_is_none_is_refused(double rate) => Assert.Throws<ArgumentOutOfRangeException>(() => new CallsPerSecondBucket(rate));
}
