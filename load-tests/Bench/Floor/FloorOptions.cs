namespace Carillon.Bench.Floor;

/// <summary>What the floor bench was asked for.</summary>
sealed record FloorOptions(int Agents, double Answer, TimeSpan For, TimeSpan WarmUp, double Speed, string? Data, int Port, bool Json)
{
    public const string Usage = "bench floor [--agents 50] [--answer 0.25] [--for 3600s] [--warm-up 600s] [--speed 1] [--data FOLDER] [--port 0] [--json]";

    /// <returns>Null for arguments that make no sense.</returns>
    public static FloorOptions? Read(IReadOnlyList<string> args) =>
        Switches.Read(args, new FloorOptions(50, 0.25, TimeSpan.FromHours(1), TimeSpan.FromMinutes(10), 1, null, 0, false), (o, name) => name == "--json" ? o with { Json = true } : null, (o, name, value) => name switch
        {
            "--agents" => Switches.Whole(value, 1, 1000) is { } n ? o with { Agents = n } : null,
            "--answer" => Switches.Number(value, 0.001, 0.999) is { } p ? o with { Answer = p } : null,
            "--speed" => Switches.Number(value, 1, 50) is { } x ? o with { Speed = x } : null,
            "--for" => Switches.Duration(value) is { } d ? o with { For = d } : null,
            "--warm-up" => Switches.Duration(value) is { } d ? o with { WarmUp = d } : null,
            "--data" => Switches.Folder(value) is { } folder ? o with { Data = folder } : null,
            "--port" => Switches.Port(value) is { } port ? o with { Port = port } : null,
            _ => null,
        });
}
