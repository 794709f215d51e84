using System.Diagnostics.Metrics;
using Carillon.Pacing;

namespace Carillon.Campaigns;

/// <summary>What campaigns are measured by.</summary>
public sealed class CampaignMetrics : IDisposable
{
    readonly Meter _meter = new("Carillon.Campaigns");
    readonly Counter<long> _decisions;
    readonly Counter<long> _placed;

    public CampaignMetrics()
    {
        _decisions = _meter.CreateCounter<long>("carillon.pacing.decisions", "{decision}", "Decisions how many calls to place, by what limited them.");
        _placed = _meter.CreateCounter<long>("carillon.calls.ordered", "{call}", "Calls handed to servers.");
    }

    public void Decided(CampaignId campaign, LimitingFactor factor) => _decisions.Add(1, new("campaign", campaign.Value), new("limited_by", factor.ToString()));

    public void Placed(CampaignId campaign, int calls) => _placed.Add(calls, new KeyValuePair<string, object?>("campaign", campaign.Value));

    public void Dispose() => _meter.Dispose();
}
