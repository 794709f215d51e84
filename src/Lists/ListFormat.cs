using System.Collections.Immutable;
using Carillon.Numbers;

namespace Carillon.Lists;

/// <summary>How the lines of a list are to be read.</summary>
sealed record ListFormat
{
    const int SampleLines = 50;

    static readonly char[] Delimiters = [';', '\t', ','];

    // Exact names of a phone column first, then words that a phone column's name may hold.
    static readonly string[] PhoneWords = ["телефон", "phone", "msisdn", "mobile", "мобильный", "моб", "tel", "тел"];
    static readonly string[] NumberWords = ["номер", "number", "num"];

    public char Delimiter { get; init; }
    public bool HasHeader { get; init; }
    /// <summary>A first line of <c>sep=;</c>, which Excel understands.</summary>
    public bool HasSeparatorLine { get; init; }
    public int NumberColumn { get; init; }
    public ImmutableArray<string> Columns { get; init; } = [];

    public string ColumnName(int index) => index < Columns.Length ? Columns[index] : $"column{index + 1}";

    /// <summary>Says in one sentence that these first bytes are of no text; null if they may be.</summary>
    public static string? Problem(ReadOnlySpan<byte> first)
    {
        if (first is [0xD0, 0xCF, 0x11, 0xE0, ..]) return "This is an Excel workbook of the old kind, or one with a password: save it as XLSX without a password, or as CSV.";
        if (first is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..]) return "This is a PDF document, not a list: give the numbers as XLSX, CSV or TXT.";
        if (first is [0x1F, 0x8B, ..]) return "This is a compressed file: unpack it and import what is in it.";
        if (first.Length < 64 || first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return null;
        var control = 0;
        foreach (var b in first)
            if (b < 32 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n')) control++;
        return control * 10 > first.Length ? "This is a binary file, not a list: give the numbers as XLSX, CSV or TXT." : null;
    }

    /// <param name="sample">The beginning of the text.</param>
    /// <param name="complete">The sample is the whole text; otherwise its last line may be cut.</param>
    /// <param name="options">What people said of it.</param>
    public static ListFormat Detect(ReadOnlySpan<char> sample, bool complete, ListOptions options)
    {
        var lines = Lines(sample, complete);
        var separator = lines.Count > 0 && lines[0].Length == 5 && lines[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? lines[0][4] : (char?)null;
        if (separator is not null) lines.RemoveAt(0);
        var delimiter = options.Delimiter ?? separator ?? MostRegular(lines);
        var rows = lines.ConvertAll(line => Split(line, delimiter));
        var named = rows.Count > 0 ? NamedColumn(rows[0]) : -1;
        var column = options.NumberColumn ?? (named >= 0 && options.HasHeader != false ? named : ColumnOfNumbers(rows, options.Country));
        var header = options.HasHeader ?? (rows.Count > 0 && (named >= 0 || (rows.Count > 1 && column < rows[0].Length && !rows[0][column].Any(char.IsDigit) && rows[0][column].Length > 0)));
        return new() { Delimiter = delimiter, HasSeparatorLine = separator is not null, HasHeader = header, NumberColumn = column, Columns = header && rows.Count > 0 ? Names(rows[0]) : [] };
    }

    static List<string> Lines(ReadOnlySpan<char> sample, bool complete)
    {
        var lines = new List<string>();
        while (!sample.IsEmpty && lines.Count < SampleLines)
        {
            var end = sample.IndexOfAny('\r', '\n');
            if (end < 0 && !complete && lines.Count > 0) break;
            var line = end < 0 ? sample : sample[..end];
            if (!line.IsWhiteSpace()) lines.Add(line.ToString());
            sample = end < 0 ? default : sample[(end + 1)..];
        }
        return lines;
    }

    /// <summary>The delimiter of which most lines have the same number; NUL, which splits nothing, if half of the lines have none.</summary>
    static char MostRegular(List<string> lines)
    {
        var (best, bestLines) = ('\0', lines.Count / 2);
        foreach (var candidate in Delimiters)
        {
            var regular = lines.Select(line => Split(line, candidate).Length).Where(fields => fields > 1).GroupBy(fields => fields).Select(g => g.Count()).DefaultIfEmpty().Max();
            if (regular > bestLines) (best, bestLines) = (candidate, regular);
        }
        return best;
    }

    static string[] Split(string line, char delimiter)
    {
        var splitter = new FieldSplitter(delimiter);
        splitter.TrySplit(line);
        var fields = new string[splitter.Count];
        for (var i = 0; i < fields.Length; i++) fields[i] = splitter.Field(i, line).ToString();
        return fields;
    }

    static int NamedColumn(string[] first)
    {
        foreach (var words in (string[][])[PhoneWords, NumberWords])
        {
            foreach (var word in words)
            {
                var column = Array.FindIndex(first, field => field.Equals(word, StringComparison.OrdinalIgnoreCase));
                if (column < 0) column = Array.FindIndex(first, field => field.Length < 40 && field.Contains(word, StringComparison.OrdinalIgnoreCase) && field.Count(char.IsDigit) < 5);
                if (column >= 0) return column;
            }
        }
        return -1;
    }

    static int ColumnOfNumbers(List<string[]> rows, string country)
    {
        var numbers = new int[FieldSplitter.MostFields];
        foreach (var row in rows)
            for (var i = 0; i < row.Length; i++)
                if (NumberingPlan.TryNormalize(row[i], country, out _, out _)) numbers[i]++;
        return Array.IndexOf(numbers, numbers.Max());
    }

    static ImmutableArray<string> Names(string[] header)
    {
        var names = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            var name = header[i].Length == 0 ? $"column{i + 1}" : header[i].Length > 64 ? header[i][..64] : header[i];
            for (var again = 2; names.Contains(name, StringComparer.Ordinal); again++) name = $"{(header[i].Length > 64 ? header[i][..64] : header[i])} {again}";
            names.Add(name);
        }
        return [.. names];
    }
}
