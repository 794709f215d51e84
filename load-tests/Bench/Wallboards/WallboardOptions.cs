namespace Carillon.Bench.Wallboards;

/// <summary>What the wallboard bench was asked for.</summary>
sealed record WallboardOptions
{
    public const string Usage = "bench wallboard [--pages 20] [--agents 500] [--campaigns 50] [--for 60s] [--warm-up 30s] [--trials 20] [--data FOLDER] [--port 0] [--json]";

    /// <summary>Open at once.</summary>
    public int Pages { get; private init; } = 20;
    public int Agents { get; private init; } = 500;
    public int Campaigns { get; private init; } = 50;

    /// <summary>Measured without a page, with all of them, and without again.</summary>
    public TimeSpan For { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>Before each of the three.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>Campaigns that are paused, one after another, to see how soon pages say so.</summary>
    public int Trials { get; private init; } = 20;

    /// <summary>Folder in which the database lies while the bench runs. Null: that of temporary files.</summary>
    public string? Data { get; private init; }

    /// <summary>Where the node listens; 0: a free one.</summary>
    public int Port { get; private init; }
    public bool Json { get; private init; }

    /// <returns>Null for arguments that make no sense.</returns>
    public static WallboardOptions? Read(IReadOnlyList<string> args)
    {
        var read = Switches.Read(args, new WallboardOptions(), (o, name) => name == "--json" ? o with { Json = true } : null, (o, name, value) => name switch
        {
            "--pages" => Switches.Whole(value, 2, 200) is { } n ? o with { Pages = n } : null,
            "--agents" => Switches.Whole(value, 1, 5000) is { } n ? o with { Agents = n } : null,
            "--campaigns" => Switches.Whole(value, 1, 100) is { } n ? o with { Campaigns = n } : null,
            "--for" => Switches.Duration(value) is { } d ? o with { For = d } : null,
            "--warm-up" => Switches.Duration(value) is { } d ? o with { WarmUp = d } : null,
            "--trials" => Switches.Whole(value, 1, 100) is { } n ? o with { Trials = n } : null,
            "--data" => Switches.Folder(value) is { } folder ? o with { Data = folder } : null,
            "--port" => Switches.Port(value) is { } port ? o with { Port = port } : null,
            _ => null,
        });
        return read is { } o && o.Trials <= o.Campaigns ? o : null;
    }
}
