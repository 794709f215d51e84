using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

/// <summary>What a server grants to campaigns that want the same lines.</summary>
public class LineShareTests
{
    static readonly CampaignId Spring = new("spring"), Autumn = new("autumn");
    static readonly TrunkId A = new("a"), B = new("b");

    readonly LineBook _book = new(1, TimeSpan.Zero);
    TimeSpan _now = TimeSpan.FromDays(7);
    int _attempts;

    void Configure(int channels, int onServer = 1000)
    {
        TrunkConfig trunk = new() { Name = "t", Server = new("pbx1"), DialString = "PJSIP/{number}@t", Channels = channels, CallsPerSecond = 1000 };
        _book.Configure(
            new() { Name = "pbx1", Host = "h", Username = "u", Secret = "s", Channels = onServer, CallsPerSecond = 1000 },
            new Dictionary<TrunkId, TrunkConfig> { [A] = trunk, [B] = trunk }, TimeSpan.Zero);
    }

    ImmutableArray<LineGrant> Ask(CampaignId campaign, int wanted, int share = 1, params TrunkId[] trunks) =>
        _book.Grant(new(campaign, share, trunks is [] ? [A] : [.. trunks], wanted), _now);

    /// <summary>Asks, and places a call in each place that is granted.</summary>
    List<AttemptId> Dial(CampaignId campaign, int wanted, int share = 1, params TrunkId[] trunks)
    {
        var calls = new List<AttemptId>();
        foreach (var grant in Ask(campaign, wanted, share, trunks))
        {
            var attempt = new AttemptId($"carillon-{++_attempts:00000000000000000000000000}");
            Assert.True(_book.Take(grant, attempt, _now) && _book.TryStart(attempt, _now));
            calls.Add(attempt);
        }
        return calls;
    }

    /// <summary>Who has a call that ends hears of it first, and asks for a line at once; the other one asks twice a second.</summary>
    (int Spring, int Autumn) Rounds(int shareOfSpring, int rounds, Queue<(CampaignId Of, AttemptId Call)> calls)
    {
        var (spring, autumn) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            _now += TimeSpan.FromMilliseconds(100);
            var (of, ended) = calls.Dequeue();
            _book.Release(ended, _now);
            More(of);
            if (round % 5 == 0) More(Spring);
            if (round % 5 == 2) More(Autumn);
        }
        return (spring, autumn);

        void More(CampaignId campaign)
        {
            var more = Dial(campaign, 12, campaign == Spring ? shareOfSpring : 1);
            foreach (var call in more) calls.Enqueue((campaign, call));
            if (campaign == Spring) spring += more.Count;
            else autumn += more.Count;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_campaign_that_comes_to_a_full_trunk_gets_its_share_of_the_lines(int share)
    {
        Configure(channels: 12);
        var calls = new Queue<(CampaignId, AttemptId)>(Dial(Spring, 12, share).Select(c => (Spring, c)));
        Rounds(share, 100, calls);

        var (spring, autumn) = Rounds(share, 400, calls);

        Assert.InRange((double)spring / autumn, 0.9 * share, 1.1 * share);
    }

    [Fact]
    public void What_is_left_to_a_campaign_that_does_not_come_back_is_had_by_the_others()
    {
        Configure(channels: 12);
        var calls = Dial(Spring, 12);
        Assert.Empty(Ask(Autumn, 12));
        foreach (var call in calls) _book.Release(call, _now);

        Assert.True(Ask(Spring, 12).Length < 12);
        _now += LineShares.Patience + LineBook.GrantLifetime;
        Assert.Equal(12, Ask(Spring, 12).Length);
    }

    [Fact]
    public void Lines_that_the_others_cannot_use_are_kept()
    {
        Configure(channels: 10);
        var calls = Dial(Spring, 10, trunks: A);
        Assert.Empty(Ask(Autumn, 4, trunks: A));
        foreach (var call in calls) _book.Release(call, _now);

        var grants = Ask(Spring, 20, trunks: [A, B]);

        Assert.Equal((6, 10), (grants.Count(g => g.Trunk == A), grants.Count(g => g.Trunk == B)));
    }

    [Fact]
    public void The_places_of_the_server_are_shared_by_campaigns_on_unlike_trunks()
    {
        Configure(channels: 10, onServer: 8);
        var calls = Dial(Spring, 8, trunks: A);
        Assert.Empty(Ask(Autumn, 3, trunks: B));
        foreach (var call in calls) _book.Release(call, _now);

        Assert.Equal(5, Ask(Spring, 8, trunks: A).Length);
        Assert.Equal(3, Ask(Autumn, 3, trunks: B).Length);
    }

    [Fact]
    public void What_one_rival_lacks_on_several_trunks_is_left_to_it_once()
    {
        Configure(channels: 10);
        var calls = Dial(Spring, 20, trunks: [A, B]);
        Assert.Empty(Ask(Autumn, 4, trunks: [A, B]));
        foreach (var call in calls) _book.Release(call, _now);

        Assert.Equal(16, Ask(Spring, 20, trunks: [A, B]).Length);
    }

    [Fact]
    public void A_place_that_is_given_back_was_not_had()
    {
        Configure(channels: 2);
        for (var n = 0; n < 50; n++) foreach (var grant in Ask(Spring, 2)) _book.Return(grant);
        var calls = Dial(Spring, 2);
        Assert.Empty(Ask(Autumn, 2));
        foreach (var call in calls) _book.Release(call, _now);

        Assert.Empty(Ask(Spring, 2));
        Dial(Autumn, 2);
        Assert.Equal(0, _book.TakenOn(B));
        Assert.Equal(2, _book.TakenOn(A));
    }
}
