using System.Text;

namespace Carillon.Ami;

/// <summary>
/// Cuts a byte stream into messages: a line ends at LF and loses one CR, an empty line ends the message. What is too long, or begins with
/// neither Event nor Response, is counted and skipped to the next empty line. A tail without its empty line is no message.
/// </summary>
sealed class FrameReader(int maxLineBytes, int maxMessageBytes)
{
    const int Room = 32 << 10;
    byte[] _buffer = new byte[2 * Room];
    Line[] _lines = new Line[128];
    int _start, _line, _scanned, _end, _count;
    bool _skipping, _skippedLineHasText, _follows;

    /// <summary>Messages lost to damage so far.</summary>
    public long Damaged { get; private set; }

    /// <summary>Where to put what is received next; ends the life of the last frame.</summary>
    public Memory<byte> GetMemory()
    {
        if (_start == _end) _start = _line = _scanned = _end = 0;
        if (_buffer.Length - _end < Room)
        {
            var used = _end - _start;
            var target = used + Room > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, used).CopyTo(target);
            (_buffer, _line, _scanned, _end, _start) = (target, _line - _start, _scanned - _start, used, 0);
        }
        return _buffer.AsMemory(_end);
    }

    public void Advance(int received) => _end += received;

    /// <summary>The greeting: one line without an empty one after it. False until it is whole; null if it is no greeting's length.</summary>
    public bool TryReadGreeting(out string? greeting)
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        greeting = length is >= 0 and < 256 ? Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r') : null;
        if (length < 0) return _end - _start >= 256;
        _start = _line = _scanned = _start + length + 1;
        return true;
    }

    public bool TryRead(out Frame frame)
    {
        while (NextLine(out var length))
        {
            var text = _buffer.AsSpan(_line, length);
            if (_skipping)
            {
                _skipping = length > 0 || _skippedLineHasText;
                _skippedLineHasText = false;
                Begin();
            }
            else if (length > 0 || _follows)
            {
                Add(new Line(_line - _start, length));
                if (_count == 1) _follows = Ascii.EqualsIgnoreCase(text, "Response: Follows"u8);
                else if (_follows && text.EndsWith("--END COMMAND--"u8)) _follows = false;
                _line = _scanned;
                if (_scanned - _start > maxMessageBytes) Skip();
            }
            else if (_count == 0) Begin();
            else
            {
                frame = new Frame(_buffer.AsSpan(_start, _line - _start), _lines.AsSpan(0, _count));
                Begin();
                if (BeginsAsMessage(frame)) return true;
                Damaged++;
            }
        }
        frame = default;
        return false;
    }

    bool NextLine(out int length)
    {
        var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        var end = found < 0 ? _end : _scanned + found;
        length = end - _line;
        if (found >= 0)
        {
            _scanned = end + 1;
            if (length > maxLineBytes && !_skipping) Skip(lineEnded: true);
            else if (length > 0 && _buffer[end - 1] == '\r') length--;
            return true;
        }
        _scanned = _end;
        if (_skipping || length > maxLineBytes) Skip();
        return false;
    }

    // Keeps of the damaged line only whether it had any text, so that a line cut by a read is not taken for an empty one.
    void Skip(bool lineEnded = false)
    {
        if (!_skipping) Damaged++;
        _skipping = true;
        _follows = false;
        if (lineEnded) return;
        _skippedLineHasText |= HasText(_buffer.AsSpan(_line, _scanned - _line));
        Begin();
    }

    static bool HasText(ReadOnlySpan<byte> part) => part.Length > 1 || (part.Length == 1 && part[0] != '\r');

    void Begin() => (_start, _line, _count) = (_scanned, _scanned, 0);

    void Add(Line line)
    {
        if (_count == _lines.Length) Array.Resize(ref _lines, _lines.Length * 2);
        _lines[_count++] = line;
    }

    static bool BeginsAsMessage(in Frame frame) => StartsWith(frame[0], "Event:"u8) || StartsWith(frame[0], "Response:"u8);

    static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key) =>
        line.Length > key.Length && Ascii.EqualsIgnoreCase(line[..key.Length], key);
}
