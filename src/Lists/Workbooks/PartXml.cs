using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Carillon.Lists.Workbooks;

/// <summary>XML of a workbook's part, read forward. Names are compared without namespaces, of which there are two sets (ECMA-376 and ISO 29500 strict).</summary>
static class PartXml
{
    const int Deepest = 64;

    public static XmlReader Open(ZipArchiveEntry part) => XmlReader.Create(new PartText(new StreamReader(part.Open())), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
        NameTable = new PartNames(),
    });

    /// <summary>Goes to the next node; false at the end.</summary>
    public static bool Step(this XmlReader xml) => xml.Read() && (xml.Depth <= Deepest ? true : throw new InvalidDataException("A part is nested too deeply."));

    /// <summary>Goes to the next element of that name; false at the end.</summary>
    public static bool Next(this XmlReader xml, string name)
    {
        while (xml.Step())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name) return true;
        return false;
    }

    /// <summary>An attribute by its name without a namespace.</summary>
    public static string? Value(this XmlReader xml, string name)
    {
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.LocalName != name || xml.Prefix == "xmlns") continue;
            var value = xml.Value;
            xml.MoveToElement();
            return value;
        }
        xml.MoveToElement();
        return null;
    }

    /// <summary>Adds the text inside the element at which it stands, wherever <paramref name="of"/> holds some of it, and goes to its end. No more than <paramref name="most"/> characters.</summary>
    public static void AddText(this XmlReader xml, StringBuilder text, char[] block, int most, params ReadOnlySpan<string> of)
    {
        if (xml.IsEmptyElement) return;
        var (depth, inside, hidden) = (xml.Depth, of.Contains(xml.LocalName), -1);
        while (xml.Step() && xml.Depth > depth)
        {
            if (hidden >= 0 && xml.Depth > hidden) continue;
            hidden = -1;
            if (xml.NodeType == XmlNodeType.Element)
            {
                // How a text is spoken (rPh) is not what it says.
                if (xml.LocalName == "rPh") hidden = xml.Depth;
                inside = of.Contains(xml.LocalName);
            }
            else if (xml.NodeType == XmlNodeType.EndElement) inside = false;
            else if (inside && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                int count;
                while (text.Length < most && (count = xml.ReadValueChunk(block, 0, block.Length)) > 0) text.Append(block, 0, Math.Min(count, most - text.Length));
            }
        }
    }
}
