using System.Buffers.Binary;

namespace Carillon.Lists.Workbooks;

/// <summary>The directory at a zip archive's end (APPNOTE 4.3.16), which is held whole once the archive is opened.</summary>
static class ZipDirectory
{
    const int EndSize = 22, LongestComment = 65_535, Most = 4 << 20;

    /// <summary>Whether it is there and of a size that a workbook's may have: dozens of entries, not millions.</summary>
    public static bool IsSound(Stream archive)
    {
        var tail = new byte[Math.Min(archive.Length, EndSize + LongestComment)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndSize) return false;
        // Where the directory begins; all ones in archives of more than 4 GB, which no workbook of ours is.
        var begin = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        archive.Position = 0;
        return begin < archive.Length && archive.Length - begin <= Most + LongestComment;
    }
}
