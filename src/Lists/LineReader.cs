namespace Carillon.Lists;

/// <summary>Lines of a stream, ended by LF, CRLF or CR, in constant memory. A line that is too long is skipped to its end.</summary>
sealed class LineReader(Stream stream, TextDecoder decoder)
{
    public const int LongestLine = 64 * 1024;

    const int BlockSize = 64 * 1024;

    readonly byte[] _bytes = new byte[BlockSize];
    readonly char[] _chars = new char[LongestLine + BlockSize + 2];
    int _start, _scanned, _end;
    bool _finished, _skipLineFeed, _tooLong;

    public long BytesRead { get; private set; }
    public int LineNumber { get; private set; }
    public bool TooLong { get; private set; }

    /// <summary>Characters of the current line; of one that is too long, its beginning.</summary>
    public ReadOnlyMemory<char> Line { get; private set; }

    /// <summary>Reads the first block, without taking a line from it. Returns its bytes.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancel)
    {
        var count = await stream.ReadAtLeastAsync(_bytes, BlockSize, throwOnEndOfStream: false, cancel);
        BytesRead = count;
        _finished = count < BlockSize;
        var mark = decoder.Begin(_bytes.AsSpan(0, count));
        _end = decoder.Decode(_bytes.AsSpan(mark, count - mark), _chars, _finished);
        return _bytes.AsMemory(0, count);
    }

    /// <summary>What is decoded so far.</summary>
    public ReadOnlyMemory<char> Decoded => _chars.AsMemory(_start, _end - _start);

    /// <summary>True if the whole stream is decoded.</summary>
    public bool Finished => _finished;

    /// <summary>Takes the next line if it is there already; false when more must be read first, or at the end.</summary>
    public bool TryNext()
    {
        if (_skipLineFeed && _start < _end)
        {
            if (_chars[_start] == '\n') _scanned = Math.Max(_scanned, ++_start);
            _skipLineFeed = false;
        }
        var length = _chars.AsSpan(_scanned, _end - _scanned).IndexOfAny('\r', '\n');
        if (length < 0)
        {
            _scanned = _end;
            return _finished && (_start < _end || _tooLong) && Take(_end, _end);
        }
        var end = _scanned + length;
        _skipLineFeed = _chars[end] == '\r';
        return Take(end, end + 1);
    }

    /// <summary>Reads more; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadMoreAsync(CancellationToken cancel)
    {
        if (_finished) return false;
        MakeRoom();
        var count = await stream.ReadAsync(_bytes, cancel);
        BytesRead += count;
        _finished = count == 0;
        _end += decoder.Decode(_bytes.AsSpan(0, count), _chars.AsSpan(_end), _finished);
        return true;
    }

    bool Take(int end, int next)
    {
        TooLong = _tooLong || end - _start > LongestLine;
        Line = _chars.AsMemory(_start, end - _start);
        (_start, _scanned, _tooLong) = (next, next, false);
        LineNumber++;
        return true;
    }

    void MakeRoom()
    {
        var kept = _end - _start;
        if (kept > LongestLine)
        {
            // Only that it was too long is remembered; the rest is passed over until its end comes.
            (_tooLong, kept) = (true, 100);
        }
        _chars.AsSpan(_start, kept).CopyTo(_chars);
        (_start, _scanned, _end) = (0, kept, kept);
    }
}
