using System.Globalization;
using System.Text;
using Carillon.Api.Calls;

namespace Carillon.Api.Exports;

/// <summary>A table as CSV; instants are ISO 8601, in UTC.</summary>
static class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static async Task Write(Stream body, Table table, CsvForm form, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(form.ByteOrderMark), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(form.Separator, table.Header));
        await foreach (var row in table.Rows.WithCancellation(cancel))
            await writer.WriteLineAsync(string.Join(form.Separator, row.Select(value => CsvText.Field(Text(value)))));
    }

    static string? Text(object? value) => value switch
    {
        bool yes => yes ? "yes" : "no",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
