using Carillon.Numbers;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Servers;

public class TrunkRoutesTests
{
    static readonly TrunkConfig All = new() { Name = "t", Server = new("pbx1"), DialString = "PJSIP/{number}@t" };

    static TrunkConfig Prefixes(params string[] prefixes) => All with { Prefixes = [.. prefixes] };

    static TrunkConfig Regions(params string[] regions) => All with { Regions = [.. regions] };

    static string Routes(string number, params (string Id, TrunkConfig Config)[] trunks) =>
        string.Join(", ", TrunkRoutes.Of(trunks.Select(t => KeyValuePair.Create(new TrunkId(t.Id), t.Config)), new(number)).Select(g => string.Join('=', g.Select(t => t.Value).Order(StringComparer.Ordinal))));

    [Theory]
    [InlineData("+74951234567", 4)]
    [InlineData("+74991234567", 3)]
    [InlineData("+78121234567", 1)]
    [InlineData("+375291234567", null)]
    public void A_number_fits_with_as_many_digits_as_the_longest_prefix_has(string number, int? fit) =>
        Assert.Equal(fit, TrunkRoutes.Fit(Prefixes("+7", "+7495", "+749"), new(number)));

    [Fact]
    public void A_trunk_without_prefixes_and_regions_takes_all() => Assert.Equal(0, TrunkRoutes.Fit(All, new("+375291234567")));

    [Theory]
    [InlineData("+73812123456", 4)]
    [InlineData("+74951234567", null)]
    public void A_number_fits_a_region_with_its_area_code(string number, int? fit) => Assert.Equal(fit, TrunkRoutes.Fit(Regions("Asia/Omsk"), new(number)));

    [Fact]
    public void A_mobile_number_that_may_be_anywhere_does_not_go_by_a_trunk_of_one_region() =>
        Assert.Null(TrunkRoutes.Fit(Regions("Europe/Moscow"), new("+79161234567")));

    [Fact]
    public void A_number_of_which_no_region_is_known_goes_by_no_trunk_of_regions() => Assert.Null(TrunkRoutes.Fit(Regions("Asia/Omsk"), new("+8881234567890")));

    [Fact]
    public void Trunks_that_fit_better_come_first_and_equals_stand_together() =>
        Assert.Equal("city=omsk, russia, all", Routes("+73812123456",
            ("all", All), ("omsk", Regions("Asia/Omsk")), ("russia", Prefixes("+7")), ("moscow", Prefixes("+7495")), ("city", Prefixes("+7381"))));

    static readonly Arbitrary<(string[][] Prefixes, string Number)> Plans =
        (from prefixes in Gen.Choose(1, 999).Select(n => $"+{n}").ArrayOf().Where(p => p.Length < 5).ArrayOf()
         from number in Gen.Choose(100_000_000, 999_999_999)
         select (prefixes, $"+{number}00")).ToArbitrary();

    [Fact]
    public void Each_trunk_that_takes_the_number_is_a_route_once_and_no_other_one() => Prop.ForAll(Plans, plan =>
    {
        var trunks = plan.Prefixes.Select((p, n) => KeyValuePair.Create(new TrunkId($"t{n}"), Prefixes(p))).ToList();
        var routes = TrunkRoutes.Of(trunks, new(plan.Number)).SelectMany(g => g).ToList();
        var expected = trunks.Where(t => t.Value.Prefixes.IsEmpty || t.Value.Prefixes.Any(p => plan.Number.StartsWith(p, StringComparison.Ordinal))).Select(t => t.Key);
        return routes.Count == routes.Distinct().Count() && routes.ToHashSet().SetEquals(expected);
    }).QuickCheckThrowOnFailure();
}
