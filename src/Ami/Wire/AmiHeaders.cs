using System.Collections;
using System.Text;

namespace Carillon.Ami;

/// <summary>The headers of one message in order, repeated ones included. Parsed on each reading, so an unread list costs one copy.</summary>
public sealed class AmiHeaders : IEnumerable<KeyValuePair<string, string>>
{
    readonly byte[] _bytes;
    readonly Line[] _lines;

    AmiHeaders(byte[] bytes, Line[] lines) => (_bytes, _lines) = (bytes, lines);

    public static AmiHeaders Empty { get; } = new([], []);

    internal static AmiHeaders Copy(in Frame frame, int firstLine = 0)
    {
        var starts = frame.Starts[firstLine..];
        var lines = new Line[starts.Length - 1];
        for (var i = 0; i < lines.Length; i++) lines[i] = new(starts[i] - starts[0], frame[firstLine + i].Length);
        return new(frame.Bytes[starts[0]..].ToArray(), lines);
    }

    /// <summary>The first value of the key, "" if it is missing. Keys have no case.</summary>
    public string this[string key]
    {
        get
        {
            foreach (var line in _lines)
                if (Matches(line, key)) return Value(line, key.Length);
            return "";
        }
    }

    public bool Contains(string key) => _lines.Any(line => Matches(line, key));

    /// <summary>Every value of the key, in order. Output of before Asterisk 14 ("Response: Follows") is read as Output, too.</summary>
    public IReadOnlyList<string> All(string key)
    {
        if (key == "Output" && this["Response"] == "Follows") return OutputThatFollows();
        return [.. _lines.Where(line => Matches(line, key)).Select(line => Value(line, key.Length))];
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var line in _lines)
        {
            var colon = _bytes.AsSpan(line.Start, line.Length).IndexOf((byte)':');
            if (colon > 0) yield return new(TextCache.Decode(_bytes.AsSpan(line.Start, colon)), Value(line, colon));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Raw lines after the headers, the end mark often right behind the last one.
    List<string> OutputThatFollows()
    {
        const string end = "--END COMMAND--";
        var output = new List<string>();
        var headers = _lines.TakeWhile(line => Matches(line, "Response") || Matches(line, "Privilege") || Matches(line, "ActionID") || Matches(line, "Message")).Count();
        foreach (var line in _lines[headers..])
        {
            var text = TextCache.Decode(_bytes.AsSpan(line.Start, line.Length));
            var last = text.EndsWith(end, StringComparison.Ordinal);
            if (last) text = text[..^end.Length];
            if (!last || text.Length > 0) output.Add(text);
            if (last) break;
        }
        return output;
    }

    bool Matches(Line line, string key) =>
        line.Length > key.Length && _bytes[line.Start + key.Length] == ':' && Ascii.EqualsIgnoreCase(_bytes.AsSpan(line.Start, key.Length), key);

    readonly record struct Line(int Start, int Length);

    string Value(Line line, int colon) => TextCache.Decode(HeaderCursor.Value(_bytes.AsSpan(line.Start, line.Length), colon));
}
