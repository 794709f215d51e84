using System.Globalization;
using Carillon.PacingBench.Laws;
using Carillon.PacingBench.Worlds;

namespace Carillon.PacingBench.Runs;

sealed record Bar(string Text, bool Met);

/// <summary>What Carillon has to reach. Rivals count if their mean abandonment is within the cap, however their days were.</summary>
static class Bars
{
    /// <summary>From so many agents on, a single day has enough answers to be judged.</summary>
    const int ManyAgents = 50;
    const double MostDaysOver = 0.10;

    static readonly (int Agents, double Utilisation)[] Least = [(5, 0.70), (10, 0.79), (20, 0.855), (50, 0.91), (100, 0.935), (300, 0.965)];

    public static IReadOnlyList<Bar> Of(IReadOnlyList<Cell> cells)
    {
        var bars = new List<Bar>();
        foreach (var cell in cells.Where(c => c.Law == LawCatalog.Carillon))
        {
            var at = Text($"{cell.World}, {cell.Agents} agents, answer {cell.Answer:0.00}");
            bars.Add(new(Text($"{at}: abandoned {cell.Abandoned:0.00%}, at most {LawCatalog.Cap:0.0%}"), cell.Abandoned <= LawCatalog.Cap));
            if (cell.Agents >= ManyAgents)
                bars.Add(new(Text($"{at}: {cell.DaysOver} of {cell.Days} days over, at most {MostDaysOver:0%}"), cell.DaysOver <= MostDaysOver * cell.Days));
            if (cell.World == WorldCatalog.Standard && cell.Answer == Plan.BarAnswer)
                foreach (var (_, least) in Least.Where(bar => bar.Agents == cell.Agents))
                    bars.Add(new(Text($"{at}: utilisation {cell.Utilisation:0.0%}, at least {least:0.0%}"), cell.Utilisation >= least));
            var rival = cells.Where(c => IsRival(c, cell)).MaxBy(c => c.Utilisation);
            if (rival is not null)
                bars.Add(new(Text($"{at}: utilisation {cell.Utilisation:0.0%}, ahead of the best rival {rival.Law} {rival.Utilisation:0.0%}"), cell.Utilisation > rival.Utilisation));
        }
        return bars;
    }

    static bool IsRival(Cell other, Cell cell) =>
        other.Law != cell.Law && !LawCatalog.IsOracle(other.Law) && other.Abandoned <= LawCatalog.Cap
        && (other.World, other.Agents, other.Answer) == (cell.World, cell.Agents, cell.Answer);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
