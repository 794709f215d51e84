using Carillon.PacingBench.Laws;
using Carillon.PacingBench.Worlds;

namespace Carillon.PacingBench.Runs;

/// <summary>Which settings are tried when not told, and for how many days: fewer for larger teams, whose days hold more calls.</summary>
static class Plan
{
    public const double BarAnswer = 0.25;

    static readonly int[] Sizes = [1, 3, 5, 10, 20, 50, 100, 300, 1000];
    static readonly int[] DisturbedSizes = [5, 20, 100];
    static readonly double[] Answers = [0.10, 0.25, 0.40];

    public static IEnumerable<Setting> Of(PacingOptions options) =>
        from world in options.Worlds ?? WorldCatalog.Names
        let standard = world == WorldCatalog.Standard
        from agents in options.Agents ?? (standard ? Sizes : DisturbedSizes)
        from answer in options.Answers ?? (standard ? Answers : [BarAnswer])
        select new Setting(world, agents, answer, options.Days ?? Days(agents), options.Seed, options.WindowDays);

    /// <summary>Oracles only say how far one could get: they run where the bars are, unless asked for by name.</summary>
    public static bool Wants(PacingOptions options, Setting setting, string law) =>
        options.Laws is not null ? options.Laws.Contains(law) : !LawCatalog.IsOracle(law) || setting is { World: WorldCatalog.Standard, Answer: BarAnswer };

    static int Days(int agents) => agents switch
    {
        <= 3 => 30,
        <= 20 => 20,
        <= 50 => 10,
        <= 100 => 5,
        <= 300 => 2,
        _ => 1,
    };
}
