using System.Globalization;

namespace Carillon.Bench.Floor;

/// <summary>What the floor bench was asked for.</summary>
sealed record FloorOptions(int Agents, double Answer, TimeSpan For, TimeSpan WarmUp, double Speed, bool Json)
{
    public const string Usage = "bench floor [--agents 50] [--answer 0.25] [--for 3600s] [--warm-up 600s] [--speed 1] [--json]";

    /// <returns>Null for arguments that make no sense.</returns>
    public static FloorOptions? Read(IReadOnlyList<string> args)
    {
        var options = new FloorOptions(50, 0.25, TimeSpan.FromHours(1), TimeSpan.FromMinutes(10), 1, false);
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
                "--agents" => int.TryParse(value, out var n) && n is > 0 and <= 1000 ? options with { Agents = n } : null,
                "--answer" => double.TryParse(value, CultureInfo.InvariantCulture, out var p) && p is > 0 and < 1 ? options with { Answer = p } : null,
                "--speed" => double.TryParse(value, CultureInfo.InvariantCulture, out var x) && x is >= 1 and <= 50 ? options with { Speed = x } : null,
                "--for" => Seconds(value) is { } s ? options with { For = s } : null,
                "--warm-up" => Seconds(value) is { } s ? options with { WarmUp = s } : null,
                _ => null,
            };
            if (read is null) return null;
            options = read;
        }
        return options;
    }

    static TimeSpan? Seconds(string text) =>
        text.EndsWith('s') && int.TryParse(text[..^1], out var seconds) && seconds is >= 0 and <= 36_000 ? TimeSpan.FromSeconds(seconds) : null;
}
