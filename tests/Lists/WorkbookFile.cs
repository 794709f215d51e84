using System.IO.Compression;
using System.Text;

namespace Carillon.Lists.Tests;

/// <summary>A workbook as spreadsheet programs write it, part by part.</summary>
sealed record WorkbookFile
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Rows, as they stand in sheetData.</summary>
    public string Rows { get; init; } = "";
    /// <summary>Items of the shared texts.</summary>
    public string Texts { get; init; } = "";
    /// <summary>What the stylesheet holds.</summary>
    public string Styles { get; init; } = "";
    /// <summary>What the workbook holds.</summary>
    public string Book { get; init; } = """<sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets>""";
    public string Sheet { get; init; } = "";
    public Action<ZipArchive>? More { get; init; }

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "_rels/.rels", $"""<Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(archive, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relation}">{Book}</workbook>""");
            Add(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}"><Relationship Id="rId2" Type="{Relation}/worksheet" Target="worksheets/hidden.xml"/><Relationship Id="rId1" Type="{Relation}/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId3" Type="{Relation}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="{Relation}/styles" Target="../xl/styles.xml"/></Relationships>""");
            Add(archive, "xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{Texts}</sst>""");
            Add(archive, "xl/styles.xml", $"""<styleSheet xmlns="{Main}">{Styles}</styleSheet>""");
            Add(archive, "xl/worksheets/sheet1.xml", Sheet.Length > 0 ? Sheet : $"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Main}"><dimension ref="A1"/><sheetData>{Rows}</sheetData></worksheet>""");
            More?.Invoke(archive);
        }
        return file.ToArray();
    }

    static void Add(ZipArchive archive, string name, string text)
    {
        using var part = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        part.Write(text);
    }
}
