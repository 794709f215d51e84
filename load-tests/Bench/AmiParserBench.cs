using System.Diagnostics;
using Carillon.Ami;
using Carillon.Ami.Events;

namespace Carillon.Bench;

/// <summary>The parser alone, on one thread: bytes in memory to typed events, no socket, no queue.</summary>
static class AmiParserBench
{
    const int Chunk = 32 << 10;
    /// <summary>Keeps the decoder from being optimised away.</summary>
    public static AmiEvent? Last { get; private set; }

    /// <param name="decode">False measures what an event costs that nobody asked for.</param>
    public static (PassTimes Times, double BytesPerEvent) Parse(AmiStream stream, EventCatalog catalog, bool decode, TimeSpan time)
    {
        var parser = new Parser(catalog, decode);
        PassTimes.Of(stream, parser.Run, time / 3);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var times = PassTimes.Of(stream, parser.Run, time);
        return (times, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated - times.OwnBytes) / times.Passes / stream.EventsPerCopy);
    }

    /// <summary>Copies the same bytes in the same pieces: what any reader has to pay.</summary>
    public static PassTimes Copy(AmiStream stream, TimeSpan time)
    {
        var target = new byte[Chunk];
        return PassTimes.Of(stream, bytes =>
        {
            for (; bytes.Length > 0; bytes = bytes[Math.Min(Chunk, bytes.Length)..])
                bytes[..Math.Min(Chunk, bytes.Length)].CopyTo(target);
        }, time);
    }

    sealed class Parser(EventCatalog catalog, bool decode)
    {
        readonly FrameReader _reader = new(128 << 10, 1 << 20);
        readonly TextCache _texts = new();

        public void Run(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                var memory = _reader.GetMemory().Span;
                var length = Math.Min(Math.Min(Chunk, memory.Length), bytes.Length);
                bytes[..length].CopyTo(memory);
                bytes = bytes[length..];
                _reader.Advance(length);
                while (_reader.TryRead(out var frame))
                {
                    var headers = new HeaderCursor(frame, _texts, 1);
                    if (!headers.FindEvent(out var name) || catalog.Find(name) is not { Wanted: true } kind) continue;
                    if (!decode) throw new InvalidOperationException("The stream holds an event that was asked for.");
                    Last = kind.Decode(ref headers);
                }
            }
        }
    }
}
