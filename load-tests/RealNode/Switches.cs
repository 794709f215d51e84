using System.Globalization;

namespace Carillon.RealNode;

/// <summary>What the tools beside the product read from their command lines. Null for what makes no sense.</summary>
static class Switches
{
    /// <summary>Reads them all; what was not understood is said on the error output.</summary>
    /// <param name="args">Flags, and switches with the value behind them.</param>
    /// <param name="options">The defaults.</param>
    /// <param name="flag">Null: it is no flag.</param>
    /// <param name="valued">Null: no such switch, or not with this value.</param>
    public static T? Read<T>(IReadOnlyList<string> args, T options, Func<T, string, T?> flag, Func<T, string, string, T?> valued) where T : class
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (flag(options, args[i]) is { } flagged)
            {
                options = flagged;
                continue;
            }
            var value = i + 1 < args.Count ? args[i + 1] : "";
            if (valued(options, args[i], value) is not { } read)
            {
                Console.Error.WriteLine($"Not understood: {args[i]} {value}");
                return null;
            }
            (options, i) = (read, i + 1);
        }
        return options;
    }

    /// <summary>Where a node listens; 0: a free one.</summary>
    public static int? Port(string text) => Whole(text, 0, 65535);

    /// <summary>Of files that are kept while the tool runs.</summary>
    public static string? Folder(string text) => text.Length == 0 || text.StartsWith("--", StringComparison.Ordinal) ? null : text;

    static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static double? Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    public static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    /// <summary>500ms, 10s, 2m or 1h; a day at most.</summary>
    public static TimeSpan? Duration(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..] switch { "ms" => TimeSpan.FromMilliseconds(1), "s" => TimeSpan.FromSeconds(1), "m" => TimeSpan.FromMinutes(1), "h" => TimeSpan.FromHours(1), _ => TimeSpan.Zero };
        return unit > TimeSpan.Zero && Number(text[..digits], 0, Longest / unit) is { } number ? number * unit : null;
    }
}
