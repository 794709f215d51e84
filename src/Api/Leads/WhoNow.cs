using System.Collections.Immutable;
using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Leads;

/// <param name="Reason">Null: they would be called.</param>
/// <param name="Example">What is said of one of them.</param>
public sealed record LeadsAlike(WhyNotReason? Reason, int Count, string Example);

/// <summary>Who of a campaign would be called if it ran now, and who not and why: asked of its first leads that have a next time.</summary>
sealed class WhoNow(ConfigDesk<CampaignConfig> campaigns, LeadStore leads, IGrainFactory grains)
{
    public const int Asked = 200;

    const int AtOnce = 16;

    static readonly ImmutableArray<LeadStatus> Waiting = [LeadStatus.New, LeadStatus.Unanswered, LeadStatus.Answered, LeadStatus.Callback];

    public async Task<IReadOnlyList<LeadsAlike>> Ask(Caller caller, string id, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var first = await leads.ListAsync(new(campaign.Id), new() { Statuses = Waiting, Limit = Asked }, cancel);
        var reasons = new WhyNot?[first.Count];
        await Parallel.ForAsync(0, first.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, _) =>
            reasons[i] = Against(await grains.Campaign(new(campaign.Id)).WhyNot(first[i].Id)));
        return [.. reasons.GroupBy(r => r?.Reason).Select(g => new LeadsAlike(g.Key, g.Count(), g.First()?.Text ?? "")).OrderBy(l => l.Reason is not null).ThenByDescending(l => l.Count)];
    }

    /// <summary>That the campaign does not run, and that others are before it, is nothing against a lead.</summary>
    static WhyNot? Against(LeadWhy? why) =>
        why?.Reasons.FirstOrDefault(r => r.Reason is not (WhyNotReason.CampaignNotRunning or WhyNotReason.WaitsItsTurn));
}
