using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Carillon.Network;

/// <summary>A growing buffer of AMI lines. Keys come as "Key: "u8, so that nothing is formatted twice.</summary>
sealed class AmiText(int capacity = 4096)
{
    static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"'\n\r\t");
    byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public AmiText Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        return this;
    }

    public AmiText Raw(string text)
    {
        Reserve(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        return this;
    }

    public AmiText Line(ReadOnlySpan<byte> key, string value)
    {
        Reserve(key.Length + value.Length * 3 + 2);
        key.CopyTo(_bytes.AsSpan(Length));
        Length += key.Length;
        Length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
        return NewLine();
    }

    public AmiText Line(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Raw(key).Raw(value).NewLine();

    public AmiText Line(ReadOnlySpan<byte> key, long value) => Raw(key).Number(value).NewLine();

    public AmiText Number(long value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out var written);
        Length += written;
        return this;
    }

    public AmiText NewLine() => Raw("\r\n"u8);

    /// <summary>Names and variable values are C-escaped by Asterisk: a quote or backslash gets a backslash.</summary>
    public AmiText EscapedLine(ReadOnlySpan<byte> key, string value)
    {
        if (value.AsSpan().IndexOfAny(Escaped) < 0) return Line(key, value);
        var escaped = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            escaped.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", '\\' or '"' or '\'' => $"\\{c}", _ => c.ToString() });
        }
        return Line(key, escaped.ToString());
    }

    void Reserve(int more)
    {
        if (Length + more > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
    }
}
