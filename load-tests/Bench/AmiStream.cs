using System.IO.Compression;
using System.Text;
using Carillon.Ami;

namespace Carillon.Bench;

/// <summary>
/// Events of a recorded Asterisk 22, in copies of different calls: every copy has its own unique ids, channel names and phone numbers, so that
/// no cache of strings looks better than it is.
/// </summary>
/// <param name="Bytes">The stream, without a greeting.</param>
/// <param name="Events">Messages in it.</param>
/// <param name="Headers">Lines in it.</param>
sealed record AmiStream(byte[] Bytes, int Events, int Headers)
{
    const int Copies = 24;

    public int BytesPerEvent => Bytes.Length / Events;

    public int EventsPerCopy => Events / Copies;

    public int HeadersPerEvent => Headers / Events;

    /// <summary>The events of one copy; all copies are of the same length. Any number from 0 on: they repeat.</summary>
    public ReadOnlySpan<byte> Copy(int number) => Bytes.AsSpan(number % Copies * (Bytes.Length / Copies), Bytes.Length / Copies);

    /// <summary>The stream of all recorded events that <paramref name="take"/> wants.</summary>
    public static AmiStream Of(Func<EventKind?, bool> take, EventCatalog catalog)
    {
        var text = new StringBuilder();
        var (events, headers) = (0, 0);
        var reader = new FrameReader(128 << 10, 1 << 20);
        using var recording = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "ami-mixed-22.log.gz")), CompressionMode.Decompress);
        for (var greeted = false; ;)
        {
            var received = recording.Read(reader.GetMemory().Span);
            if (received == 0) break;
            reader.Advance(received);
            if (!greeted && !(greeted = reader.TryReadGreeting(out _))) continue;
            while (reader.TryRead(out var frame))
            {
                if (!frame[0].StartsWith("Event: "u8) || !take(catalog.Find(frame[0]["Event: ".Length..]))) continue;
                text.Append(Encoding.Latin1.GetString(frame.Bytes)).Append("\r\n");
                events++;
                headers += frame.LineCount;
            }
        }
        var one = text.ToString();
        return new(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(10, Copies).Select(copy => Renamed(one, copy)))), events * Copies, headers * Copies);
    }

    static string Renamed(string text, int copy) => text
        .Replace("pbx1-17", $"pb{copy}-17", StringComparison.Ordinal)
        .Replace(": m-0", $": {copy}-0", StringComparison.Ordinal)
        .Replace("-0000", $"-{copy}00", StringComparison.Ordinal)
        .Replace("9900000", $"99{copy}000", StringComparison.Ordinal);
}
