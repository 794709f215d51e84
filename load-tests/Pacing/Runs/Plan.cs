using Carillon.PacingBench.Worlds;

namespace Carillon.PacingBench.Runs;

/// <summary>Which settings are tried when not told, and for how many days: fewer for larger teams, whose days hold more calls.</summary>
static class Plan
{
    static readonly int[] Sizes = [1, 3, 5, 10, 20, 50, 100, 300, 1000];
    static readonly int[] DisturbedSizes = [5, 20, 100];
    static readonly double[] Answers = [0.10, 0.25, 0.40];

    public static IEnumerable<Setting> Of(PacingOptions options) =>
        from world in options.Worlds ?? WorldCatalog.Names
        let standard = world == WorldCatalog.Standard
        from agents in options.Agents ?? (standard ? Sizes : DisturbedSizes)
        from answer in options.Answers ?? (standard ? Answers : [0.25])
        select new Setting(world, agents, answer, options.Days ?? Days(agents), options.Seed);

    static int Days(int agents) => agents switch
    {
        <= 20 => 20,
        <= 50 => 10,
        <= 100 => 5,
        <= 300 => 2,
        _ => 1,
    };
}
