namespace Carillon.Lists;

/// <summary>
/// The fields of one line. Quotes may hold delimiters and doubled quotes, but no line ends: a list has one number a line, and a quote that is
/// never closed must not swallow the lines after it.
/// </summary>
sealed class FieldSplitter(char delimiter)
{
    public const int MostFields = 100;

    readonly (int Start, int Length)[] _fields = new (int, int)[MostFields];
    char[] _unquoted = [];
    bool _quoted;

    public int Count { get; private set; }

    /// <summary>False if the line has more fields than <see cref="MostFields"/>.</summary>
    public bool TrySplit(ReadOnlySpan<char> line)
    {
        Count = 0;
        _quoted = line.Contains('"');
        return _quoted ? SplitQuoted(line) : SplitPlain(line);
    }

    public ReadOnlySpan<char> Field(int index, ReadOnlySpan<char> line)
    {
        if (index >= Count) return default;
        var (start, length) = _fields[index];
        return (_quoted ? _unquoted.AsSpan(start, length) : line.Slice(start, length)).Trim();
    }

    bool SplitPlain(ReadOnlySpan<char> line)
    {
        for (var start = 0; ;)
        {
            if (Count == MostFields) return false;
            var length = delimiter == '\0' ? -1 : line[start..].IndexOf(delimiter);
            if (length < 0)
            {
                _fields[Count++] = (start, line.Length - start);
                return true;
            }
            _fields[Count++] = (start, length);
            start += length + 1;
        }
    }

    bool SplitQuoted(ReadOnlySpan<char> line)
    {
        if (_unquoted.Length < line.Length) _unquoted = new char[Math.Max(line.Length, 256)];
        var (written, start, inQuotes) = (0, 0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == delimiter && delimiter != '\0' && !inQuotes))
            {
                if (Count == MostFields) return false;
                _fields[Count++] = (start, written - start);
                start = written;
            }
            else if (line[i] != '"') _unquoted[written++] = line[i];
            else if (inQuotes && i + 1 < line.Length && line[i + 1] == '"') _unquoted[written++] = line[i++];
            else inQuotes = !inQuotes;
        }
        return true;
    }
}
