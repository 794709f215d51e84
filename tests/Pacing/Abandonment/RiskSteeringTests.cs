using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing.Abandonment;

public class RiskSteeringTests
{
    const double Cap = 0.03, Day = 86_400;

    static double Limit(RiskSteering steering, long answered, long abandoned) => steering.Limit(Ledger(answered, abandoned), Ledger(answered, abandoned), Cap);

    static AbandonmentLedger Ledger(long answered, long abandoned)
    {
        var ledger = new AbandonmentLedger(Day);
        ledger.Add(0, answered, abandoned);
        return ledger;
    }

    static Gen<(int Answered, int Abandoned)> Counts() => from answered in Gen.Choose(0, 20_000) from abandoned in Gen.Choose(0, 700) select (answered, Math.Min(answered, abandoned));

    [Fact]
    public void It_starts_with_the_cap_itself()
    {
        Assert.Equal(Cap, RiskSteering.At(Cap).Base);
        Assert.Equal(0.0005, RiskSteering.At(0).Base);
        Assert.Equal(0.5, RiskSteering.At(1).Base);
    }

    [Fact]
    public void Nothing_is_risked_when_the_budget_is_gone() =>
        Prop.ForAll(Counts().ToArbitrary(), of => (Limit(RiskSteering.At(Cap), of.Answered, of.Abandoned) > 0) == (of.Abandoned < Cap * of.Answered)).QuickCheckThrowOnFailure();

    [Fact]
    public void It_is_never_above_its_highest() =>
        Prop.ForAll(Counts().ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (of, risk) =>
            Limit(RiskSteering.At(risk / 1000.0), of.Answered, of.Abandoned) <= Math.Min(0.5, 3 * RiskSteering.At(risk / 1000.0).Base)).QuickCheckThrowOnFailure();

    [Fact]
    public void One_abandon_more_never_raises_it() =>
        Prop.ForAll(Counts().ToArbitrary(), of => Limit(RiskSteering.At(Cap), of.Answered, of.Abandoned + 1) <= Limit(RiskSteering.At(Cap), of.Answered, of.Abandoned)).QuickCheckThrowOnFailure();

    [Fact]
    public void It_rests_where_the_reserve_is_left()
    {
        // 2, 3 % of the 30 that 1,000 answers allow, and by how much more than 2 a day of them wanders.
        var (rest, reserve) = (RiskSteering.At(Cap), 2 + 0.03 * 30 + Math.Sqrt(30) - 2);
        Assert.Equal(reserve, RiskSteering.Reserve(Cap, 1000, 1000), 12);
        Assert.Equal(2 + 0.03 * 30, RiskSteering.Reserve(Cap, 1000, 100), 12);
        Assert.Equal(Cap * (30 - 27) / reserve, Limit(rest, 1000, 27), 12);
        Assert.Equal(Cap * 3, Limit(rest, 1000, 0), 12);
        // And 20 at most, unless a day wanders by more.
        Assert.Equal(Cap * 15 / 20, rest.Limit(Ledger(100_000, 2985), Ledger(0, 0), Cap), 12);
        Assert.Equal(Math.Sqrt(1800), RiskSteering.Reserve(Cap, 600_000, 60_000), 12);
    }

    [Fact]
    public void A_full_day_is_held_below_the_cap_though_the_window_has_room()
    {
        var (window, rest) = (Ledger(100_000, 1000), RiskSteering.At(Cap));
        Assert.Equal(0, rest.Limit(window, Ledger(10_000, 300), Cap));
        Assert.Equal(Cap * 5 / 20, rest.Limit(window, Ledger(10_000, 295), Cap), 12);
        Assert.Equal(Cap * 3, rest.Limit(window, Ledger(10_000, 200), Cap), 12);
    }

    [Fact]
    public void A_short_day_may_overdraw_the_reserve() =>
        // By the 20 that are kept back, less 7 % of the 30 that 1,000 answers allow.
        Assert.Equal(Cap * (30 - 35 + 20 - 2.1) / 20, RiskSteering.At(Cap).Limit(Ledger(100_000, 2000), Ledger(1000, 35), Cap), 12);

    [Fact]
    public void A_day_that_allows_few_may_take_twenty_and_what_it_may_overdraw()
    {
        var window = Ledger(100_000, 2000);
        double Limit(long answered, long abandoned) => RiskSteering.At(Cap).Limit(window, Ledger(answered, abandoned), Cap);

        Assert.Equal(Cap * (20 - 30 + 20 - 0.07 * 9) / 20, Limit(300, 30), 12);
        Assert.Equal(0, Limit(300, 40));
    }

    [Fact]
    public void The_base_follows_what_it_is_steered_to()
    {
        var (much, little) = (Ledger(1000, 0), Ledger(1000, 30));
        var (up, down) = (RiskSteering.At(Cap), RiskSteering.At(Cap));
        Assert.Equal(Cap * Math.Exp(0.005 * Cap * 2), up.AfterAnswers(much, much, Cap).Base, 12);
        Assert.Equal(Cap * Math.Exp(-0.005 * Cap), down.AfterAnswers(little, little, Cap).Base, 12);
        for (var n = 0; n < 200_000; n++) (up, down) = (up.AfterAnswers(much, much, Cap), down.AfterAnswers(little, little, Cap));
        Assert.Equal((0.5, 0.0005), (up.Base, down.Base));
    }
}
