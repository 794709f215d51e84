namespace Carillon.Ami;

/// <summary>One line of a frame, without its end, relative to the frame's beginning.</summary>
readonly record struct Line(int Start, int Length);

/// <summary>The bytes of one message and where its lines are. Valid until more bytes are read.</summary>
readonly ref struct Frame(ReadOnlySpan<byte> bytes, ReadOnlySpan<Line> lines)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ReadOnlySpan<Line> Lines { get; } = lines;

    public ReadOnlySpan<byte> this[int line] => Bytes.Slice(Lines[line].Start, Lines[line].Length);
}
