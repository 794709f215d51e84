using System.Text;

namespace Carillon.Ami;

/// <summary>The bytes of one message up to its empty line. Valid until the next message or more bytes are read.</summary>
/// <param name="lines">Cleared for this message.</param>
readonly ref struct Frame(ReadOnlySpan<byte> bytes, LineTable lines)
{
    const byte LF = (byte)'\n', CR = (byte)'\r';

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The beginning of each line, and behind them the end of the message.</summary>
    public ReadOnlySpan<int> Starts => lines.Starts(Bytes);

    public int LineCount => Starts.Length - 1;

    /// <summary>A line without its end.</summary>
    public ReadOnlySpan<byte> this[int line] => Trimmed(Bytes[Starts[line]..Starts[line + 1]]);

    /// <summary>It begins as messages do, with Event or Response.</summary>
    public bool IsMessage => Begins("Event:"u8) || Begins("Response:"u8);

    /// <summary>The name if the message begins with it, found without looking at any other line; "" otherwise.</summary>
    public ReadOnlySpan<byte> EventName =>
        Begins("Event:"u8) ? HeaderCursor.Value(Trimmed(Bytes[..(Bytes.IndexOf(LF) + 1)]), "Event".Length) : default;

    bool Begins(ReadOnlySpan<byte> key) =>
        Bytes.Length > key.Length && (Bytes.StartsWith(key) || Ascii.EqualsIgnoreCase(Bytes[..key.Length], key)) && Bytes[key.Length] is not (LF or CR);

    /// <param name="line">With its LF.</param>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> line) => line[..^(line.Length > 1 && line[^2] == CR ? 2 : 1)];
}
