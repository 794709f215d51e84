namespace Carillon.Bench;

/// <summary>What a part that needs little was asked for.</summary>
sealed record BenchOptions
{
    /// <summary>One JSON object a figure, a line each, instead of text.</summary>
    public bool Json { get; private init; }

    /// <summary>How long to measure, all in all.</summary>
    public TimeSpan For { get; private init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of the list that is imported.</summary>
    public int Lines { get; private init; } = 1_000_000;

    /// <summary>Who write at once.</summary>
    public int Callers { get; private init; } = 64;

    /// <summary>Folder in which databases lie while the part runs. Null: that of temporary files.</summary>
    public string? Data { get; private init; }

    /// <summary>Where the part's node listens; 0: a free one.</summary>
    public int Port { get; private init; }

    /// <summary>Runs one part, unless an argument makes no sense.</summary>
    /// <param name="args">The switches.</param>
    /// <param name="takes">Those that the part takes, besides --json.</param>
    /// <param name="part">Measures.</param>
    /// <returns>The exit code; null for arguments that make no sense.</returns>
    public static async Task<int?> Run(IReadOnlyList<string> args, IReadOnlyList<string> takes, Func<BenchOptions, Task> part)
    {
        var options = Switches.Read(args, new BenchOptions(), (o, name) => name == "--json" ? o with { Json = true } : null, (o, name, value) => !takes.Contains(name) ? null : name switch
        {
            "--for" => Switches.Duration(value) is { } length && length > TimeSpan.Zero ? o with { For = length } : null,
            "--lines" => Switches.Whole(value, 1, 100_000_000) is { } lines ? o with { Lines = lines } : null,
            "--data" => Switches.Folder(value) is { } folder ? o with { Data = folder } : null,
            "--port" => Switches.Port(value) is { } port ? o with { Port = port } : null,
            "--callers" => Switches.Whole(value, 1, 10_000) is { } callers ? o with { Callers = callers } : null,
            _ => null,
        });
        if (options is null) return null;
        await part(options);
        return 0;
    }
}
