using System.Collections.Immutable;
using Carillon.Pacing;
using Carillon.Servers;

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
        Assert.Equal(0, book.MayWait(A).OnTrunk);
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
}
