using System.Globalization;
using Carillon.PacingBench.Laws;
using Carillon.PacingBench.Worlds;

namespace Carillon.PacingBench;

/// <summary>What to try; null is everything.</summary>
sealed record PacingOptions
{
    public const string Usage =
        "bench pacing [--agents 5,50] [--answer 0.25] [--law carillon,ratio] [--world standard] [--days 10] [--window 30] [--seed 1] [--json]";

    public IReadOnlyList<int>? Agents { get; init; }
    public IReadOnlyList<double>? Answers { get; init; }
    public IReadOnlyList<string>? Laws { get; init; }
    public IReadOnlyList<string>? Worlds { get; init; }
    public int? Days { get; init; }
    public int WindowDays { get; init; } = LawCatalog.WindowDays;
    public int Seed { get; init; } = 1;
    public bool Json { get; init; }

    /// <summary>Null, with what is wrong, for arguments that make no sense.</summary>
    public static PacingOptions? Parse(string[] args, out string? error)
    {
        var options = new PacingOptions();
        error = null;
        for (var i = 0; i < args.Length && error is null; i++)
        {
            if (args[i] == "--json")
            {
                options = options with { Json = true };
                continue;
            }
            var (name, values) = (args[i], i + 1 < args.Length ? args[i + 1].Split(',') : Array.Empty<string>());
            i++;
            var next = name switch
            {
                "--agents" when All(values, text => int.TryParse(text, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 10_000 ? n : (int?)null) is { } agents => options with { Agents = agents },
                "--answer" when All(values, text => double.TryParse(text, CultureInfo.InvariantCulture, out var p) && p is > 0 and <= 1 ? p : (double?)null) is { } answers => options with { Answers = answers },
                "--law" when values.Length > 0 && values.All(LawCatalog.Names.Contains) => options with { Laws = values },
                "--world" when values.Length > 0 && values.All(WorldCatalog.Names.Contains) => options with { Worlds = values },
                "--days" when Whole(values) is > 0 and var days => options with { Days = days },
                "--window" when Whole(values) is >= 1 and <= 30 and var window => options with { WindowDays = window },
                "--seed" when Whole(values) is { } seed => options with { Seed = seed },
                _ => null,
            };
            if (next is null) error = $"Not understood: {name} {string.Join(',', values)}. Laws: {string.Join(", ", LawCatalog.Names)}. Worlds: {string.Join(", ", WorldCatalog.Names)}.";
            else options = next;
        }
        return error is null ? options : null;
    }

    static int? Whole(string[] values) => values.Length == 1 && int.TryParse(values[0], CultureInfo.InvariantCulture, out var value) ? value : null;

    static List<T>? All<T>(string[] values, Func<string, T?> parse) where T : struct
    {
        var parsed = values.Select(parse).ToList();
        return parsed.Count > 0 && parsed.TrueForAll(value => value is not null) ? [.. parsed.Select(value => value!.Value)] : null;
    }
}
