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
        select new Setting(world, agents, answer, options.Days ?? Days(agents, standard, answer), options.Seed, options.WindowDays);

    /// <summary>Oracles only say how far one could get: they run where the bars are, unless asked for by name.</summary>
    public static bool Wants(PacingOptions options, Setting setting, string law) =>
        options.Laws is not null ? options.Laws.Contains(law) : !LawCatalog.IsOracle(law) || setting is { World: WorldCatalog.Standard, Answer: BarAnswer };

    /// <summary>Most where the bars are.</summary>
    static int Days(int agents, bool standard, double answer) => (agents, standard && answer == BarAnswer) switch
    {
        (1, _) => 30,
        ( <= 3, _) or ( <= 50, true) => 10,
        ( <= 20, _) or ( <= 100, true) => 5,
        ( <= 50, _) => 3,
        ( <= 100, _) => standard ? 3 : 2,
        ( <= 300, true) => 2,
        _ => 1,
    };
}
