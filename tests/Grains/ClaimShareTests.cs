using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Queues;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Grains.Tests;

/// <summary>What the queue grants to campaigns that want the same agents, by their shares.</summary>
public class ClaimShareTests
{
    static readonly CampaignId Spring = new("spring"), Autumn = new("autumn");
    static readonly ServerId One = new("pbx1"), Two = new("pbx2");

    readonly ClaimBook _claims = new();
    readonly HandlingBook _handling = new();
    DateTimeOffset _now = Rosters.Now;

    static Roster Free(int agents, params ServerId[] servers) => Rosters.Free(agents, servers is [] ? [One] : servers);

    static QueueClaim Claim(CampaignId campaign, int share = 1, int underway = 0, int wanted = 64, int unused = 0, params ServerId[] servers) => new()
    {
        Campaign = campaign,
        Underway = underway == 0 ? ImmutableDictionary<ServerId, int>.Empty : ImmutableDictionary<ServerId, int>.Empty.Add(One, underway),
        Waiting = 0,
        Wanted = wanted,
        Servers = [.. servers is [] ? [One] : servers],
        Share = share,
        Unused = unused,
    };

    QueueGrant Grant(QueueClaim claim, Roster agents)
    {
        _now += TimeSpan.FromMilliseconds(100);
        return _claims.Grant(claim, agents, _handling, 0, _now);
    }

    [Fact]
    public void Agents_who_come_free_are_divided_by_shares_and_who_is_behind_is_told_to_ask()
    {
        Grant(Claim(Spring, share: 3), Free(0));
        Grant(Claim(Autumn), Free(0));

        var spring = Grant(Claim(Spring, share: 3), Free(8));
        Assert.Equal((6, 2), (spring.Slots.Length, spring.LeftToOthers));
        Assert.Equal([Autumn], _claims.TakeOffered());
        Assert.Empty(_claims.TakeOffered());
        Assert.Equal(2, Grant(Claim(Autumn), Free(8)).Slots.Length);
    }

    [Fact]
    public void A_campaign_that_wants_no_more_leaves_its_share()
    {
        Grant(Claim(Spring), Free(0));
        Grant(Claim(Autumn, wanted: 0), Free(0));

        Assert.Equal(8, Grant(Claim(Spring), Free(8)).Slots.Length);
    }

    [Fact]
    public void A_campaign_that_has_not_asked_for_a_while_is_not_waited_for()
    {
        Grant(Claim(Autumn), Free(0));
        _now += ClaimBook.Patience;

        Assert.Equal(8, Grant(Claim(Spring), Free(8)).Slots.Length);
    }

    [Fact]
    public void A_campaign_that_cannot_reach_these_agents_has_no_share_of_them()
    {
        Grant(Claim(Autumn, servers: Two), Free(0));

        Assert.Equal(8, Grant(Claim(Spring), Free(8)).Slots.Length);
    }

    [Fact]
    public void What_others_could_not_use_anyway_is_kept()
    {
        var floor = Free(4, Two);
        for (var n = 10; n < 14; n++) floor.Set(Rosters.Agent(n, [One]));
        Grant(Claim(Autumn, servers: Two), Free(0));

        var grant = Grant(Claim(Spring, servers: [One, Two]), floor);

        Assert.Equal((4, 4), (grant.Slots.Count(s => s.Server == One), grant.LeftToOthers));
    }

    [Fact]
    public void A_campaign_that_again_and_again_takes_nothing_of_what_is_left_to_it_does_not_hold_up_the_others()
    {
        // Its ratio allows no further call, however many agents are free.
        var full = Claim(Autumn, share: 100) with { Pool = new() { Calls = ImmutableDictionary<ServerId, PoolCalls>.Empty, Ratio = new(1, RatioOf.AgentsAtWork, ImmutableDictionary<ServerId, int>.Empty.Add(One, 1000)) } };
        Grant(full, Free(0));
        var asked = 0;
        while (Grant(Claim(Spring), Free(1)).Slots.IsEmpty)
        {
            Assert.True(++asked <= ClaimBook.MostDeclined);
            Grant(full, Free(1));
        }
    }

    [Fact]
    public void Slots_for_which_no_call_was_placed_are_not_counted()
    {
        Grant(Claim(Spring), Free(0));
        Grant(Claim(Autumn), Free(0));
        Assert.Single(Grant(Claim(Spring), Free(1)).Slots);

        Assert.Single(Grant(Claim(Spring, unused: 1), Free(1)).Slots);
    }

    [Fact]
    public void A_campaign_that_uses_nothing_of_what_it_is_granted_does_not_hold_all_agents_for_ever()
    {
        // Whenever it asks it holds the agent until it asks again, before the other one.
        var lent = Grant(Claim(Autumn), Free(1)).Slots.Length;
        for (var asked = 0; Grant(Claim(Spring), Free(1)).Slots.IsEmpty; asked++)
        {
            Assert.True(asked <= ClaimBook.MostIdle);
            lent = Grant(Claim(Autumn, unused: lent), Free(1)).Slots.Length;
        }
    }

    [Fact]
    public void Agents_whom_a_campaign_gives_back_are_for_another_one_which_is_told_to_ask()
    {
        var lent = Grant(Claim(Autumn), Free(3)).Slots.Length;
        Assert.Empty(Grant(Claim(Spring), Free(3)).Slots);

        Grant(Claim(Autumn, wanted: 0, unused: lent), Free(3));

        Assert.Equal([Spring], _claims.TakeOffered());
        Assert.Equal(3, Grant(Claim(Spring), Free(3)).Slots.Length);
    }

    [Fact]
    public void A_campaign_that_lately_used_nothing_is_not_waited_for_until_a_while_later()
    {
        for (var idle = 0; idle < ClaimBook.MostIdle; idle++)
        {
            var lent = Grant(Claim(Autumn, share: 100), Free(1)).Slots.Length;
            Grant(Claim(Autumn, share: 100, wanted: 0, unused: lent), Free(1));
        }
        Grant(Claim(Autumn, share: 100), Free(0));
        Assert.Single(Grant(Claim(Spring), Free(1)).Slots);
        Grant(Claim(Spring, unused: 1), Free(0));

        _now += ClaimBook.Patience;
        Grant(Claim(Autumn, share: 100), Free(0));
        Assert.Empty(Grant(Claim(Spring), Free(1)).Slots);
    }

    [Fact]
    public void Calls_for_agents_by_name_are_granted_whoever_is_behind()
    {
        Grant(Claim(Autumn, share: 100), Free(0));

        Assert.Equal(2, Grant(Claim(Spring) with { Agents = [new("a0"), new("a1")] }, Free(2)).Slots.Length);
    }

    static readonly Arbitrary<(int[] Shares, int Seed)> Floors =
        (from shares in Gen.Choose(1, 9).ArrayOf(3) from seed in Gen.Choose(0, int.MaxValue) select (shares, seed)).ToArbitrary();

    [Fact]
    public void On_a_busy_floor_each_campaign_gets_its_share_in_the_long_run_and_no_agent_is_promised_twice() => Prop.ForAll(Floors, floor =>
    {
        const int Agents = 12, Rounds = 4000;
        var (claims, dice, agents, now) = (new ClaimBook(), new System.Random(floor.Seed), Free(Agents), Rosters.Now);
        var calls = floor.Shares.Select(_ => new List<int>()).ToArray();
        var granted = new int[floor.Shares.Length];
        for (var round = 0; round < Rounds; round++)
        {
            now += TimeSpan.FromMilliseconds(50);
            // The first campaign asks twice as often as the others.
            var who = Math.Max(0, dice.Next(4) - 1);
            foreach (var all in calls) all.RemoveAll(end => end <= round);
            var grant = claims.Grant(Claim(new($"c{who}"), floor.Shares[who], calls[who].Count), agents, _handling, 0, now);
            foreach (var _ in grant.Slots) calls[who].Add(round + 1 + dice.Next(60));
            granted[who] += grant.Slots.Length;
            if (calls.Sum(c => c.Count) > Agents) return false;
        }
        var (sum, weights) = (granted.Sum(), (double)floor.Shares.Sum());
        return floor.Shares.Select((share, n) => Math.Abs(granted[n] / (double)sum - share / weights)).All(error => error < 0.04);
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(20));
}
