using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Carillon.Ami;

/// <summary>Short texts, bytes against strings: most have under sixteen characters, which the framework compares one by one.</summary>
static class AsciiText
{
    const ulong CaseBits = 0x2020_2020_2020_2020;

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
        // The last step begins early, so that it ends with the text.
        var last = (nuint)value.Length - 8;
        if (value.Length < 16) return Eight(ref bytes, ref chars, 0) && Eight(ref bytes, ref chars, last);
        last -= 8;
        for (nuint at = 0; at < last; at += 16)
            if (!Sixteen(ref bytes, ref chars, at)) return false;
        return Sixteen(ref bytes, ref chars, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Eight(ref byte bytes, ref ushort chars, nuint at)
    {
        var eight = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at))).AsByte();
        return eight.ExtractMostSignificantBits() == 0 && Vector128.WidenLower(eight) == Vector128.LoadUnsafe(ref chars, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Sixteen(ref byte bytes, ref ushort chars, nuint at)
    {
        var sixteen = Vector128.LoadUnsafe(ref bytes, at);
        return sixteen.ExtractMostSignificantBits() == 0
            && Vector256.Create(Vector128.WidenLower(sixteen), Vector128.WidenUpper(sixteen)) == Vector256.LoadUnsafe(ref chars, at);
    }

    /// <summary>Beginning, middle and end: ids differ at the end, or before a Local channel's ";1".</summary>
    public static ulong Hash(ReadOnlySpan<byte> value) => Hash(value, 0);

    /// <summary>As <see cref="Hash(ReadOnlySpan{byte})"/>, the same for texts that differ only in case.</summary>
    public static ulong HashWithoutCase(ReadOnlySpan<byte> value) => Hash(value, CaseBits);

    static ulong Hash(ReadOnlySpan<byte> value, ulong same)
    {
        var (first, middle, last) = (0UL, 0UL, 0UL);
        ref var bytes = ref MemoryMarshal.GetReference(value);
        if (value.Length >= 8)
        {
            var rest = (nuint)value.Length - 8;
            first = Unsafe.ReadUnaligned<ulong>(ref bytes);
            middle = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, rest / 2));
            last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, rest));
        }
        else if (value.Length >= 4)
        {
            first = Unsafe.ReadUnaligned<uint>(ref bytes);
            last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, (nuint)value.Length - 4));
        }
        else
            foreach (var b in value) first = first << 8 | b;
        var mixed = ((first | same) * 0x9E37_79B9_7F4A_7C15 + (middle | same) * 0xC2B2_AE3D_27D4_EB4F + (uint)value.Length * 0xD6E8_FEB8_6659_FD93) ^ (last | same);
        // Both halves of the product, because the last characters are the highest bits and would only reach the upper one.
        return Math.BigMul(mixed, 0x1656_67B1_9E37_79F9, out var low) ^ low;
    }
}
