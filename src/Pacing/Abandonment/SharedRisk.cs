namespace Carillon.Pacing.Abandonment;

/// <summary>One of the campaigns whose calls meet the same agents.</summary>
/// <param name="Answers">How many of its calls underway are expected to be answered.</param>
/// <param name="Limit">What its own ledger lets it risk.</param>
/// <param name="Base">The risk that keeps that ledger at rest.</param>
public readonly record struct RiskParty(double Answers, double Limit, double Base);

/// <summary>
/// What may be risked with agents that several campaigns share. Whoever is answered while no agent is free waits in one line, so a call too many is as likely to
/// cost another campaign a caller as its own: the risk is one for all, and each has its part of it. A caller is dearest to the campaign that has fewest abandons
/// left: the price of a call is the mean of what its victim costs, 1/limit, over whose victim it may be, so the limit is the harmonic mean.
/// </summary>
public static class SharedRisk
{
    /// <summary>Of its base, the least that a campaign counts for: without any budget it slows the others as much as its callers are part of those who wait, and does not stop them.</summary>
    public const double LeastShare = 0.1;

    public static double Limit(ReadOnlySpan<RiskParty> parties)
    {
        var (answers, price, most) = (0.0, 0.0, 0.0);
        foreach (var party in parties)
        {
            answers += party.Answers;
            price += party.Answers / Math.Max(party.Limit, party.Base * LeastShare);
            most = Math.Max(most, party.Limit);
        }
        return price <= 0 ? most : Math.Min(most, answers / price);
    }
}
