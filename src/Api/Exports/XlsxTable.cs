using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Carillon.Api.Exports;

/// <summary>
/// A table as an XLSX workbook (ECMA-376), written while its rows come: no more than one of them is held. Instants are shown by the clocks of a zone. A sheet has
/// 1,048,576 rows; what is more goes on in another one. Texts are texts, also those that look like formulas.
/// </summary>
static class XlsxTable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    const int MostRows = 1_048_576, LongestText = 32_767, SendAt = 64 * 1024;

    public static async Task Write(Stream body, Table table, TimeZoneInfo zone, CancellationToken cancel, int rowsOfSheet = MostRows)
    {
        var held = new HeldBytes();
        await using var rows = table.Rows.GetAsyncEnumerator(cancel);
        using (var archive = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true))
        {
            var (sheets, more, row) = (0, await rows.MoveNextAsync(), new StringBuilder());
            do
            {
                sheets++;
                using var sheet = Part(archive, $"xl/worksheets/sheet{sheets}.xml");
                sheet.Write(XlsxParts.SheetBegin(table.Header.Count));
                sheet.Write(Row(row, table.Header, zone, XlsxParts.HeaderStyle));
                for (var n = 1; more && n < rowsOfSheet; n++)
                {
                    sheet.Write(Row(row, rows.Current, zone));
                    if (held.Count >= SendAt) await held.SendTo(body, cancel);
                    more = await rows.MoveNextAsync();
                }
                sheet.Write(XlsxParts.SheetEnd);
            }
            while (more);
            foreach (var (name, text) in XlsxParts.Of(table.Name, sheets))
            {
                using var part = Part(archive, name);
                part.Write(text);
            }
        }
        await held.SendTo(body, cancel);
    }

    static StreamWriter Part(ZipArchive archive, string name) => new(archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 16 * 1024);

    static StringBuilder Row(StringBuilder row, IReadOnlyList<object?> values, TimeZoneInfo zone, int style = 0)
    {
        row.Clear().Append("<row>");
        foreach (var value in values)
        {
            switch (value)
            {
                case null:
                    row.Append("<c/>");
                    break;
                case bool yes:
                    row.Append("<c t=\"b\"><v>").Append(yes ? '1' : '0').Append("</v></c>");
                    break;
                case DateTimeOffset at:
                    row.Append(CultureInfo.InvariantCulture, $"<c s=\"{XlsxParts.TimeStyle}\"><v>{TimeZoneInfo.ConvertTime(at, zone).DateTime.ToOADate():R}</v></c>");
                    break;
                case string text:
                    row.Append(CultureInfo.InvariantCulture, $"<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                    AddText(row, text);
                    row.Append("</t></is></c>");
                    break;
                default:
                    row.Append(CultureInfo.InvariantCulture, $"<c><v>{value}</v></c>");
                    break;
            }
        }
        return row.Append("</row>");
    }

    public static void AddText(StringBuilder xml, string text)
    {
        var end = Math.Min(text.Length, LongestText);
        for (var i = 0; i < end; i++)
        {
            var letter = text[i];
            if (letter == '<') xml.Append("&lt;");
            else if (letter == '&') xml.Append("&amp;");
            else if (letter == '>') xml.Append("&gt;");
            else if (letter == '"') xml.Append("&quot;");
            else if (char.IsHighSurrogate(letter) && i + 1 < end && char.IsLowSurrogate(text[i + 1])) xml.Append(letter).Append(text[++i]);
            else xml.Append(XmlConvert.IsXmlChar(letter) ? letter : '\uFFFD');
        }
    }
}
