using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Carillon.Ami;

/// <summary>
/// Reads headers of one frame by key. It looks on from where the last key was found, so that keys asked for in the order
/// in which Asterisk sends them cost little; with <see cref="Learn"/> they cost one comparison each.
/// </summary>
ref struct HeaderCursor(Frame frame, TextCache cache, int epoch)
{
    readonly Frame _frame = frame;
    readonly ReadOnlySpan<byte> _bytes = frame.Bytes;
    ReadOnlySpan<int> _starts;
    Span<int> _steps;
    int _next, _asked;

    public int Epoch { get; } = epoch;

    /// <summary>The event's name; false for a response. Reads no other line if it is in the first one.</summary>
    public bool FindEvent(out ReadOnlySpan<byte> name)
    {
        name = _frame.EventName;
        return !name.IsEmpty || Find("Event"u8, out name);
    }

    /// <summary>From now on the same keys are asked for in the same order for each message of this kind.</summary>
    /// <param name="steps">For each question, how many lines behind the one found before it the answer was the last time. A guess: it is checked.</param>
    public void Learn(Span<int> steps)
    {
        _starts = _frame.Starts;
        _steps = steps;
        _asked = 0;
    }

    /// <summary>The value as text; "" if the key is missing or the value is &lt;unknown&gt;.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string Text(ReadOnlySpan<byte> key) => IsExpected(key) ? TextOf(TakeExpected(key.Length)) : SearchText(key);

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
        for (var i = 0; i < _frame.LineCount; i++)
        {
            var line = _frame[i];
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Find(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        if (!IsExpected(key)) return Search(key, out value);
        value = TakeExpected(key.Length);
        return true;
    }

    // Inlined where the key is a constant, so that the comparison is a few instructions. No key holds an LF: what is alike lies in the one line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly bool IsExpected(ReadOnlySpan<byte> key)
    {
        if ((uint)_asked >= (uint)_steps.Length) return false;
        var line = _next + _steps[_asked];
        if ((uint)line >= (uint)_starts.Length) return false;
        var rest = _bytes[_starts[line]..];
        return rest.Length > key.Length && rest[key.Length] == ':' && rest[..key.Length].SequenceEqual(key);
    }

    ReadOnlySpan<byte> TakeExpected(int colon)
    {
        var line = _next + _steps[_asked++];
        _next = line + 1;
        return ValueOf(line, colon);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    bool Search(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        if (_starts.IsEmpty) _starts = _frame.Starts;
        var line = Search(key, _next, _starts.Length - 1);
        if (line < 0) line = Search(key, 0, _next);
        if (_asked < _steps.Length)
        {
            if (line >= 0) _steps[_asked] = line - _next;
            _asked++;
        }
        if (line < 0)
        {
            value = default;
            return false;
        }
        _next = line + 1;
        value = ValueOf(line, key.Length);
        return true;
    }

    string SearchText(ReadOnlySpan<byte> key) => Search(key, out var value) ? TextOf(value) : "";

    readonly int Search(ReadOnlySpan<byte> key, int from, int to)
    {
        for (var line = from; line < to; line++)
        {
            // The colon's place rules out nearly every other key.
            var colon = _starts[line] + key.Length;
            if ((uint)colon < (uint)_bytes.Length && _bytes[colon] == ':' && Ascii.EqualsIgnoreCase(_bytes.Slice(_starts[line], key.Length), key)) return line;
        }
        return -1;
    }

    readonly ReadOnlySpan<byte> ValueOf(int line, int colon)
    {
        var start = _starts[line] + colon + 1;
        var end = _starts[line + 1] - 1;
        if (end > start && _bytes[end - 1] == '\r') end--;
        while (start < end && _bytes[start] == ' ') start++;
        return _bytes[start..end];
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
