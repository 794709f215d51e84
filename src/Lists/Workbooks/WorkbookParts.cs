using System.IO.Compression;
using System.Xml;

namespace Carillon.Lists.Workbooks;

/// <summary>Where in the archive the parts lie that matter.</summary>
/// <param name="Sheet">The first one that is not hidden; null: it is no workbook.</param>
/// <param name="Since1904">Days are counted from 1904, as old Macintoshes did.</param>
sealed record WorkbookParts(ZipArchiveEntry? Sheet, string SheetName, ZipArchiveEntry? Texts, ZipArchiveEntry? Styles, bool Since1904)
{
    /// <summary>A workbook has some dozens; each is read into memory.</summary>
    const int MostRelations = 10_000;

    static readonly WorkbookParts None = new(null, "", null, null, false);

    public static WorkbookParts Find(ZipArchive archive)
    {
        if (Relations(archive, "").Find(r => r.Is("officeDocument")) is not { } start || archive.GetEntry(start.Target) is not { } workbook) return None;
        var relations = Relations(archive, start.Target);
        var (id, name, since1904) = FirstSheet(workbook);
        ZipArchiveEntry? Part(Predicate<Relation> which) => relations.Find(which) is { } relation ? archive.GetEntry(relation.Target) : null;
        return new(Part(r => r.Id == id && r.Is("worksheet")), name, Part(r => r.Is("sharedStrings")), Part(r => r.Is("styles")), since1904);
    }

    static (string? Id, string Name, bool Since1904) FirstSheet(ZipArchiveEntry workbook)
    {
        using var xml = PartXml.Open(workbook);
        var since1904 = false;
        while (xml.Step())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") since1904 = xml.Value("date1904") is "1" or "true";
            else if (xml.LocalName == "sheet" && xml.Value("state") is null or "visible") return (xml.Value("id"), xml.Value("name") ?? "", since1904);
        }
        return (null, "", since1904);
    }

    /// <param name="of">The part whose relations they are; empty: the whole package's.</param>
    static List<Relation> Relations(ZipArchive archive, string of)
    {
        var folder = of[..(of.LastIndexOf('/') + 1)];
        var found = new List<Relation>();
        if (archive.GetEntry($"{folder}_rels/{of[folder.Length..]}.rels") is not { } part) return found;
        using var xml = PartXml.Open(part);
        while (xml.Next("Relationship") && found.Count < MostRelations)
        {
            if (xml.Value("Id") is { } id && xml.Value("Type") is { } type && xml.Value("Target") is { } target && xml.Value("TargetMode") != "External")
                found.Add(new(id, type, target.StartsWith('/') ? target[1..] : Resolved(folder + target)));
        }
        return found;
    }

    static string Resolved(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Split('/'))
        {
            if (step != "..") steps.Add(step);
            else if (steps.Count > 0) steps.RemoveAt(steps.Count - 1);
        }
        return string.Join('/', steps);
    }

    sealed record Relation(string Id, string Type, string Target)
    {
        public bool Is(string kind) => Type.EndsWith("/" + kind, StringComparison.Ordinal);
    }
}
