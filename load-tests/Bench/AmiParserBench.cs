using System.Diagnostics;
using Carillon.Ami;
using Carillon.Ami.Events;

namespace Carillon.Bench;

/// <summary>
/// The parser alone, on one thread: bytes in memory to typed events, no socket, no queue. Times are the process' CPU time, garbage collection
/// included, of the best pass.
/// </summary>
static class AmiParserBench
{
    const int Chunk = 32 << 10;
    /// <summary>Keeps the decoder from being optimised away.</summary>
    public static AmiEvent? Last { get; private set; }

    /// <param name="decode">False measures what an event costs that nobody asked for.</param>
    public static (double NanosecondsPerEvent, double BytesPerEvent) Parse(AmiStream stream, EventCatalog catalog, bool decode, TimeSpan time)
    {
        var pass = new Pass(catalog, decode);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (nanoseconds, passes) = Best(() => pass.Run(stream.Bytes), time);
        return (nanoseconds / stream.Events, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / passes / stream.Events);
    }

    /// <summary>Copies the same bytes in the same pieces: what any reader has to pay.</summary>
    public static double Copy(AmiStream stream, TimeSpan time)
    {
        var target = new byte[Chunk];
        return Best(() =>
        {
            for (var at = 0; at < stream.Bytes.Length; at += Chunk)
                stream.Bytes.AsSpan(at, Math.Min(Chunk, stream.Bytes.Length - at)).CopyTo(target);
        }, time).Nanoseconds / stream.Events;
    }

    // The least CPU time of one pass over the stream: other processes on the same cores only ever add to it.
    static (double Nanoseconds, int Passes) Best(Action pass, TimeSpan time)
    {
        var (watch, best, passes) = (Stopwatch.StartNew(), TimeSpan.MaxValue, 0);
        do
        {
            var before = Environment.CpuUsage.TotalTime;
            pass();
            var taken = Environment.CpuUsage.TotalTime - before;
            if (taken < best) best = taken;
            passes++;
        }
        while (watch.Elapsed < time);
        return (best.TotalNanoseconds, passes);
    }

    sealed class Pass(EventCatalog catalog, bool decode)
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
                    if (!headers.Find("Event"u8, out var name) || catalog.Find(name) is not { Wanted: true } kind) continue;
                    if (!decode) throw new InvalidOperationException("The stream holds an event that was asked for.");
                    Last = kind.Decode(ref headers);
                }
            }
        }
    }
}
