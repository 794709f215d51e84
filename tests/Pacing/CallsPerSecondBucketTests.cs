using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class CallsPerSecondBucketTests
{
    static readonly TimeSpan Long = TimeSpan.FromDays(2);

    static readonly TimeSpan Start = TimeSpan.FromDays(7);

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1) + CallsPerSecondBucket.Margin;

    static TimeSpan After(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    static CallsPerSecondBucket Bucket(double rate) => new(rate, Start - Long);

    /// <summary>Sent and arrived in one moment.</summary>
    static bool TryCall(CallsPerSecondBucket bucket, TimeSpan at)
    {
        if (!bucket.HasPlace(at)) return false;
        bucket.Take();
        bucket.Arrived(at);
        return true;
    }

    static List<TimeSpan> Call(CallsPerSecondBucket bucket, IEnumerable<TimeSpan> times) => [.. times.Where(t => TryCall(bucket, t))];

    /// <summary>The most calls in any window of that length, its end left out.</summary>
    static int Most(IEnumerable<TimeSpan> calls, TimeSpan window)
    {
        var sorted = calls.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted.Select((t, i) => sorted.Skip(i).TakeWhile(other => other < t + window).Count()).Max();
    }

    static readonly Arbitrary<TimeSpan[]> Times =
        Gen.Frequency((3, Gen.Choose(0, 20)), (1, Gen.Choose(0, 400)), (1, Gen.Choose(900, 1100))).ArrayOf(300)
            .Select(steps => { var at = Start; return steps.Select(step => at += TimeSpan.FromMilliseconds(step)).ToArray(); }).ToArbitrary();

    // On the way to Asterisk, and the answer back: mostly nothing, now and then more than a second.
    static readonly Gen<int> Delay = Gen.Frequency((6, Gen.Choose(0, 5)), (2, Gen.Choose(0, 300)), (1, Gen.Choose(0, 2500)));

    static readonly Arbitrary<(int There, int Back)[]> Delays =
        Delay.SelectMany(there => Delay.Select(back => (there, back))).ArrayOf(300).ToArbitrary();

    /// <summary>Calls asked for at those times, each as long on its way, and its answer as long on the way back, as the delays say.</summary>
    static List<TimeSpan> Arrivals(CallsPerSecondBucket bucket, TimeSpan[] times, (int There, int Back)[] delays)
    {
        var arrivals = new List<TimeSpan>();
        var answers = new PriorityQueue<TimeSpan, TimeSpan>();
        foreach (var (now, (there, back)) in times.Zip(delays))
        {
            while (answers.TryPeek(out var answered, out _) && answered <= now) bucket.Arrived(answers.Dequeue());
            if (!bucket.HasPlace(now)) continue;
            bucket.Take();
            arrivals.Add(now + TimeSpan.FromMilliseconds(there));
            var known = arrivals[^1] + TimeSpan.FromMilliseconds(back);
            answers.Enqueue(known, known);
        }
        return arrivals;
    }

    [Fact]
    public void However_long_each_call_is_on_its_way_no_second_sees_more_than_the_rate_arrive() =>
        Prop.ForAll(Times, Delays, Gen.Elements(0.5, 1, 2, 3.999, 10, 20).ToArbitrary(), (times, delays, rate) =>
            Most(Arrivals(Bucket(rate), times, delays), TimeSpan.FromSeconds(Math.Max(1, 1 / rate))) <= Math.Max(1, rate)).QuickCheckThrowOnFailure();

    [Fact]
    public void Below_one_a_second_calls_keep_their_distance() => Prop.ForAll(Times, Gen.Elements(0.1, 0.3, 0.5, 0.99).ToArbitrary(), (times, rate) =>
        Most(Call(Bucket(rate), times), TimeSpan.FromSeconds(1 / rate)) <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_allowed_is_given() => Prop.ForAll(Times, Gen.Choose(1, 12).ToArbitrary(), (times, rate) =>
    {
        var bucket = Bucket(rate);
        var calls = new List<TimeSpan>();
        foreach (var at in times)
        {
            var allowed = calls.Count(t => t > at - Second) < rate;
            if (TryCall(bucket, at) != allowed) return false;
            if (allowed) calls.Add(at);
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Asked_every_ten_milliseconds_it_gives_its_whole_rate()
    {
        var calls = Call(Bucket(350), Enumerable.Range(0, 1_020).SelectMany(i => Enumerable.Repeat(After(i * 0.01), 8)));

        Assert.Equal(350 * 10, calls.Count);
    }

    [Fact]
    public void A_call_that_is_on_its_way_holds_its_place_until_a_second_after_it_arrived()
    {
        var bucket = Bucket(1);
        bucket.Take();

        Assert.False(bucket.HasPlace(After(60)));
        bucket.Arrived(After(60));
        Assert.False(bucket.HasPlace(After(61)));
        Assert.True(bucket.HasPlace(After(60) + Second));
    }

    [Fact]
    public void A_new_bucket_waits_a_second_because_others_may_have_called_just_before()
    {
        var bucket = new CallsPerSecondBucket(5, Start);

        Assert.False(bucket.HasPlace(After(1)));
        Assert.True(bucket.HasPlace(Start + Second));
    }

    [Fact]
    public void A_change_of_rate_forgets_no_call() => Prop.ForAll(Times, Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (times, before, after) =>
    {
        var bucket = Bucket(before);
        var calls = Call(bucket, times.Take(150));
        bucket.SetRate(after);
        calls.AddRange(Call(bucket, times.Skip(150)));
        return Most(calls, TimeSpan.FromSeconds(1)) <= Math.Max(before, after);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_slower_rate_holds_at_once()
    {
        var bucket = Bucket(5);
        Call(bucket, Enumerable.Repeat(Start, 5));

        bucket.SetRate(0.5);

        Assert.False(TryCall(bucket, After(2)));
        Assert.True(TryCall(bucket, After(2) + CallsPerSecondBucket.Margin));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(10_001)]
    public void A_rate_that_is_none_is_refused(double rate) => Assert.Throws<ArgumentOutOfRangeException>(() => new CallsPerSecondBucket(rate, Start));
}
