using System.Collections.Immutable;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class LineBookTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly TrunkId A = new("a");
    static readonly TrunkId B = new("b");

    static LineBook Book(int channels = 100, double perSecond = 100, int trunkChannels = 10, double trunkPerSecond = 10)
    {
        var book = new LineBook();
        var server = new ServerConfig { Name = "pbx1", Host = "h", Username = "u", Secret = "s", Channels = channels, CallsPerSecond = perSecond };
        var trunk = new TrunkConfig { Name = "t", Server = new("pbx1"), DialString = "PJSIP/{number}@t", Channels = trunkChannels, CallsPerSecond = trunkPerSecond };
        book.Configure(server, new Dictionary<TrunkId, TrunkConfig> { [A] = trunk, [B] = trunk });
        return book;
    }

    static AttemptId Attempt(int n) => new($"carillon-{n:00000000000000000000000000}");

    [Fact]
    public void Grants_stay_within_the_channels_of_each_trunk_and_spread_over_them()
    {
        var grants = Book(trunkChannels: 3).Grant([A, B], 10, 0, Now);

        Assert.Equal([(A, 3), (B, 3)], grants.GroupBy(g => g.Trunk).OrderBy(g => g.Key.Value).Select(g => (g.Key, g.Count())));
    }

    [Fact]
    public void Grants_stay_within_the_channels_of_the_server() => Assert.Equal(4, Book(channels: 4).Grant([A, B], 10, 0, Now).Length);

    [Fact]
    public void A_grant_is_good_for_one_call()
    {
        var book = Book();
        var grant = book.Grant([A], 1, 0, Now)[0];

        Assert.True(book.Take(grant, Attempt(1), Now));
        Assert.False(book.Take(grant, Attempt(2), Now));
    }

    [Fact]
    public void A_grant_lapses_and_its_channel_is_free_again()
    {
        var book = Book(trunkChannels: 1);
        var grant = book.Grant([A], 1, 0, Now)[0];
        Assert.Empty(book.Grant([A], 1, 0, Now));

        Assert.False(book.Take(grant, Attempt(1), Now + LineBook.GrantLifetime));
        Assert.Single(book.Grant([A], 1, 0, Now + LineBook.GrantLifetime));
    }

    [Fact]
    public void A_released_call_frees_its_channel_and_a_returned_grant_too()
    {
        var book = Book(trunkChannels: 1);
        book.Take(book.Grant([A], 1, 0, Now)[0], Attempt(1), Now);
        Assert.Empty(book.Grant([A], 1, 0, Now));
        book.Release(Attempt(1));

        var grant = Assert.Single(book.Grant([A], 1, 0, Now));
        book.Return(grant);
        Assert.Single(book.Grant([A], 1, 0, Now));
    }

    [Fact]
    public void An_adopted_call_takes_a_channel_even_beyond_the_limit()
    {
        var book = Book(trunkChannels: 1);
        book.Adopt(Attempt(1), A);
        book.Adopt(Attempt(2), A);

        Assert.Equal(2, book.TakenOn(A));
        Assert.Empty(book.Grant([A], 1, 0, Now));
    }

    [Fact]
    public void Starts_keep_to_the_rate_of_the_trunk_and_of_the_server()
    {
        var book = Book(perSecond: 3, trunkPerSecond: 2);

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => book.TryStart(A, Now)));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => book.TryStart(B, Now)));
        Assert.True(book.TryStart(A, Now.AddSeconds(1)));
    }

    [Fact]
    public void A_trunk_that_was_switched_off_grants_nothing_and_a_changed_rate_forgets_no_start()
    {
        var book = Book(trunkPerSecond: 1);
        Assert.True(book.TryStart(A, Now));
        var server = new ServerConfig { Name = "pbx1", Host = "h", Username = "u", Secret = "s" };
        var trunk = new TrunkConfig { Name = "t", Server = new("pbx1"), DialString = "PJSIP/{number}@t", CallsPerSecond = 1, Enabled = false };
        book.Configure(server, ImmutableDictionary<TrunkId, TrunkConfig>.Empty.Add(A, trunk));

        Assert.Empty(book.Grant([A, B], 5, 0, Now));
        Assert.False(book.TryStart(A, Now.AddMilliseconds(900)));
    }

    [Fact]
    public void No_more_is_granted_than_the_next_second_can_start() => Assert.Equal(2, Book(perSecond: 5).Grant([A, B], 50, pending: 3, Now).Length);
}
