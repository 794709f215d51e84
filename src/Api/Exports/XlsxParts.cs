using System.Globalization;
using System.Text;

namespace Carillon.Api.Exports;

/// <summary>What a workbook has beside its rows.</summary>
static class XlsxParts
{
    /// <summary>Places in the list of cell styles.</summary>
    public const int TimeStyle = 1, HeaderStyle = 2;

    const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006";
    const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public const string SheetEnd = "</sheetData></worksheet>";

    const string Styles = $"""
        {Head}<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>
        """;

    const string Start = $"""{Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    /// <summary>The first row stays in sight.</summary>
    public static string SheetBegin(int columns) => string.Create(CultureInfo.InvariantCulture,
        $"""{Head}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="{columns}" width="19" customWidth="1"/></cols><sheetData>""");

    /// <summary>Written last, when it is known how many sheets there are.</summary>
    public static IEnumerable<(string Name, string Text)> Of(string name, int sheets)
    {
        var (types, relations, list) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var n = 1; n <= sheets; n++)
        {
            types.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Kind}.worksheet+xml"/>""");
            relations.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{n}" Type="{Relation}/worksheet" Target="worksheets/sheet{n}.xml"/>""");
            list.Append("<sheet name=\"");
            XlsxTable.AddText(list, n == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {n}"));
            list.Append('"').Append(CultureInfo.InvariantCulture, $""" sheetId="{n}" r:id="rId{n}"/>""");
        }
        yield return ("xl/styles.xml", Styles);
        yield return ("xl/workbook.xml", $"""{Head}<workbook xmlns="{Main}" xmlns:r="{Relation}"><bookViews><workbookView/></bookViews><sheets>{list}</sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels", $"""{Head}<Relationships xmlns="{Package}/relationships">{relations}<Relationship Id="styles" Type="{Relation}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("_rels/.rels", Start);
        yield return ("[Content_Types].xml", $"""{Head}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Kind}.styles+xml"/>{types}</Types>""");
    }
}
