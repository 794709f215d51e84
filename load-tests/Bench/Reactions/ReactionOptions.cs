namespace Carillon.Bench.Reactions;

/// <summary>What the reaction bench was asked for.</summary>
sealed record ReactionOptions(int Agents, int Trials, string? Data, int Port, bool Json)
{
    public const string Usage = "bench reactions [--agents 20] [--trials 10] [--data FOLDER] [--port 0] [--json]";

    /// <returns>Null for arguments that make no sense.</returns>
    public static ReactionOptions? Read(IReadOnlyList<string> args) =>
        Switches.Read(args, new ReactionOptions(20, 10, null, 0, false), (o, name) => name == "--json" ? o with { Json = true } : null, (o, name, value) => name switch
        {
            "--agents" => Switches.Whole(value, 2, 500) is { } n ? o with { Agents = n } : null,
            "--trials" => Switches.Whole(value, 1, 1000) is { } n ? o with { Trials = n } : null,
            "--data" => Switches.Folder(value) is { } folder ? o with { Data = folder } : null,
            "--port" => Switches.Port(value) is { } port ? o with { Port = port } : null,
            _ => null,
        });
}
