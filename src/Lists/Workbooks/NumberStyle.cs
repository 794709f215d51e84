using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;

namespace Carillon.Lists.Workbooks;

/// <summary>Which of a workbook's styles show a number as a date or time (ECMA-376, 18.8.30).</summary>
static partial class NumberStyle
{
    const int MostStyles = 65_536;

    /// <returns>By the style's number.</returns>
    public static IReadOnlyList<bool> Read(ZipArchiveEntry? part)
    {
        var dates = new List<bool>();
        if (part is null) return dates;
        using var xml = PartXml.Open(part);
        var formats = new HashSet<int>();
        var inCells = false;
        while (xml.Step() && dates.Count < MostStyles)
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "cellXfs") break;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "cellXfs") inCells = true;
            else if (xml.LocalName == "numFmt" && IsDate(xml.Value("formatCode") ?? "")) formats.Add(Id(xml.Value("numFmtId")));
            else if (inCells && xml.LocalName == "xf") dates.Add(Id(xml.Value("numFmtId")) is var id && (id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) || formats.Contains(id)));
        }
        return dates;
    }

    static int Id(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

    static bool IsDate(string format) => Parts().IsMatch(Quoted().Replace(format, ""));

    // Texts, characters that stand for themselves, colours and currencies.
    [GeneratedRegex("""
        "[^"]*"|\\.|_.|\[(?!h|m|s)[^\]]*\]
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}
