using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Carillon.Pacing;

namespace Carillon.Campaigns;

/// <summary>
/// What campaigns are measured by. There may be thousands of them, so that none has series of its own: they are told by their mode, and what each does now the
/// API tells.
/// </summary>
public sealed class CampaignMetrics : IDisposable
{
    /// <summary>A running campaign decides twice a second at least: one that has not for so long runs no more, or elsewhere.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    readonly Meter _meter = new("Carillon.Campaigns");
    readonly TimeProvider _time;
    readonly ConcurrentDictionary<CampaignId, (PacingMode Mode, PaceMoment Moment, long At)> _last = new();
    readonly Counter<long> _decisions;
    readonly Counter<long> _placed;

    public CampaignMetrics(TimeProvider time)
    {
        _time = time;
        _decisions = _meter.CreateCounter<long>("carillon.pacing.decisions", "{decision}", "Decisions how many calls to place, by what limited them.");
        _placed = _meter.CreateCounter<long>("carillon.calls.ordered", "{call}", "Calls handed to servers.");
        Each("carillon.campaigns.running", "{campaign}", "Campaigns that decide on this node.", all => all.Count());
        Each("carillon.pacing.agents.expected", "{agent}", "Agents who will be free for a caller of predictive campaigns, as these expect.", all => all.Sum(m => m.AgentsExpected ?? 0));
        Each("carillon.pacing.answers.expected", "{answer}", "Answers of calls that ring, as predictive campaigns expect.", all => all.Sum(m => m.AnswersExpected ?? 0));
        Each("carillon.pacing.answer.chance", "1", "How likely a call is answered, 0 to 1; the mean of the campaigns.", all => all.Select(m => m.AnswerChance).OfType<double>().DefaultIfEmpty().Average());
        Each("carillon.pacing.risk", "1", "The chance of the next call to meet no agent, 0 to 1; of the campaign where it is highest.", all => all.Max(m => m.Risk ?? 0));
        Each("carillon.pacing.risk.limit", "1", "The chance that may be risked, 0 to 1; of the campaign where it is lowest.", all => all.Select(m => m.RiskLimit).OfType<double>().DefaultIfEmpty().Min());
        Each("carillon.pacing.abandonment", "1", "Share of answered calls that were abandoned in the legal window, 0 to 1; of the predictive campaign where it is highest.", all => all.Max(m => m.AbandonmentRate ?? 0));
        Each("carillon.pacing.abandons.left", "{call}", "Calls that may still be abandoned in the window; of the predictive campaign with the fewest.", all => all.Select(m => m.AbandonsLeft).OfType<double>().DefaultIfEmpty().Min());
    }

    public void Decided(CampaignId campaign, LimitingFactor factor) => _decisions.Add(1, Mode(campaign), new("limited_by", factor.ToString()));

    public void Placed(CampaignId campaign, int calls) => _placed.Add(calls, Mode(campaign));

    /// <summary>What a decision was made from, and what came of it.</summary>
    public void Paced(CampaignId campaign, PacingMode mode, PaceMoment moment) => _last[campaign] = (mode, moment, _time.GetTimestamp());

    KeyValuePair<string, object?> Mode(CampaignId campaign) => new("mode", _last.TryGetValue(campaign, out var last) ? last.Mode.ToString() : "Unknown");

    /// <summary>A gauge over the campaigns of each mode; zero while there is none.</summary>
    void Each(string name, string unit, string description, Func<IEnumerable<PaceMoment>, double> value) => _meter.CreateObservableGauge(name, () =>
    {
        foreach (var (campaign, last) in _last)
            if (_time.GetElapsedTime(last.At) > Fresh) _last.TryRemove(new(campaign, last));
        var byMode = _last.Values.ToLookup(l => l.Mode, l => l.Moment);
        return Enum.GetValues<PacingMode>().Select(mode => new Measurement<double>(byMode[mode].Any() ? value(byMode[mode]) : 0, new KeyValuePair<string, object?>("mode", mode.ToString())));
    }, unit, description);

    public void Dispose() => _meter.Dispose();
}
