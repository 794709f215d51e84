using Carillon.PacingBench.Laws;

namespace Carillon.PacingBench.Runs;

/// <summary>
/// The fixed ratio that nobody could have chosen beforehand: the highest that keeps to the cap on these very days, found by halving. Utilisation grows with
/// the ratio, so the highest is the best.
/// </summary>
static class Hindsight
{
    const int Halvings = 10;

    public static Cell Best(Setting setting)
    {
        var (low, high) = (0.1, 8 / setting.Answer);
        var best = At(setting, low);
        for (var i = 0; i < Halvings; i++)
        {
            var ratio = Math.Sqrt(low * high);
            var cell = At(setting, ratio);
            if (cell.Abandoned <= LawCatalog.Cap)
            {
                low = ratio;
                if (cell.Utilisation > best.Utilisation) best = cell;
            }
            else high = ratio;
        }
        return best;
    }

    static Cell At(Setting setting, double ratio) =>
        Trial.Run(setting, LawCatalog.FixedRatio, campaign => new FixedRatio(ratio, setting.RunSeed + campaign)) with { Ratio = ratio };
}
