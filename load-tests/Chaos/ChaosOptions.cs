using System.Globalization;
using Carillon.Chaos.Faults;

namespace Carillon.Chaos;

/// <summary>What the run was asked for.</summary>
sealed record ChaosOptions
{
    public const string Usage = "bench chaos [--seed 1] [--for 10m | --kills 200 | --upgrades 1] [--faults KillNode,CutLink,…] [--storage sqlite|postgres] [--pair | --silos 3] [--speed 4] [--data FOLDER] [--port 0] [--json]";

    /// <summary>Draws the faults and every number's fate.</summary>
    public long Seed { get; init; } = 1;
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Instead of all kinds of faults for a time: the node is killed so often, one after another. Null: not.</summary>
    public int? Kills { get; init; }

    /// <summary>Instead: each node is asked to leave and started again, one after another, and that so often. Null: not.</summary>
    public int? Upgrades { get; init; }

    /// <summary>Empty: all that this machine can do.</summary>
    public IReadOnlyList<FaultKind> Faults { get; init; } = [];
    public string Storage { get; init; } = "sqlite";

    /// <summary>Two nodes, one of which works and the other stands by. Takes PostgreSQL.</summary>
    public bool Pair { get; init; }

    /// <summary>Nodes of a cluster, all at work. Takes PostgreSQL and the grain host Orleans. 1: a node by itself.</summary>
    public int Silos { get; init; } = 1;

    public int Nodes => Pair ? 2 : Silos;

    /// <summary>How many times faster than life calls go.</summary>
    public double Speed { get; init; } = 4;

    /// <summary>Folder in which databases lie while the run goes on. Null: that of temporary files.</summary>
    public string? Data { get; init; }

    /// <summary>Where the first node listens, and those after it the further nodes; 0: free ones.</summary>
    public int Port { get; init; }
    public bool Json { get; init; }

    /// <returns>Null for arguments that make no sense.</returns>
    public static ChaosOptions? Read(IReadOnlyList<string> args)
    {
        var options = Switches.Read(args, new ChaosOptions(), (o, name) => name switch
        {
            "--json" => o with { Json = true },
            "--pair" => o with { Pair = true, Storage = "postgres" },
            _ => null,
        }, (o, name, value) => name switch
        {
            "--seed" => long.TryParse(value, CultureInfo.InvariantCulture, out var n) ? o with { Seed = n } : null,
            "--for" => Switches.Duration(value) is { } d ? o with { For = d } : null,
            "--kills" => Switches.Whole(value, 1, 10_000) is { } n ? o with { Kills = n } : null,
            "--upgrades" => Switches.Whole(value, 1, 1_000) is { } n ? o with { Upgrades = n } : null,
            "--faults" => Kinds(value) is { } kinds ? o with { Faults = kinds } : null,
            "--storage" => value is "sqlite" or "postgres" ? o with { Storage = value } : null,
            "--silos" => Switches.Whole(value, 1, 9) is { } n ? o with { Silos = n, Storage = n > 1 ? "postgres" : o.Storage } : null,
            "--data" => Switches.Folder(value) is { } folder ? o with { Data = folder } : null,
            "--port" => Switches.Port(value) is { } port ? o with { Port = port } : null,
            "--speed" => Switches.Number(value, 0.5, 20) is { } n ? o with { Speed = n } : null,
            _ => null,
        });
        return options is null || options.Nodes > 1 && options.Storage != "postgres" || options is { Pair: true, Silos: > 1 } ? null : options;
    }

    static List<FaultKind>? Kinds(string text)
    {
        var kinds = new List<FaultKind>();
        foreach (var word in text.Split(','))
        {
            if (!Enum.TryParse<FaultKind>(word, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return null;
            kinds.Add(kind);
        }
        return kinds;
    }
}
