using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

static class WorldCatalog
{
    public const string Standard = "standard";

    static readonly (string Name, Func<int, double, FloorWorld> Make)[] Known =
    [
        (Standard, (agents, answer) => new StandardWorld(agents, answer)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(world => world.Name)];

    public static FloorWorld Make(string name, int agents, double answer) => Known.First(world => world.Name == name).Make(agents, answer);
}
