using System.Text;

namespace Carillon.Lists.Workbooks;

/// <summary>Lines as a stream of UTF-8, made while it is read.</summary>
/// <param name="reading">Runs what may find the source damaged; false ends the text.</param>
sealed class RowText(IEnumerator<string> lines, Func<Action, bool> reading) : Stream
{
    byte[] _line = [];
    int _start, _end;
    bool _ended;

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && (_start < _end || Next()))
        {
            var count = Math.Min(_end - _start, buffer.Length - read);
            _line.AsSpan(_start, count).CopyTo(buffer[read..]);
            (_start, read) = (_start + count, read + count);
        }
        return read;
    }

    bool Next()
    {
        var more = false;
        _ended = _ended || !reading(() => more = lines.MoveNext()) || !more;
        if (_ended) return false;
        var line = lines.Current;
        if (_line.Length < Encoding.UTF8.GetMaxByteCount(line.Length) + 1) _line = new byte[Encoding.UTF8.GetMaxByteCount(line.Length) + 1];
        (_start, _end) = (0, Encoding.UTF8.GetBytes(line, _line));
        _line[_end++] = (byte)'\n';
        return true;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing) lines.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
