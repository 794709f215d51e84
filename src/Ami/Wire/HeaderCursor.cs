using System.Buffers.Text;
using System.Text;

namespace Carillon.Ami;

/// <summary>
/// Reads headers of one frame by key. It looks on from where the last key was found, so that keys asked for in the order
/// in which Asterisk sends them cost one comparison each.
/// </summary>
ref struct HeaderCursor(Frame frame, TextCache cache, int epoch)
{
    readonly Frame _frame = frame;
    int _next;

    public int Epoch { get; } = epoch;

    /// <summary>The value as text; "" if the key is missing or the value is &lt;unknown&gt;.</summary>
    public string Text(ReadOnlySpan<byte> key) => Find(key, out var value) ? TextOf(value) : "";

    /// <summary>As <see cref="Text"/>, with the C-escapes undone that Asterisk puts into names and variable values.</summary>
    public string Unescaped(ReadOnlySpan<byte> key) => CEscapes.Undo(Text(key));

    public string UrlDecoded(ReadOnlySpan<byte> key) => Uri.UnescapeDataString(Text(key));

    public int Int(ReadOnlySpan<byte> key) => Find(key, out var value) && Utf8Parser.TryParse(value, out int number, out _) ? number : 0;

    public long Long(ReadOnlySpan<byte> key) => Find(key, out var value) && Utf8Parser.TryParse(value, out long number, out _) ? number : 0;

    public bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected) => Find(key, out var value) && Ascii.EqualsIgnoreCase(value, expected);

    /// <summary>A duration written as h:mm:ss; the hours may exceed a day.</summary>
    public TimeSpan Clock(ReadOnlySpan<byte> key)
    {
        if (!Find(key, out var value)) return TimeSpan.Zero;
        long seconds = 0;
        while (Utf8Parser.TryParse(value, out int part, out var length))
        {
            seconds = seconds * 60 + part;
            if (length == value.Length) break;
            value = value[(length + 1)..];
        }
        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>All "name=value" of a repeated key, also where the key carries a channel: ChanVariable(PJSIP/x-1).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables(ReadOnlySpan<byte> key)
    {
        List<KeyValuePair<string, string>>? variables = null;
        foreach (var part in _frame.Lines)
        {
            var line = _frame.Bytes.Slice(part.Start, part.Length);
            if (line.Length <= key.Length || line[key.Length] is not ((byte)':' or (byte)'(') || !Ascii.EqualsIgnoreCase(line[..key.Length], key)) continue;
            var colon = line[key.Length] == ':' ? key.Length : line.IndexOf("):"u8) + 1;
            var value = Value(line, colon);
            var sign = value.IndexOf((byte)'=');
            if (sign > 0) (variables ??= []).Add(new(TextOf(value[..sign]), CEscapes.Undo(TextOf(value[(sign + 1)..]))));
        }
        return variables is null ? [] : variables;
    }

    /// <summary>A copy of all headers.</summary>
    public readonly AmiHeaders All() => AmiHeaders.Copy(_frame);

    /// <summary>A copy of the header that was found last and of those after it.</summary>
    public readonly AmiHeaders Rest() => AmiHeaders.Copy(_frame, Math.Max(0, _next - 1));

    public bool Find(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        var line = Search(key, _next, _frame.Lines.Length);
        if (line < 0) line = Search(key, 0, _next);
        if (line < 0)
        {
            value = default;
            return false;
        }
        _next = line + 1;
        value = Value(_frame[line], key.Length);
        return true;
    }

    readonly int Search(ReadOnlySpan<byte> key, int from, int to)
    {
        var bytes = _frame.Bytes;
        var lines = _frame.Lines;
        for (var i = from; i < to; i++)
        {
            var line = lines[i];
            // The colon's place rules out nearly every other key.
            if (line.Length <= key.Length || bytes[line.Start + key.Length] != ':') continue;
            var name = bytes.Slice(line.Start, key.Length);
            if (name.SequenceEqual(key) || Ascii.EqualsIgnoreCase(name, key)) return i;
        }
        return -1;
    }

    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, int colon)
    {
        var start = colon + 1;
        while (start < line.Length && line[start] == ' ') start++;
        return line[start..];
    }

    readonly string TextOf(ReadOnlySpan<byte> value) =>
        value.IsEmpty || (value[0] == '<' && value.SequenceEqual("<unknown>"u8)) ? "" : cache.Get(value);
}
