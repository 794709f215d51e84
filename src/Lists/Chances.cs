using System.Globalization;

namespace Carillon.Lists;

/// <summary>How likely somebody answers, as lists write it.</summary>
static class Chances
{
    /// <summary>0.35, 0,35 or 35 %: a number without the sign is none of percent, since 1 would be both.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double chance)
    {
        var percent = text.EndsWith("%");
        if (percent) text = text[..^1].TrimEnd();
        Span<char> point = stackalloc char[20];
        chance = double.NaN;
        if (text.Length > point.Length) return false;
        text.Replace(point, ',', '.');
        if (!double.TryParse(point[..text.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out chance)) return false;
        if (percent) chance /= 100;
        return chance is >= 0 and <= 1;
    }
}
