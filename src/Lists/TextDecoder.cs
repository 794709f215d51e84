using System.Text;
using System.Text.Unicode;

namespace Carillon.Lists;

/// <summary>
/// Bytes to characters in the encoding that they turn out to have: by the mark at their beginning; without one they are UTF-8 until the first bytes
/// that are not ASCII show whether they are that or Windows-1251. Bytes that are neither become U+FFFD.
/// </summary>
sealed class TextDecoder
{
    static readonly Encoding Windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    Decoder _decoder = Encoding.UTF8.GetDecoder();
    bool _decided;

    public string Name { get; private set; } = "UTF-8";

    /// <summary>Looks at the first bytes; returns the length of the mark, to be skipped.</summary>
    public int Begin(ReadOnlySpan<byte> first) => first switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Decide(Encoding.UTF8, "UTF-8 with BOM", 3),
        [0xFF, 0xFE, ..] => Decide(Encoding.Unicode, "UTF-16", 2),
        [0xFE, 0xFF, ..] => Decide(Encoding.BigEndianUnicode, "UTF-16 big-endian", 2),
        _ => 0,
    };

    /// <param name="chars">At least one longer than <paramref name="bytes"/>.</param>
    public int Decode(ReadOnlySpan<byte> bytes, Span<char> chars, bool last)
    {
        if (!_decided && bytes.IndexOfAnyExceptInRange((byte)0, (byte)127) is var foreign and >= 0)
        {
            if (IsUtf8(bytes[foreign..], last)) Decide(Encoding.UTF8, "UTF-8", 0);
            else Decide(Windows1251, "Windows-1251", 0);
        }
        return _decoder.GetChars(bytes, chars, last);
    }

    int Decide(Encoding encoding, string name, int mark)
    {
        (_decided, _decoder, Name) = (true, encoding.GetDecoder(), name);
        return mark;
    }

    static bool IsUtf8(ReadOnlySpan<byte> bytes, bool last)
    {
        if (Utf8.IsValid(bytes)) return true;
        if (last) return false;
        // The block may end inside a character.
        for (var cut = 1; cut <= Math.Min(3, bytes.Length - 1); cut++)
            if (bytes[^cut] >= 0xC0) return Utf8.IsValid(bytes[..^cut]);
        return false;
    }
}
