using System.Text;

namespace Carillon.Ami;

/// <summary>
/// Cuts a byte stream into messages: a line ends at LF and loses one CR, an empty line ends the message. What is too long, or begins with
/// neither Event nor Response, is counted and skipped to the next empty line. A tail without its empty line is no message.
/// </summary>
sealed class FrameReader(int maxLineBytes, int maxMessageBytes)
{
    const int Room = 32 << 10;
    const byte LF = (byte)'\n', CR = (byte)'\r';
    readonly LineTable _lines = new();
    byte[] _buffer = new byte[2 * Room];
    // The message began at _start; an empty line is looked for from _scanned on. Output of before Asterisk 14 may hold empty lines: _part is behind the last one.
    int _start, _part, _scanned, _end;
    bool _skipping;

    /// <summary>Messages lost to damage so far.</summary>
    public long Damaged { get; private set; }

    /// <summary>Where to put what is received next; ends the life of the last frame.</summary>
    public Memory<byte> GetMemory()
    {
        if (_start == _end) _start = _part = _scanned = _end = 0;
        if (_buffer.Length - _end < Room)
        {
            var used = _end - _start;
            var target = used + Room > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, used).CopyTo(target);
            (_buffer, _part, _scanned, _end, _start) = (target, _part - _start, _scanned - _start, used, 0);
        }
        return _buffer.AsMemory(_end);
    }

    public void Advance(int received) => _end += received;

    /// <summary>The greeting: one line without an empty one after it. False until it is whole; null if it is no greeting's length.</summary>
    public bool TryReadGreeting(out string? greeting)
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf(LF);
        greeting = length is >= 0 and < 256 ? Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r') : null;
        if (length < 0) return _end - _start >= 256;
        BeginAt(_start + length + 1);
        return true;
    }

    public bool TryRead(out Frame frame)
    {
        while (FindEnd(out var end))
        {
            var text = _buffer.AsSpan(_start, end - _start);
            var part = _buffer.AsSpan(_part, end - _part);
            var damaged = _skipping || text.Length > maxMessageBytes || HasOverlongLine(part);
            if (!damaged && IsUnfinishedOutput(text, part))
            {
                _part = _scanned;
                continue;
            }
            BeginAt(_scanned);
            frame = new Frame(text, _lines);
            if (!damaged && frame.IsMessage) return true;
            // What is skipped was counted when the skipping began.
            if (!_skipping) Damaged++;
            _skipping = false;
        }
        SkipIfTooLong();
        frame = default;
        return false;
    }

    /// <param name="end">Where the next empty line begins; it ends at _scanned.</param>
    bool FindEnd(out int end)
    {
        if (!_skipping && _scanned <= _start + 1) PassEmptyLines();
        // The first line of a message has text, so that its end is never the LF looked for.
        var from = Math.Max(_scanned, _start + BlankLine.Lookback);
        var found = from < _end ? BlankLine.IndexOf(_buffer.AsSpan(from - BlankLine.Lookback, _end - from + BlankLine.Lookback)) : -1;
        _scanned = end = _end;
        if (found < 0) return false;
        _scanned = from - BlankLine.Lookback + found + 1;
        end = _scanned - (_buffer[_scanned - 2] == CR ? 2 : 1);
        return true;
    }

    void PassEmptyLines()
    {
        while (_start < _end)
        {
            if (_buffer[_start] == LF) BeginAt(_start + 1);
            else if (_buffer[_start] == CR && _start + 1 < _end && _buffer[_start + 1] == LF) BeginAt(_start + 2);
            else return;
        }
    }

    void BeginAt(int place)
    {
        _start = _part = _scanned = place;
        _lines.Clear();
    }

    static bool IsUnfinishedOutput(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) =>
        text[0] is (byte)'R' or (byte)'r' && Ascii.EqualsIgnoreCase(Frame.Trimmed(text[..(text.IndexOf(LF) + 1)]), "Response: Follows"u8)
        && part.IndexOf("--END COMMAND--\n"u8) < 0 && part.IndexOf("--END COMMAND--\r\n"u8) < 0;

    bool HasOverlongLine(ReadOnlySpan<byte> lines)
    {
        while (lines.Length > maxLineBytes)
        {
            var length = lines.IndexOf(LF) + 1;
            if (Frame.Trimmed(lines[..length]).Length > maxLineBytes) return true;
            lines = lines[length..];
        }
        return false;
    }

    // As soon as it is certain, so that no more than one message is kept; however the bytes are read, the same messages are damage.
    void SkipIfTooLong()
    {
        var pending = _buffer.AsSpan(_part, _end - _part);
        if (!_skipping)
        {
            var tooLong = _end - _start > maxMessageBytes + 1 || (pending.Length > maxLineBytes && pending.Length - 1 - pending.LastIndexOf(LF) > maxLineBytes + 1);
            if (!tooLong) return;
            Damaged++;
            _skipping = true;
        }
        // These bytes may be the beginning of the empty line.
        BeginAt(Math.Max(_start, _end - BlankLine.Lookback));
        _scanned = _end;
    }
}
