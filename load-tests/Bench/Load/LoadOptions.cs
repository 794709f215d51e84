namespace Carillon.Bench.Load;

/// <summary>What the load bench was asked for.</summary>
sealed record LoadOptions
{
    public const string Usage =
        "bench load [--leads 1000000] [--rate 350] [--for 60s] [--warm-up 30s] [--speed 2] [--campaigns 4] [--storage sqlite|postgres] [--data FOLDER] [--port 0] [--json]";

    public const int Servers = 20;

    public int Leads { get; private init; } = 1_000_000;

    /// <summary>New calls a second that the floor is large enough for.</summary>
    public int Rate { get; private init; } = 350;
    public TimeSpan For { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>Not measured: the floor fills, code is compiled.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times faster than life calls go: fewer agents make the same rate.</summary>
    public double Speed { get; private init; } = 2;
    public int Campaigns { get; private init; } = 4;
    public string Storage { get; private init; } = "sqlite";

    /// <summary>Folder in which the database lies while the bench runs. Null: that of temporary files.</summary>
    public string? Data { get; private init; }

    /// <summary>Where the node listens; 0: a free one.</summary>
    public int Port { get; private init; }
    public bool Json { get; private init; }

    /// <returns>Null for arguments that make no sense.</returns>
    public static LoadOptions? Read(IReadOnlyList<string> args) =>
        Switches.Read(args, new LoadOptions(), (o, name) => name == "--json" ? o with { Json = true } : null, (o, name, value) => name switch
        {
            "--leads" => Switches.Whole(value, 1, 10_000_000) is { } n ? o with { Leads = n } : null,
            "--rate" => Switches.Whole(value, 1, 5_000) is { } n ? o with { Rate = n } : null,
            "--for" => Switches.Duration(value) is { } d ? o with { For = d } : null,
            "--warm-up" => Switches.Duration(value) is { } d ? o with { WarmUp = d } : null,
            "--speed" => Switches.Number(value, 0.5, 10) is { } n ? o with { Speed = n } : null,
            "--campaigns" => Switches.Whole(value, 1, 100) is { } n ? o with { Campaigns = n } : null,
            "--storage" => value is "sqlite" or "postgres" ? o with { Storage = value } : null,
            "--data" => Switches.Folder(value) is { } folder ? o with { Data = folder } : null,
            "--port" => Switches.Port(value) is { } port ? o with { Port = port } : null,
            _ => null,
        });
}
