using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Carillon.Leads;
using Carillon.Numbers;

namespace Carillon.Lists;

/// <summary>Makes a lead or a refusal of one line.</summary>
sealed class LineParser(ListFormat format, ListOptions options)
{
    const int LongestText = 100;
    const int LongestAgent = 200;
    const int LongestValue = 40;

    // What JSON must have escaped.
    static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\']);

    readonly FieldSplitter _fields = new(format.Delimiter);
    readonly SeenNumbers _seen = new();
    readonly StringBuilder _json = new();
    readonly List<string> _names = [];
    readonly List<PhoneNumber> _others = [];
    readonly List<int> _taken = [];
    string? _problem;
    int _skip = (format.HasSeparatorLine ? 1 : 0) + (format.HasHeader ? 1 : 0);

    /// <summary>Null for a blank line, and for the header.</summary>
    public ListLine? Parse(ReadOnlySpan<char> line, int number, bool tooLong)
    {
        if (!tooLong && line.IsWhiteSpace()) return null;
        if (_skip > 0)
        {
            _skip--;
            return null;
        }
        if (tooLong) return Refuse(number, line, "The line is longer than 64 KB.");
        if (line.Contains('\0')) return Refuse(number, line, "The line holds a NUL character, so it is no text.");
        if (!_fields.TrySplit(line)) return Refuse(number, line, $"The line has more than {FieldSplitter.MostFields} columns.");
        var field = _fields.Field(format.NumberColumn, line);
        if (field.IsEmpty) return Refuse(number, line, $"The line has no number in its column {format.NumberColumn + 1}.");
        if (!NumberingPlan.TryNormalize(field, options.Country, out var phone, out var problem))
            return Refuse(number, line, IsScientific(field) ? "The number is in scientific notation: the spreadsheet that wrote it has lost its digits." : $"The number {problem}.");
        var lead = Lead(line, number, phone);
        if (_problem is not null) return Refuse(number, line, _problem);
        return _seen.Add(phone, number) is var first and > 0
            ? Refuse(number, line, $"The number is that of line {first} again.", isDuplicate: true)
            : new ListLine(lead, null);
    }

    NewLead Lead(ReadOnlySpan<char> line, int number, PhoneNumber phone)
    {
        _taken.Clear();
        _problem = null;
        var others = Others(line, phone);
        int? callOrder = null;
        if (options.CallOrderColumn is { } column && int.TryParse(_fields.Field(column, line), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var order))
        {
            _taken.Add(column);
            callOrder = order;
        }
        string? agent = null;
        if (options.AgentColumn is { } agentColumn && _fields.Field(agentColumn, line) is { IsEmpty: false, Length: <= LongestAgent } name)
        {
            _taken.Add(agentColumn);
            agent = name.ToString();
        }
        var (dialAt, chance) = (DialAt(line), Chance(line));
        return new(number, phone, Data(line), others, callOrder, agent, dialAt, chance);
    }

    /// <summary>A time that cannot be read refuses the line: its lead would be called at some other time than was promised.</summary>
    DateTimeOffset? DialAt(ReadOnlySpan<char> line)
    {
        if (options.DialAt is not { } times || _fields.Field(times.Column, line) is not { IsEmpty: false } text) return null;
        _taken.Add(times.Column);
        if (times.TryRead(text, out var time, out var problem)) return time;
        _problem = Bad(times.Column, text, problem);
        return null;
    }

    double? Chance(ReadOnlySpan<char> line)
    {
        if (options.ChanceColumn is not { } column || _fields.Field(column, line) is not { IsEmpty: false } text) return null;
        _taken.Add(column);
        if (Chances.TryRead(text, out var chance)) return chance;
        _problem ??= Bad(column, text, "is no chance from 0 to 1, such as 0.35 or 35 %");
        return null;
    }

    string Bad(int column, ReadOnlySpan<char> text, string problem) =>
        $"\"{(text.Length > LongestValue ? text[..LongestValue] : text)}\" in column {column + 1}{(column < format.Columns.Length ? $" ({format.Columns[column]})" : "")} {problem}.";

    /// <summary>A further number that cannot be read stays among the lead's data: the lead is a good one without it.</summary>
    string? Others(ReadOnlySpan<char> line, PhoneNumber main)
    {
        _others.Clear();
        foreach (var column in options.OtherNumberColumns)
        {
            if (!NumberingPlan.TryNormalize(_fields.Field(column, line), options.Country, out var other, out _)) continue;
            _taken.Add(column);
            if (other != main && !_others.Contains(other)) _others.Add(other);
        }
        // Digits with a plus: nothing that JSON would have escaped.
        return _others.Count == 0 ? null : $"[\"{string.Join("\",\"", _others)}\"]";
    }

    string? Data(ReadOnlySpan<char> line)
    {
        if (_fields.Count == 1) return null;
        _json.Clear();
        for (var i = 0; i < _fields.Count; i++)
        {
            if (i == format.NumberColumn || _taken.Contains(i) || _fields.Field(i, line) is not { IsEmpty: false } value) continue;
            _json.Append(_json.Length == 0 ? '{' : ',').Append(Name(i)).Append(":\"");
            if (value.ContainsAny(Escaped)) _json.Append(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value);
            else _json.Append(value);
            _json.Append('"');
        }
        return _json.Length == 0 ? null : _json.Append('}').ToString();
    }

    string Name(int column)
    {
        while (_names.Count <= column) _names.Add($"\"{JsonEncodedText.Encode(format.ColumnName(_names.Count), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");
        return _names[column];
    }

    static bool IsScientific(ReadOnlySpan<char> field) => field.Contains("E+", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(field[0]);

    static ListLine? Refuse(int line, ReadOnlySpan<char> text, string reason, bool isDuplicate = false) =>
        new ListLine(default, new RefusedLine(line, (text.Length > LongestText ? text[..LongestText] : text).ToString(), reason, isDuplicate));
}
