using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Worlds;

static class WorldCatalog
{
    public const string Standard = "standard";

    static readonly (string Name, Func<int, double, FloorWorld> Make)[] Known =
    [
        (Standard, (agents, answer) => new StandardWorld(agents, answer)),
        ("drifting", (agents, answer) => new DriftingWorld(agents, answer)),
        ("stale", (agents, answer) => new StaleWorld(agents, answer)),
        ("dead-trunk", (agents, answer) => new DeadTrunkWorld(agents, answer)),
        ("amd", (agents, answer) => new AmdWorld(agents, answer)),
        ("unlike-agents", (agents, answer) => new UnlikeAgentsWorld(agents, answer)),
        ("breaks", (agents, answer) => new BreaksWorld(agents, answer)),
        ("shifts", (agents, answer) => new ShiftsWorld(agents, answer)),
        ("app-queue", (agents, answer) => new QueueWorld(agents, answer)),
        ("listed", (agents, answer) => new ListWorld(agents, answer, bestFirst: false)),
        ("best-first", (agents, answer) => new ListWorld(agents, answer, bestFirst: true)),
        ("shared", (agents, answer) => new SharedWorld(agents, answer)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(world => world.Name)];

    public static FloorWorld Make(string name, int agents, double answer) => Known.First(world => world.Name == name).Make(agents, answer);
}
