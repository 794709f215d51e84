namespace Carillon.Demo;

/// <summary>Bars and curves of block characters.</summary>
static class Bar
{
    const string Eighths = " ▏▎▍▌▋▊▉█";
    const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A bar of at most <paramref name="width"/> characters, exact to an eighth of one.</summary>
    public static string Of(double share, int width)
    {
        var eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * width * 8);
        var rest = eighths % 8;
        return new string('█', eighths / 8) + (rest == 0 ? "" : Eighths[rest]);
    }

    public static string Curve(IReadOnlyCollection<int> values)
    {
        var most = Math.Max(1, values.Count == 0 ? 1 : values.Max());
        return string.Concat(values.Select(v => Heights[Math.Min(7, v * 8 / (most + 1))]));
    }
}
