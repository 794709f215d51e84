using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Carillon.Ami;

/// <summary>Finds what ends a message: an LF right behind another one, or with one CR between them.</summary>
static class BlankLine
{
    const byte LF = (byte)'\n', CR = (byte)'\r';

    /// <summary>What an LF has to be preceded by may lie this many bytes before it.</summary>
    public const int Lookback = 2;

    /// <summary>The place of the first LF that ends an empty line, -1 if there is none. The first <see cref="Lookback"/> bytes are only looked back at.</summary>
    public static int IndexOf(ReadOnlySpan<byte> bytes)
    {
        var at = Lookback;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (; at <= bytes.Length - Vector512<byte>.Count; at += Vector512<byte>.Count)
        {
            var before = Vector512.LoadUnsafe(ref first, (nuint)at - 1);
            var twoBefore = Vector512.LoadUnsafe(ref first, (nuint)at - 2);
            var ends = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)at), Vector512.Create(LF))
                & (Vector512.Equals(before, Vector512.Create(LF)) | (Vector512.Equals(before, Vector512.Create(CR)) & Vector512.Equals(twoBefore, Vector512.Create(LF))));
            if (ends != Vector512<byte>.Zero) return at + BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
        }
        for (; at < bytes.Length; at++)
            if (bytes[at] == LF && (bytes[at - 1] == LF || (bytes[at - 1] == CR && bytes[at - 2] == LF))) return at;
        return -1;
    }
}
