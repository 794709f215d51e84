using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class FairSharesTests
{
    static Rival<string> Rival(string key, double weight = 1, int calls = 100, double unit = 1) => new(key, weight, calls, unit);

    [Fact]
    public void Who_is_alone_has_all()
    {
        var (calls, left) = new FairShares<string>().Part("a", 1, 7, 1, []);

        Assert.Equal(7, calls);
        Assert.Empty(left);
    }

    [Fact]
    public void What_is_there_is_divided_by_weights_and_the_rest_is_left()
    {
        var (calls, left) = new FairShares<string>().Part("a", 3, 8, 1, [Rival("b")]);

        Assert.Equal((6, 2), (calls, left["b"]));
    }

    [Fact]
    public void A_rival_is_left_no_more_than_they_can_place() => Assert.Equal(7, new FairShares<string>().Part("a", 1, 8, 1, [Rival("b", weight: 50, calls: 1)]).Calls);

    [Fact]
    public void Who_had_one_waits_until_the_other_has_had_theirs()
    {
        var shares = new FairShares<string>();
        Assert.Equal(1, shares.Part("a", 1, 1, 1, [Rival("b")]).Calls);
        shares.Give("a", 1, 1);

        Assert.Equal(0, shares.Part("a", 1, 1, 1, [Rival("b")]).Calls);
        shares.Give("b", 1, 1);
        Assert.Equal(1, shares.Part("a", 1, 1, 1, [Rival("b")]).Calls);
    }

    [Fact]
    public void What_was_given_back_does_not_count()
    {
        var shares = new FairShares<string>();
        Assert.Equal(1, shares.Part("a", 1, 1, 1, [Rival("b")]).Calls);
        shares.Give("a", 1, 1);
        shares.Give("a", 1, -1);

        Assert.Equal(1, shares.Part("a", 1, 1, 1, [Rival("b")]).Calls);
    }

    [Fact]
    public void Who_wanted_nothing_for_a_while_has_no_claim_to_what_others_had_meanwhile()
    {
        var shares = new FairShares<string>();
        shares.Part("b", 1, 1, 1, []);
        for (var i = 0; i < 1000; i++)
        {
            shares.Part("a", 1, 1, 1, []);
            shares.Give("a", 1, 1);
        }

        Assert.Equal(5, shares.Part("a", 1, 10, 1, [Rival("b")]).Calls);
    }

    [Fact]
    public void Who_could_not_be_served_catches_up_with_no_more_than_the_credit()
    {
        var shares = new FairShares<string>();
        for (var i = 0; i < 1000; i++)
        {
            shares.Part("a", 1, 1, 1, [Rival("b")]);
            shares.Give("a", 1, 1);
        }

        Assert.Equal(42, shares.Part("a", 1, 100, 1, [Rival("b")]).Calls);
    }

    [Fact]
    public void A_call_that_takes_a_quarter_of_an_agent_counts_a_quarter()
    {
        var (calls, left) = new FairShares<string>().Part("a", 1, 10, 1, [Rival("b", unit: 0.25)]);

        Assert.Equal((5, 20), (calls, left["b"]));
    }

    sealed record Party(int Weight, double Unit);

    /// <summary>Parties of any weight and any kind of call, who ask as often as they like.</summary>
    static readonly Arbitrary<(Party[] Parties, int[] Asks)> Stories =
        (from parties in (from weight in Gen.Choose(1, 10) from unit in Gen.Elements(0.1, 0.25, 0.5, 1.0) select new Party(weight, unit)).ArrayOf(3)
         from seed in Gen.Choose(0, int.MaxValue)
         select (parties, Asks(seed))).ToArbitrary();

    static int[] Asks(int seed)
    {
        var dice = new System.Random(seed);
        return [.. Enumerable.Range(0, 3000).Select(_ => dice.Next(1000))];
    }

    [Fact]
    public void Who_always_wants_more_gets_their_weight_in_the_long_run_however_often_the_others_ask() => Prop.ForAll(Stories, story =>
    {
        var shares = new FairShares<int>();
        var got = new double[story.Parties.Length];
        var there = 0.0;
        foreach (var ask in story.Asks)
        {
            // The first asks three times as often as the others.
            var who = Math.Max(0, ask % 5 - 2);
            there = Math.Min(3, there + 1);
            var party = story.Parties[who];
            var available = (int)(there / party.Unit);
            var rivals = story.Parties.Select((p, n) => new Rival<int>(n, p.Weight, 64, p.Unit)).Where(r => r.Key != who).ToList();
            var (calls, _) = shares.Part(who, party.Weight, available, party.Unit, rivals);
            if (calls < 0 || calls > available) return false;
            shares.Give(who, party.Weight, calls * party.Unit);
            there -= calls * party.Unit;
            got[who] += calls * party.Unit;
        }
        var (all, weights) = (got.Sum(), story.Parties.Sum(p => p.Weight));
        return all > 500 && story.Parties.Select((p, n) => Math.Abs(got[n] / all - (double)p.Weight / weights)).All(error => error < 0.03);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Of_what_is_there_somebody_is_always_given_or_left_something() => Prop.ForAll(Stories, story =>
    {
        var shares = new FairShares<int>();
        foreach (var ask in story.Asks.Take(300))
        {
            var who = ask % story.Parties.Length;
            var party = story.Parties[who];
            var (calls, left) = shares.Part(who, party.Weight, 1 + ask % 7, party.Unit, [.. story.Parties.Select((p, n) => new Rival<int>(n, p.Weight, ask % 3, p.Unit)).Where(r => r.Key != who)]);
            if (calls + left.Values.Sum() == 0 || left.Values.Any(n => n > ask % 3)) return false;
            shares.Give(who, party.Weight, calls * party.Unit);
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
}
