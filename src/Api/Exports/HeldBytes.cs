using System.Buffers;

namespace Carillon.Api.Exports;

/// <summary>What was written and not sent yet. An archive writes synchronously, at its parts' ends at least, and a server's body takes no such writes.</summary>
sealed class HeldBytes : Stream
{
    readonly ArrayBufferWriter<byte> _bytes = new();

    public int Count => _bytes.WrittenCount;

    public async Task SendTo(Stream body, CancellationToken cancel)
    {
        await body.WriteAsync(_bytes.WrittenMemory, cancel);
        _bytes.ResetWrittenCount();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() { }

    public override bool CanRead => false;
    /// <summary>So that an archive never goes back to what may be sent.</summary>
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
