using Carillon.Api.Floor;
using Carillon.Api.Pages.Charts;
using Carillon.Api.Pages.Language;
using Carillon.Campaigns;

namespace Carillon.Api.Pages.Wallboard;

/// <summary>What all campaigns together did over the last hour, in steps of half a minute.</summary>
static class FloorHour
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    const int Steps = 120;

    public static IReadOnlyList<Series> Of(FloorSnapshot floor, Words w) =>
    [
        new(w["Talking"], "talk", Sum(floor, m => m.Talking)),
        new(w["Ringing"], "ring", Sum(floor, m => m.Ringing)),
        new(w["Waiting"], "wait", Sum(floor, m => m.Waiting)),
    ];

    /// <summary>Calls a minute that one campaign placed.</summary>
    public static Series Placed(FloorCampaign campaign, DateTimeOffset now, string name)
    {
        var sums = new double?[Steps];
        foreach (var (moment, covered) in Covered(campaign, now))
            foreach (var i in covered) sums[i] = (sums[i] ?? 0) + moment.Placed * 2.0 / covered.Count;
        return new(name, "accent", sums);
    }

    static double?[] Sum(FloorSnapshot floor, Func<PaceMoment, int> count)
    {
        var all = new double?[Steps];
        foreach (var campaign in floor.Campaigns)
        {
            var (sums, counts) = (new double[Steps], new int[Steps]);
            foreach (var (moment, covered) in Covered(campaign, floor.At))
            {
                foreach (var i in covered)
                {
                    sums[i] += count(moment);
                    counts[i]++;
                }
            }
            for (var i = 0; i < Steps; i++)
                if (counts[i] > 0) all[i] = (all[i] ?? 0) + sums[i] / counts[i];
        }
        return all;
    }

    /// <summary>The steps that each moment stands for: that of a minute two, others the one in which they are.</summary>
    static IEnumerable<(PaceMoment Moment, IReadOnlyList<int> Steps)> Covered(FloorCampaign campaign, DateTimeOffset now)
    {
        PaceMoment? before = null;
        foreach (var moment in campaign.LastHour)
        {
            var ofMinute = before is not null && moment.At - before.At > Step && moment.At - before.At < Step * 3;
            before = moment;
            var last = Steps - 1 - (int)((now - moment.At) / Step);
            List<int> steps = [.. (ofMinute ? (int[])[last - 1, last] : [last]).Where(i => i is >= 0 and < Steps)];
            if (steps.Count > 0) yield return (moment, steps);
        }
    }
}
