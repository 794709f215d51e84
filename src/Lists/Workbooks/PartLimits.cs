using System.Xml;

namespace Carillon.Lists.Workbooks;

/// <summary>The text of a part, which an XML reader would otherwise take into memory whole if it were one endless name, attribute or comment.</summary>
sealed class PartText(TextReader text) : TextReader
{
    /// <summary>Characters without the beginning of a tag; a cell has 32,767 at most, escaped some more.</summary>
    const int LongestRun = 1 << 20;

    int _run;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = text.Read(buffer, index, count);
        var tag = buffer.AsSpan(index, read).LastIndexOf('<');
        _run = tag < 0 ? _run + read : read - tag;
        return _run <= LongestRun ? read : throw new InvalidDataException("A part has a text that is too long.");
    }

    public override int Read()
    {
        var one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Names that a part has; a workbook's have some hundreds.</summary>
sealed class PartNames : NameTable
{
    const int Most = 10_000;

    int _names;

    public override string Add(string key) => Get(key) ?? (++_names <= Most ? base.Add(key) : throw TooMany());

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? (++_names <= Most ? base.Add(key, start, len) : throw TooMany());

    static InvalidDataException TooMany() => new("A part has too many names.");
}
