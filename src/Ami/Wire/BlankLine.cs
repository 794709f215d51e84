using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Carillon.Ami;

/// <summary>Finds what ends a message: an LF right behind another one, or with one CR between them.</summary>
static class BlankLine
{
    const byte LF = (byte)'\n', CR = (byte)'\r';
    const int Block = 64;

    /// <summary>What an LF has to be preceded by may lie this many bytes before it.</summary>
    public const int Lookback = 2;

    /// <summary>The place of the first LF that ends an empty line, -1 if there is none. The first <see cref="Lookback"/> bytes are only looked back at.</summary>
    public static int IndexOf(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        // One bit a byte; those of the block before are kept, because a line may end in it.
        var (asked, feedsBefore, returnsBefore) = (~0UL << Lookback, 0UL, 0UL);
        for (; at <= bytes.Length - Block; at += Block)
        {
            var block = Vector512.LoadUnsafe(ref first, (nuint)at);
            var feeds = Vector512.Equals(block, Vector512.Create(LF)).ExtractMostSignificantBits();
            var returns = Vector512.Equals(block, Vector512.Create(CR)).ExtractMostSignificantBits();
            var ends = feeds & asked & ((feeds << 1 | feedsBefore >> 63) | ((returns << 1 | returnsBefore >> 63) & (feeds << 2 | feedsBefore >> 62)));
            if (ends != 0) return at + BitOperations.TrailingZeroCount(ends);
            (asked, feedsBefore, returnsBefore) = (~0UL, feeds, returns);
        }
        for (at = Math.Max(at, Lookback); at < bytes.Length; at++)
            if (bytes[at] == LF && (bytes[at - 1] == LF || (bytes[at - 1] == CR && bytes[at - 2] == LF))) return at;
        return -1;
    }
}
