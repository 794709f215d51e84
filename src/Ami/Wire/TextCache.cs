using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Carillon.Ami;

/// <summary>
/// Strings of values seen lately, one a slot: a call's ids, channels and numbers come in some twenty events. Of fixed size; a collision only
/// costs a new string. For one reader at a time.
/// </summary>
sealed class TextCache
{
    // Room for some 500 calls at once with few collisions; at most 1.5 MB of strings.
    const int Slots = 8192;
    const int MaxCachedBytes = 80;
    readonly string?[] _slots = new string?[Slots];

    public string Get(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return "";
        if (value.Length > MaxCachedBytes) return Decode(value);
        ref var slot = ref _slots[Hash(value) & (Slots - 1)];
        if (slot is not null && IsText(slot, value)) return slot;
        return slot = Decode(value);
    }

    // Eight characters at once: most values have under sixteen, and Ascii.Equals compares those one by one.
    static bool IsText(string text, ReadOnlySpan<byte> value)
    {
        if (text.Length != value.Length) return false;
        if (value.Length < 8) return Ascii.Equals(value, text);
        ref var bytes = ref MemoryMarshal.GetReference(value);
        ref var chars = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        var last = value.Length - 8;
        for (var at = 0; ; at = Math.Min(at + 8, last))
        {
            var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));
            if ((eight & 0x8080_8080_8080_8080) != 0) return false;
            if (Vector128.WidenLower(Vector128.CreateScalar(eight).AsByte()) != Vector128.LoadUnsafe(ref chars, (nuint)at)) return false;
            if (at == last) return true;
        }
    }

    /// <summary>UTF-8; a value that is not valid UTF-8 is taken for Latin-1, which keeps every byte.</summary>
    public static string Decode(ReadOnlySpan<byte> value) =>
        Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);

    // Beginning, middle and end: ids differ at the end, or before a Local channel's ";1".
    static uint Hash(ReadOnlySpan<byte> value)
    {
        ulong hash = (uint)value.Length;
        if (value.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(value));
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(value[((value.Length - 8) / 2)..]));
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(value[^8..]));
        }
        else
            foreach (var b in value) hash = Mix(hash ^ b);
        return (uint)hash;
    }

    // Both halves of the product, because the last characters are the highest bits and would only reach the upper one.
    static ulong Mix(ulong value) => Math.BigMul(value, 0x9E3779B97F4A7C15, out var low) ^ low;
}
