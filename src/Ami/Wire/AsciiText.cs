using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Carillon.Ami;

/// <summary>Short texts, bytes against strings: most have under sixteen characters, which the framework compares one by one.</summary>
static class AsciiText
{
    const ulong HighBits = 0x8080_8080_8080_8080, CaseBits = 0x2020_2020_2020_2020;

    /// <summary>Whether the string has these characters, all of them ASCII.</summary>
    public static bool Is(string text, ReadOnlySpan<byte> value)
    {
        if (text.Length != value.Length) return false;
        if (value.Length < 8)
        {
            for (var i = 0; i < value.Length; i++)
                if (text[i] != value[i] || value[i] >= 0x80) return false;
            return true;
        }
        ref var bytes = ref MemoryMarshal.GetReference(value);
        ref var chars = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        var last = value.Length - 8;
        for (var at = 0; ; at = Math.Min(at + 8, last))
        {
            var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));
            if ((eight & HighBits) != 0) return false;
            if (Vector128.WidenLower(Vector128.CreateScalar(eight).AsByte()) != Vector128.LoadUnsafe(ref chars, (nuint)at)) return false;
            if (at == last) return true;
        }
    }

    /// <summary>Beginning, middle and end: ids differ at the end, or before a Local channel's ";1". Its highest bits are the best mixed.</summary>
    public static ulong Hash(ReadOnlySpan<byte> value) => Hash(value, 0);

    /// <summary>As <see cref="Hash(ReadOnlySpan{byte})"/>, the same for texts that differ only in case.</summary>
    public static ulong HashWithoutCase(ReadOnlySpan<byte> value) => Hash(value, CaseBits);

    static ulong Hash(ReadOnlySpan<byte> value, ulong same)
    {
        var (first, middle, last) = (0UL, 0UL, 0UL);
        if (value.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(value);
            middle = BinaryPrimitives.ReadUInt64LittleEndian(value[((value.Length - 8) / 2)..]);
            last = BinaryPrimitives.ReadUInt64LittleEndian(value[^8..]);
        }
        else if (value.Length >= 4)
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(value);
            last = BinaryPrimitives.ReadUInt32LittleEndian(value[^4..]);
        }
        else
            foreach (var b in value) first = first << 8 | b;
        // Three products at once instead of one after the other. Odd factors: what differs in any bit differs in the bits above it.
        var sum = (first | same) * 0x9E37_79B9_7F4A_7C15 + (middle | same) * 0xC2B2_AE3D_27D4_EB4F + (last | same) * 0x1656_67B1_9E37_79F9;
        return (sum ^ sum >> 32) * 0x9E37_79B9_7F4A_7C15 + (uint)value.Length * 0xD6E8_FEB8_6659_FD93;
    }
}
