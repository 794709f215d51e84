using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing.Abandonment;

public class SharedRiskTests
{
    static RiskParty Party(double answers, double limit, double ofBase = 0.03) => new(answers, limit, ofBase);

    static Gen<RiskParty> Parties() =>
        from answers in Gen.Choose(1, 1000) from limit in Gen.Choose(0, 500) from ofBase in Gen.Choose(1, 500) select Party(answers / 10.0, limit / 1000.0, ofBase / 1000.0);

    [Fact]
    public void It_is_the_harmonic_mean_of_what_each_may_risk()
    {
        Assert.Equal(0.02, SharedRisk.Limit([Party(5, 0.02)]), 12);
        Assert.Equal(1 / (0.5 / 0.01 + 0.5 / 0.03), SharedRisk.Limit([Party(3, 0.01), Party(3, 0.03)]), 12);
        // Of four who wait three are the first one's.
        Assert.Equal(1 / (0.75 / 0.01 + 0.25 / 0.03), SharedRisk.Limit([Party(3, 0.01), Party(1, 0.03)]), 12);
    }

    [Fact]
    public void Who_has_no_budget_left_slows_the_others_by_their_part_and_does_not_stop_them()
    {
        Assert.Equal(0.03 / 5.5, SharedRisk.Limit([Party(1, 0), Party(1, 0.03)]), 12);
        Assert.InRange(SharedRisk.Limit([Party(1, 0), Party(99, 0.03)]), 0.0275, 0.03);
        Assert.Equal(0, SharedRisk.Limit([Party(1, 0), Party(9, 0)]));
        Assert.Equal(0, SharedRisk.Limit([]));
    }

    [Fact]
    public void It_is_never_above_what_the_boldest_may_risk_nor_below_a_tenth_of_a_base() =>
        Prop.ForAll(Parties().NonEmptyListOf().ToArbitrary(), parties =>
        {
            var (limit, most) = (SharedRisk.Limit([.. parties]), parties.Max(p => p.Limit));
            return limit <= most && (limit >= parties.Min(p => Math.Max(p.Limit, p.Base / 10)) - 1e-12 || limit == most);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_who_may_risk_less_never_raises_it() =>
        Prop.ForAll(Parties().NonEmptyListOf().ToArbitrary(), parties =>
            SharedRisk.Limit([.. parties.Skip(1), parties[0] with { Limit = parties[0].Limit / 2 }]) <= SharedRisk.Limit([.. parties]) + 1e-12).QuickCheckThrowOnFailure();
}
