namespace Carillon.Pacing.Abandonment;

/// <summary>
/// How much risk the next call may take: the chance that whoever answers it meets no agent. It is spent in proportion to the abandons that are left, so
/// that the ledger comes to rest a reserve below the cap: an integral control, since abandons left are the sum of all past errors. Immutable.
/// </summary>
/// <param name="Base">The risk that keeps the ledger at rest.</param>
public sealed record RiskSteering(double Base)
{
    /// <summary>
    /// Abandons kept back at most, unless a day's count wanders by more: with more the budget is not used up. Chosen by the bench (docs/pacing.md), as are
    /// the numbers below.
    /// </summary>
    const double LargestReserve = 20;

    /// <summary>Kept back at first, and of each abandon that the window allows.</summary>
    const double FirstReserve = 2, ReserveShare = 0.03;

    /// <summary>
    /// The count of a day wanders by about the root of what the day allows: with less kept back a busy floor runs out of budget again and again in its first
    /// hours, and dials for free agents only until it has recovered. Of a count so small that it hardly wanders nothing is kept back.
    /// </summary>
    const double SmallWander = 2;

    /// <summary>
    /// The last 24 hours are held below the cap too, whatever the window: but they may overdraw by what is missing from this share of what they allow to
    /// the reserve. So a team with hundreds of abandons a day keeps to the cap each day, and one with twenty need not.
    /// </summary>
    const double DayReserveShare = 0.07;

    /// <summary>Of a day that allows fewer, as many may be abandoned: a count so small is chance, and held each day it would leave a window's budget unused.</summary>
    const double SmallDay = 20;

    /// <summary>How fast the base follows, for each abandon allowed: ten times slower than the ledger comes to rest, or the two would swing.</summary>
    const double Learning = 0.005;

    /// <summary>Times the base at most, however many abandons are left: they are for the whole window.</summary>
    const double MostShare = 3;

    const double LowestBase = 0.0005, HighestRisk = 0.5;

    /// <summary>At first, risk as large as the cap: right for teams so small that every call stands alone.</summary>
    public static RiskSteering At(double cap) => new(Math.Clamp(cap, LowestBase, HighestRisk));

    /// <summary>What may be risked now. Zero when the budget is gone: then only agents who are free are dialed for.</summary>
    public double Limit(AbandonmentLedger window, AbandonmentLedger day, double cap) => Math.Min(HighestRisk, Base * Share(window, day, cap));

    /// <summary>People answered: the base follows what it was steered to.</summary>
    /// <param name="answers">So many since the ledgers were last as they are now, or nearly so.</param>
    public RiskSteering AfterAnswers(AbandonmentLedger window, AbandonmentLedger day, double cap, long answers = 1) =>
        this with { Base = Math.Clamp(Base * Math.Exp(Learning * cap * (Share(window, day, cap) - 1) * answers), LowestBase, HighestRisk) };

    /// <summary>Abandons left with which a ledger is at rest that has seen so many answers, in its window and in the last 24 hours.</summary>
    public static double Reserve(double cap, long answered, long answeredInDay)
    {
        var wander = Math.Sqrt(cap * answeredInDay);
        return Math.Min(Math.Max(LargestReserve, wander), FirstReserve + ReserveShare * cap * answered + Math.Max(0, wander - SmallWander));
    }

    static double Share(AbandonmentLedger window, AbandonmentLedger day, double cap)
    {
        var reserve = Reserve(cap, window.Answered, day.Answered);
        var allowed = cap * day.Answered;
        var overdraft = Math.Max(0, reserve - DayReserveShare * allowed) + Math.Max(0, SmallDay - allowed);
        var left = Math.Min(window.AbandonsLeft(cap), day.AbandonsLeft(cap) + overdraft);
        return Math.Clamp(left / reserve, 0, MostShare);
    }
}
