using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Carillon.Ami;

/// <summary>Where the lines of one message are. Made only when somebody asks, because most messages are skipped by their name alone.</summary>
sealed class LineTable
{
    const byte LF = (byte)'\n';
    const int Block = 64;
    int[] _starts = new int[2 * Block];
    int _count;

    public void Clear() => _count = 0;

    /// <summary>The beginning of each line, and behind them the end of the message.</summary>
    /// <param name="message">Ends with an LF; the same one until <see cref="Clear"/>.</param>
    public ReadOnlySpan<int> Starts(ReadOnlySpan<byte> message)
    {
        if (_count == 0) Fill(message);
        return _starts.AsSpan(0, _count);
    }

    void Fill(ReadOnlySpan<byte> message)
    {
        _starts[0] = 0;
        var count = 1;
        for (var at = 0; at < message.Length; at += Block)
        {
            if (_starts.Length < count + Block) Array.Resize(ref _starts, _starts.Length * 2);
            var starts = _starts.AsSpan(count, Block);
            var ends = LineEnds(message, at);
            var found = BitOperations.PopCount(ends);
            // Four at a time, of which those beyond the last are overwritten: a loop that stopped at the last would be mispredicted in most blocks.
            for (var i = 0; i < found; i += 4)
            {
                starts[i] = at + Take(ref ends);
                starts[i + 1] = at + Take(ref ends);
                starts[i + 2] = at + Take(ref ends);
                starts[i + 3] = at + Take(ref ends);
            }
            count += found;
        }
        _count = count;
    }

    // Behind the lowest bit, which it removes.
    static int Take(ref ulong ends)
    {
        var next = BitOperations.TrailingZeroCount(ends) + 1;
        ends &= ends - 1;
        return next;
    }

    // One bit a byte of the block, set where a line ends.
    static ulong LineEnds(ReadOnlySpan<byte> message, int at)
    {
        if (message.Length < Block)
        {
            ulong ends = 0;
            for (var i = 0; i < message.Length; i++) ends |= (message[i] == LF ? 1UL : 0) << i;
            return ends;
        }
        // The last block begins early, so that it ends with the message.
        var from = Math.Min(at, message.Length - Block);
        return Vector512.Equals(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(message), (nuint)from), Vector512.Create(LF)).ExtractMostSignificantBits() >> (at - from);
    }
}
