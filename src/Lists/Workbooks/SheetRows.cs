using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Carillon.Lists.Workbooks;

/// <summary>The rows of a sheet, each as one line of text; rows that the sheet leaves out are empty ones, so that lines have the numbers that people see.</summary>
sealed class SheetRows(ZipArchiveEntry part, SharedTexts texts, IReadOnlyList<bool> dateStyles, bool since1904)
{
    const int MostRows = 1_048_576, MostColumns = 16_384, DaysUntil1904 = 1462;

    readonly StringBuilder _line = new(), _cell = new();
    readonly char[] _block = new char[4096];

    public IEnumerable<string> Read()
    {
        using var xml = PartXml.Open(part);
        var last = 0;
        while (xml.Next("row"))
        {
            var row = xml.Value("r") is { } given && int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : last + 1;
            if (row <= last || row > MostRows) throw new InvalidDataException("The rows are not in order.");
            for (; last < row - 1; last++) yield return "";
            last = row;
            yield return Line(xml);
        }
    }

    string Line(XmlReader xml)
    {
        _line.Clear();
        if (xml.IsEmptyElement) return "";
        var (depth, next, written) = (xml.Depth, 0, 0);
        while (xml.Step() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            var at = Column(xml.Value("r")) ?? next;
            if (at < next || at >= MostColumns) throw new InvalidDataException("The cells are not in order.");
            next = at + 1;
            var (type, style) = (xml.Value("t"), xml.Value("s"));
            _cell.Clear();
            xml.AddText(_cell, _block, SharedTexts.LongestText, type == "inlineStr" ? "t" : "v");
            // A line that is too long is refused for what it is; no more of it is needed.
            if (_cell.Length == 0 || _line.Length > LineReader.LongestLine) continue;
            for (; written < at; written++) _line.Append(Workbook.Delimiter);
            AddField(Shown(_cell.ToString(), type, style));
        }
        return _line.ToString();
    }

    string Shown(string value, string? type, string? style) => type switch
    {
        "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? texts[number] : "",
        "b" => value == "1" ? "TRUE" : "FALSE",
        null or "n" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Number(value, number, style),
        _ => value,
    };

    string Number(string value, double number, string? style)
    {
        var isDate = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < dateStyles.Count && dateStyles[at];
        // Day 2,958,465 is the last one of the year 9999.
        if (isDate && number + (since1904 ? DaysUntil1904 : 0) is >= 1 and < 2_958_465 and var day) return Date(DateTime.FromOADate(day));
        // Digits that a number of this kind keeps: what a phone number has.
        return Math.Abs(number) < 1e15 && number == Math.Floor(number) ? number.ToString("0", CultureInfo.InvariantCulture) : value;
    }

    static string Date(DateTime date) => date.ToString(date.TimeOfDay < TimeSpan.FromSeconds(1) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>As a field of a line: a list has one number a line, so a cell has none of its own.</summary>
    void AddField(string text)
    {
        var quoted = text.AsSpan().ContainsAny(Workbook.Delimiter, '"');
        if (quoted) _line.Append('"');
        foreach (var character in text)
        {
            _line.Append(character is '\r' or '\n' ? ' ' : character);
            if (character == '"') _line.Append('"');
        }
        if (quoted) _line.Append('"');
    }

    /// <summary>From 0: AB12 is 27.</summary>
    static int? Column(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(letter)) break;
            column = Math.Min(column * 26 + letter - 'A' + 1, MostColumns + 1);
        }
        return column == 0 ? null : column - 1;
    }
}
