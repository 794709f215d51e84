using Carillon.Campaigns;
using Carillon.Leads;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Grains.Tests;

public class ListSharesTests
{
    static IEnumerable<Lead> Leads(string list, int count) => Enumerable.Range(0, count).Select(i => new Lead
    {
        Id = i,
        Campaign = Dialer.Spring,
        Number = new("+74950000000"),
        CreatedAt = default,
        List = list,
    });

    [Fact]
    public void Three_to_one_is_three_to_one_also_one_lead_at_a_time()
    {
        var shares = new ListShares();
        var weights = new Dictionary<string, int> { ["warm"] = 3 };

        var taken = Enumerable.Range(0, 40).Select(_ => shares.Take([.. Leads("cold", 5), .. Leads("warm", 5)], weights, 1).Single().List).ToList();

        Assert.Equal(30, taken.Count(l => l == "warm"));
        Assert.All(taken.Chunk(4), part => Assert.Single(part, l => l == "cold"));
    }

    [Fact]
    public void A_list_that_had_nothing_does_not_catch_up()
    {
        var shares = new ListShares();
        var weights = new Dictionary<string, int>();
        for (var i = 0; i < 50; i++) shares.Take(Leads("a", 1), weights, 1);

        var taken = Enumerable.Range(0, 10).Select(_ => shares.Take([.. Leads("a", 5), .. Leads("b", 5)], weights, 1).Single().List).ToList();

        Assert.Equal(5, taken.Count(l => l == "b"));
    }

    [Fact]
    public void Every_lead_comes_once_and_each_list_in_its_own_order() => Prop.ForAll(
        (from a in Gen.Choose(0, 30) from b in Gen.Choose(0, 30) from c in Gen.Choose(0, 30) from weight in Gen.Choose(1, 100) select (a, b, c, weight)).ToArbitrary(),
        x =>
        {
            Lead[] all = [.. Leads("a", x.a), .. Leads("b", x.b), .. Leads("c", x.c)];
            var taken = new ListShares().Take(all, new Dictionary<string, int> { ["b"] = x.weight }, all.Length);
            return taken.Count == all.Length && taken.GroupBy(l => l.List).All(g => g.Select(l => l.Id).SequenceEqual(Enumerable.Range(0, g.Count()).Select(i => (long)i)));
        }).QuickCheckThrowOnFailure();
}
