using System.Globalization;
using Carillon.Chaos.Faults;

namespace Carillon.Chaos;

/// <summary>What the run was asked for.</summary>
sealed record ChaosOptions
{
    public const string Usage = "bench chaos [--seed 1] [--for 10m | --kills 200] [--faults KillNode,CutLink,…] [--storage sqlite|postgres] [--pair | --silos 3] [--speed 4] [--json]";

    /// <summary>Draws the faults and every number's fate.</summary>
    public long Seed { get; init; } = 1;
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Instead of all kinds of faults for a time: the node is killed so often, one after another. Null: not.</summary>
    public int? Kills { get; init; }

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
    public bool Json { get; init; }

    /// <returns>Null for arguments that make no sense.</returns>
    public static ChaosOptions? Read(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--json" or "--pair")
            {
                options = args[i] == "--json" ? options with { Json = true } : options with { Pair = true, Storage = "postgres" };
                continue;
            }
            var value = i + 1 < args.Count ? args[i + 1] : "";
            var read = args[i++] switch
            {
                "--seed" => long.TryParse(value, CultureInfo.InvariantCulture, out var n) ? options with { Seed = n } : null,
                "--for" => Duration(value) is { } d ? options with { For = d } : null,
                "--kills" => Number(value, 1, 10_000) is { } n ? options with { Kills = (int)n } : null,
                "--faults" => Kinds(value) is { } kinds ? options with { Faults = kinds } : null,
                "--storage" => value is "sqlite" or "postgres" ? options with { Storage = value } : null,
                "--silos" => Number(value, 1, 9) is { } n ? options with { Silos = (int)n, Storage = n > 1 ? "postgres" : options.Storage } : null,
                "--speed" => Number(value, 0.5, 20) is { } n ? options with { Speed = n } : null,
                _ => null,
            };
            if (read is null) return null;
            options = read;
        }
        return options.Nodes > 1 && options.Storage != "postgres" || options is { Pair: true, Silos: > 1 } ? null : options;
    }

    static double? Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    static TimeSpan? Duration(string text) => text.Length > 1 && Number(text[..^1], 0, 36_000) is { } number
        ? text[^1] switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), _ => null }
        : null;

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
