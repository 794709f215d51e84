using System.Text;
using System.Text.Unicode;

namespace Carillon.Ami;

/// <summary>
/// Strings of values seen lately, one a slot: a call's ids, channels and numbers come in some twenty events. Of fixed size; a collision only
/// costs a new string. For one reader at a time.
/// </summary>
sealed class TextCache
{
    // Room for some 1,000 calls at once with few collisions; at most 3 MB of strings.
    const int SlotBits = 14;
    const int MaxCachedBytes = 80;
    readonly string?[] _slots = new string?[1 << SlotBits];

    public string Get(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return "";
        if (value.Length > MaxCachedBytes) return Decode(value);
        ref var slot = ref _slots[(int)(AsciiText.Hash(value) >> 64 - SlotBits)];
        if (slot is not null && (AsciiText.Is(slot, value) || IsNotAscii(slot, value))) return slot;
        return slot = Decode(value);
    }

    /// <summary>UTF-8; a value that is not valid UTF-8 is taken for Latin-1, which keeps every byte. ASCII is both, and Latin-1 is read faster.</summary>
    public static string Decode(ReadOnlySpan<byte> value) =>
        !Ascii.IsValid(value) && Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);

    // Names in other scripts come again as often as others; their string is shorter than their bytes.
    static bool IsNotAscii(string text, ReadOnlySpan<byte> value)
    {
        if (text.Length >= value.Length || Ascii.IsValid(value)) return false;
        Span<byte> bytes = stackalloc byte[MaxCachedBytes];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var length) && bytes[..length].SequenceEqual(value);
    }
}
