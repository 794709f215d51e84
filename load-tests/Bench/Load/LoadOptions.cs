using System.Globalization;

namespace Carillon.Bench.Load;

/// <summary>What the load bench was asked for.</summary>
sealed record LoadOptions
{
    public const string Usage =
        "bench load [--leads 1000000] [--rate 350] [--for 60s] [--warm-up 30s] [--speed 2] [--campaigns 4] [--storage sqlite|postgres] [--json]";

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
    public bool Json { get; private init; }

    /// <returns>Null for arguments that make no sense.</returns>
    public static LoadOptions? Read(IReadOnlyList<string> args)
    {
        var options = new LoadOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--json")
            {
                options = options with { Json = true };
                continue;
            }
            var value = i + 1 < args.Count ? args[i + 1] : "";
            var read = args[i++] switch
            {
                "--leads" => Number(value, 1, 10_000_000) is { } n ? options with { Leads = (int)n } : null,
                "--rate" => Number(value, 1, 5_000) is { } n ? options with { Rate = (int)n } : null,
                "--for" => Seconds(value) is { } s ? options with { For = s } : null,
                "--warm-up" => Seconds(value) is { } s ? options with { WarmUp = s } : null,
                "--speed" => Number(value, 0.5, 10) is { } n ? options with { Speed = n } : null,
                "--campaigns" => Number(value, 1, 100) is { } n ? options with { Campaigns = (int)n } : null,
                "--storage" => value is "sqlite" or "postgres" ? options with { Storage = value } : null,
                _ => null,
            };
            if (read is null) return null;
            options = read;
        }
        return options;
    }

    static double? Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    static TimeSpan? Seconds(string text) => text.EndsWith('s') && Number(text[..^1], 0, 36_000) is { } s ? TimeSpan.FromSeconds(s) : null;
}
