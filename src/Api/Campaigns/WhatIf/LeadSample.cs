using System.Collections.Immutable;
using Carillon.Leads;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>Some leads in place of all that are left: of each status as many as its share of the list.</summary>
/// <param name="Weight">Each stands for so many.</param>
sealed record LeadSample(ImmutableArray<Lead> Leads, double Weight)
{
    const int Most = 500;

    /// <param name="left">How many are left, by status.</param>
    /// <param name="some">Of these, the ones that are at hand.</param>
    public static LeadSample Of(CampaignId campaign, IReadOnlyDictionary<LeadStatus, long> left, IReadOnlyList<Lead> some, DateTimeOffset now)
    {
        var all = left.Values.Sum();
        if (all == 0) return new([], 1);
        var known = some.ToLookup(l => l.Status);
        var leads = ImmutableArray.CreateBuilder<Lead>();
        foreach (var (status, count) in left.OrderBy(l => l.Key))
        {
            var have = known[status].ToList();
            if (have.Count == 0) have.Add(Typical(campaign, status, now));
            var share = all <= Most ? count : Math.Max(1, (long)Math.Round((double)count * Most / all));
            // Evenly over those at hand, which stand in the order in which they fall due.
            for (var i = 0L; i < share; i++) leads.Add(have[(int)(i * have.Count / share)]);
        }
        return new(leads.ToImmutable(), (double)all / leads.Count);
    }

    static Lead Typical(CampaignId campaign, LeadStatus status, DateTimeOffset now) => new()
    {
        Campaign = campaign,
        Number = default,
        Status = status,
        Attempts = status == LeadStatus.New ? 0 : 1,
        AttemptsSinceAnswer = status == LeadStatus.Answered ? 1 : 0,
        NextAt = now,
        CreatedAt = now,
    };
}
