using Carillon.Pacing.Floor;
using Carillon.PacingBench.Laws;
using Carillon.PacingBench.Worlds;

namespace Carillon.PacingBench.Runs;

static class Trial
{
    public static Cell Run(Setting setting, string law) =>
        law == LawCatalog.FixedRatio ? Hindsight.Best(setting) : Run(setting, law, _ => LawCatalog.Make(law, setting.WindowDays));

    public static Cell Run(Setting setting, string law, Func<int, IFloorLaw> make)
    {
        var world = WorldCatalog.Make(setting.World, setting.Agents, setting.Answer);
        var floor = new Floor(world, [.. Enumerable.Range(0, world.Campaigns).Select(make)], setting.RunSeed);
        var (sum, over) = (default(FloorDay), 0);
        foreach (var day in floor.Run(setting.Days))
        {
            sum += day;
            if (day.AbandonmentRate > LawCatalog.Cap) over++;
        }
        return new(law, setting.Agents, setting.Answer, setting.World, sum.Utilisation, sum.AbandonmentRate, over, setting.Days, sum.Dials);
    }
}
