using System.Collections.Immutable;
using Carillon.Pacing;
using Carillon.Servers;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Grains.Tests;

public class LineBookTests
{
    static readonly TimeSpan Now = TimeSpan.FromDays(7);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1) + CallsPerSecondBucket.Margin;
    static readonly TrunkId A = new("a");
    static readonly TrunkId B = new("b");

    static ServerConfig Server(int channels = 100, double perSecond = 100) => new() { Name = "pbx1", Host = "h", Username = "u", Secret = "s", Channels = channels, CallsPerSecond = perSecond };

    static TrunkConfig Trunk(int channels = 10, double perSecond = 10) =>
        new() { Name = "t", Server = new("pbx1"), DialString = "PJSIP/{number}@t", Channels = channels, CallsPerSecond = perSecond };

    static LineBook Book(int channels = 100, double perSecond = 100, int trunkChannels = 10, double trunkPerSecond = 10, TimeSpan? since = null)
    {
        var longAgo = since ?? Now - TimeSpan.FromHours(1);
        var book = new LineBook(1, longAgo);
        var trunk = Trunk(trunkChannels, trunkPerSecond);
        book.Configure(Server(channels, perSecond), new Dictionary<TrunkId, TrunkConfig> { [A] = trunk, [B] = trunk }, longAgo);
        return book;
    }

    static AttemptId Attempt(int n) => new($"carillon-{n:00000000000000000000000000}");

    /// <summary>Calls that got a place and wait for their turn.</summary>
    static AttemptId[] Waiting(LineBook book, TrunkId trunk, int count, int first = 1)
    {
        var attempts = Enumerable.Range(first, count).Select(Attempt).ToArray();
        foreach (var (grant, attempt) in book.Grant([trunk], count, Now).Zip(attempts)) Assert.True(book.Take(grant, attempt, Now));
        return attempts;
    }

    [Fact]
    public void Grants_stay_within_the_channels_of_each_trunk_and_spread_over_them()
    {
        var grants = Book(trunkChannels: 3).Grant([A, B], 10, Now);

        Assert.Equal([(A, 3), (B, 3)], grants.GroupBy(g => g.Trunk).OrderBy(g => g.Key.Value).Select(g => (g.Key, g.Count())));
    }

    [Fact]
    public void Calls_that_come_one_at_a_time_take_equal_trunks_in_turn_however_much_room_there_is()
    {
        var book = Book(channels: 1000, trunkChannels: 500, trunkPerSecond: 50);
        var took = new List<TrunkId>();
        for (var (n, now) = (1, Now); n <= 6; n++, now += Second)
        {
            var grant = Assert.Single(book.Grant([A, B], 1, now));
            took.Add(grant.Trunk);
            Assert.True(book.Take(grant, Attempt(n), now) && book.TryStart(Attempt(n), now));
            book.Release(Attempt(n), now);
        }

        Assert.Equal([A, B, A, B, A, B], took);
    }

    [Fact]
    public void A_trunk_with_calls_waits_until_the_others_are_as_full_for_their_channels()
    {
        var book = Book(channels: 1000);
        book.Configure(Server(channels: 1000), new Dictionary<TrunkId, TrunkConfig> { [A] = Trunk(10, 1000), [B] = Trunk(30, 1000) }, Now);

        var took = book.Grant([A, B], 20, Now).Select(g => g.Trunk).ToList();

        Assert.Equal((5, 15), (took.Count(t => t == A), took.Count(t => t == B)));
    }

    [Fact]
    public void A_trunk_whose_second_is_used_up_comes_after_one_that_may_start_a_call_now()
    {
        var book = Book(channels: 1000, trunkChannels: 500, trunkPerSecond: 3);
        foreach (var attempt in Waiting(book, A, 3))
        {
            Assert.True(book.TryStart(attempt, Now));
            book.Release(attempt, Now);
        }

        Assert.Equal([B, B], book.Grant([A, B], 2, Now).Select(g => g.Trunk));
    }

    [Fact]
    public void Grants_stay_within_the_channels_of_the_server() => Assert.Equal(4, Book(channels: 4).Grant([A, B], 10, Now).Length);

    [Fact]
    public void A_grant_is_good_for_one_call()
    {
        var book = Book();
        var grant = book.Grant([A], 1, Now)[0];

        Assert.True(book.Take(grant, Attempt(1), Now));
        Assert.False(book.Take(grant, Attempt(2), Now));
    }

    [Fact]
    public void A_grant_lapses_and_its_channel_is_free_again()
    {
        var book = Book(trunkChannels: 1);
        var grant = book.Grant([A], 1, Now)[0];
        Assert.Empty(book.Grant([A], 1, Now));

        Assert.False(book.Take(grant, Attempt(1), Now + LineBook.GrantLifetime));
        Assert.Single(book.Grant([A], 1, Now + LineBook.GrantLifetime));
    }

    [Fact]
    public void A_released_call_frees_its_channel_and_a_returned_grant_too()
    {
        var book = Book(trunkChannels: 1);
        book.Take(book.Grant([A], 1, Now)[0], Attempt(1), Now);
        Assert.Empty(book.Grant([A], 1, Now));
        book.Release(Attempt(1), Now);

        var grant = Assert.Single(book.Grant([A], 1, Now));
        book.Return(grant);
        Assert.Single(book.Grant([A], 1, Now));
    }

    [Fact]
    public void An_adopted_call_takes_a_channel_even_beyond_the_limit()
    {
        var book = Book(trunkChannels: 1);
        book.Adopt(Attempt(1), A, isStarting: false, Now);
        book.Adopt(Attempt(2), A, isStarting: false, Now);

        Assert.Equal(2, book.TakenOn(A));
        Assert.Empty(book.Grant([A], 1, Now));
    }

    [Fact]
    public void Starts_keep_to_the_rate_of_the_trunk_and_of_the_server()
    {
        var book = Book(perSecond: 3, trunkPerSecond: 2);
        var (onA, onB) = (Waiting(book, A, 2), Waiting(book, B, 1, first: 10));

        Assert.All(onA, a => Assert.True(book.TryStart(a, Now)));
        Assert.True(book.TryStart(onB[0], Now));
        foreach (var started in onA.Concat(onB)) book.Started(started, Now);
        var late = Waiting(book, B, 1, first: 20);
        Assert.False(book.TryStart(late[0], Now.Add(TimeSpan.FromSeconds(1))));
        Assert.True(book.TryStart(late[0], Now + Second));
    }

    [Fact]
    public void A_call_that_Asterisk_has_not_answered_for_holds_up_the_next_one()
    {
        var book = Book(trunkPerSecond: 1);
        var first = Waiting(book, A, 1)[0];
        Assert.True(book.TryStart(first, Now));

        Assert.Empty(book.Grant([A], 1, Now.Add(TimeSpan.FromSeconds(5))));
        book.Started(first, Now.Add(TimeSpan.FromSeconds(5)));
        book.Started(first, Now.Add(TimeSpan.FromSeconds(9)));
        var second = Waiting(book, A, 1, first: 2)[0];
        Assert.False(book.TryStart(second, Now.Add(TimeSpan.FromSeconds(6))));
        Assert.True(book.TryStart(second, Now.Add(TimeSpan.FromSeconds(5)) + Second));
    }

    [Fact]
    public void A_call_that_ends_before_it_was_answered_for_counts_as_started_then()
    {
        var book = Book(trunkPerSecond: 1);
        var first = Waiting(book, A, 1)[0];
        Assert.True(book.TryStart(first, Now));

        book.Release(first, Now);

        var second = Waiting(book, A, 1, first: 2)[0];
        Assert.False(book.TryStart(second, Now));
        Assert.True(book.TryStart(second, Now + Second));
    }

    [Fact]
    public void After_a_change_of_activation_the_first_second_starts_nothing()
    {
        var book = Book(since: Now);
        var attempt = Waiting(book, A, 1)[0];

        Assert.False(book.TryStart(attempt, Now));
        Assert.True(book.TryStart(attempt, Now + Second));
    }

    [Fact]
    public void A_trunk_that_was_switched_off_grants_nothing_and_takes_no_call_for_an_earlier_grant()
    {
        var book = Book();
        var grant = book.Grant([A], 1, Now)[0];

        book.Configure(Server(), ImmutableDictionary<TrunkId, TrunkConfig>.Empty.Add(A, Trunk() with { Enabled = false }), Now);

        Assert.False(book.Take(grant, Attempt(1), Now));
        Assert.Empty(book.Grant([A, B], 5, Now));
        Assert.Equal(0, book.MayWait(A, Now).OnTrunk);
    }

    [Fact]
    public void A_changed_rate_forgets_no_start()
    {
        var book = Book(trunkPerSecond: 1);
        var first = Waiting(book, A, 1)[0];
        Assert.True(book.TryStart(first, Now));
        book.Started(first, Now);
        var second = Waiting(book, A, 1, first: 2)[0];

        book.Configure(Server(), ImmutableDictionary<TrunkId, TrunkConfig>.Empty.Add(A, Trunk(perSecond: 0.5)), Now);

        Assert.False(book.TryStart(second, Now + Second));
        Assert.True(book.TryStart(second, Now + Second + Second));
    }

    [Fact]
    public void No_more_is_granted_than_the_next_second_can_start()
    {
        var book = Book(perSecond: 5);
        Waiting(book, A, 3);

        Assert.Equal(2, book.Grant([A, B], 50, Now).Length);
    }

    [Fact]
    public void Whatever_is_asked_given_back_placed_and_told_no_limit_is_ever_exceeded() => Prop.ForAll(Gen.Choose(0, 9999).ArrayOf(300).ToArbitrary(), steps =>
    {
        const int Most = 12, OnTrunk = 8, Rate = 6, TrunkRate = 4;
        var book = Book(Most, Rate, OnTrunk, TrunkRate);
        var (now, next) = (Now, 1);
        var grants = new List<LineGrant>();
        var living = new Dictionary<AttemptId, TrunkId>();
        var waiting = new List<AttemptId>();
        var starts = new List<(TrunkId Trunk, TimeSpan At)>();
        foreach (var step in steps)
        {
            now += TimeSpan.FromMilliseconds(step / 10 % 100);
            switch (step % 10)
            {
                case < 3:
                    grants.AddRange(book.Grant(new(new($"campaign{step % 3}"), 1 + step % 7, step % 2 == 0 ? [A, B] : [A], step / 1000), now));
                    break;
                case < 6 when grants.Count > 0:
                    var (grant, attempt) = (grants[0], Attempt(next++));
                    grants.RemoveAt(0);
                    if (!book.Take(grant, attempt, now)) break;
                    living[attempt] = grant.Trunk;
                    waiting.Add(attempt);
                    break;
                case 6 when grants.Count > 0:
                    book.Return(grants[^1]);
                    grants.RemoveAt(grants.Count - 1);
                    break;
                case 7 or 6 when living.Count > 0:
                    var ended = living.Keys.ElementAt(step % living.Count);
                    book.Tell(ended, (TrunkResult)(step % 3), now);
                    book.Release(ended, now);
                    living.Remove(ended);
                    waiting.Remove(ended);
                    break;
                default:
                    foreach (var ready in waiting.Where(a => book.TryStart(a, now)).ToList())
                    {
                        book.Started(ready, now);
                        starts.Add((living[ready], now));
                        waiting.Remove(ready);
                    }
                    break;
            }
            if (living.Count > Most || living.Values.GroupBy(t => t).Any(g => g.Count() > OnTrunk) || book.Taken != living.Count) return false;
        }
        return Within(starts.Select(s => s.At), Rate) && starts.GroupBy(s => s.Trunk).All(g => Within(g.Select(s => s.At), TrunkRate));

        static bool Within(IEnumerable<TimeSpan> starts, int rate) => starts.Order().ToList() is var at && at.Zip(at.Skip(rate)).All(p => p.Second - p.First >= TimeSpan.FromSeconds(1));
    }).QuickCheckThrowOnFailure();
}

static class LineBookAsked
{
    /// <summary>Asks for the only campaign there is.</summary>
    public static ImmutableArray<LineGrant> Grant(this LineBook book, IEnumerable<TrunkId> trunks, int wanted, TimeSpan now) =>
        book.Grant(new(new("spring"), 1, [.. trunks], wanted), now);
}
