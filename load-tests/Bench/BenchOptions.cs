using System.Globalization;

namespace Carillon.Bench;

/// <param name="Json">One JSON object a figure, a line each, instead of text.</param>
/// <param name="For">How long to measure, all in all.</param>
sealed record BenchOptions(bool Json, TimeSpan For)
{
    /// <summary>Runs one part; null for arguments that make no sense.</summary>
    public static async Task<int?> Run(string[] args, Func<BenchOptions, Figures, Task> part)
    {
        var options = new BenchOptions(false, TimeSpan.FromSeconds(10));
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--for" when i + 1 < args.Length && Duration(args[i + 1]) is { } length:
                    options = options with { For = length };
                    i++;
                    break;
                default:
                    Console.Error.WriteLine($"Not understood: {args[i]}");
                    return null;
            }
        await part(options, new Figures(options.Json));
        return 0;
    }

    // 500ms, 10s, 2m or 1h.
    static TimeSpan? Duration(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (!double.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var number) || number <= 0) return null;
        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => null,
        };
    }
}
