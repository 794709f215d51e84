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
        foreach (var moment in campaign.LastHour)
            if (Index(moment, now) is { } i) sums[i] = (sums[i] ?? 0) + moment.Placed * 2;
        return new(name, "accent", sums);
    }

    static double?[] Sum(FloorSnapshot floor, Func<PaceMoment, int> count)
    {
        var all = new double?[Steps];
        foreach (var campaign in floor.Campaigns)
        {
            var (sums, counts) = (new double[Steps], new int[Steps]);
            foreach (var moment in campaign.LastHour)
            {
                if (Index(moment, floor.At) is not { } i) continue;
                sums[i] += count(moment);
                counts[i]++;
            }
            for (var i = 0; i < Steps; i++)
                if (counts[i] > 0) all[i] = (all[i] ?? 0) + sums[i] / counts[i];
        }
        return all;
    }

    static int? Index(PaceMoment moment, DateTimeOffset now)
    {
        var i = Steps - 1 - (int)((now - moment.At) / Step);
        return i is >= 0 and < Steps ? i : null;
    }
}
