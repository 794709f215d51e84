using System.IO.Compression;
using System.Text;

namespace Carillon.Lists.Workbooks;

/// <summary>The texts to which cells refer by their number, as UTF-8 in blocks: two million short ones in some 60 MB.</summary>
sealed class SharedTexts
{
    /// <summary>As many as a spreadsheet program takes in a cell.</summary>
    public const int LongestText = 32_767;

    const int BlockBits = 20, BlockSize = 1 << BlockBits, MostBlocks = 128, MostTexts = 8_000_000;

    readonly List<byte[]> _blocks = [];
    readonly List<int> _starts = [];
    int _end;

    /// <returns>Null: there is more than may stand in memory.</returns>
    public static SharedTexts? Read(ZipArchiveEntry? part)
    {
        var texts = new SharedTexts();
        if (part is null) return texts;
        using var xml = PartXml.Open(part);
        var (text, block) = (new StringBuilder(), new char[4096]);
        while (xml.Next("si"))
        {
            text.Clear();
            xml.AddText(text, block, LongestText, "t");
            if (!texts.TryAdd(text.ToString())) return null;
        }
        return texts;
    }

    /// <summary>Empty, if there is none of that number.</summary>
    public string this[int number]
    {
        get
        {
            if (number < 0 || number >= _starts.Count) return "";
            var start = _starts[number];
            var block = _blocks[start >> BlockBits];
            var at = start & (BlockSize - 1);
            var length = BitConverter.ToInt32(block, at);
            return Encoding.UTF8.GetString(block, at + sizeof(int), length);
        }
    }

    bool TryAdd(string text)
    {
        var size = sizeof(int) + Encoding.UTF8.GetByteCount(text);
        if (_blocks.Count == 0 || BlockSize - _end < size)
        {
            if (_blocks.Count == MostBlocks) return false;
            _blocks.Add(new byte[BlockSize]);
            _end = 0;
        }
        if (_starts.Count == MostTexts) return false;
        var block = _blocks[^1];
        _starts.Add(((_blocks.Count - 1) << BlockBits) | _end);
        BitConverter.TryWriteBytes(block.AsSpan(_end), size - sizeof(int));
        Encoding.UTF8.GetBytes(text, block.AsSpan(_end + sizeof(int)));
        _end += size;
        return true;
    }
}
