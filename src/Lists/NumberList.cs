using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Carillon.Leads;
using Carillon.Lists.Workbooks;

namespace Carillon.Lists;

/// <summary>Reads lists of phone numbers from CSV, TXT and XLSX streams, in constant memory but for what a <see cref="Workbook"/> needs.</summary>
public static class NumberList
{
    const int PreviewLines = 10;

    /// <summary>
    /// Every line that is not blank, in order: a lead or a refusal. Never throws for what is in the file; a file that is no list gives one
    /// refusal with line 0, and so does a workbook that turns out to be damaged.
    /// </summary>
    /// <param name="progress">Told after every block of at most 64 KB, and at the end.</param>
    public static async IAsyncEnumerable<ListLine> ReadAsync(
        Stream stream, ListOptions options, Action<ListProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var source = await ListSource.OpenAsync(stream, cancel);
        var reader = source.Reader;
        if (source.Problem is { } problem)
        {
            yield return new(default, new(0, "", problem));
            progress?.Invoke(new(reader.BytesRead, 0, 0, 1, 0));
            yield break;
        }
        var format = ListFormat.Detect(reader.Decoded.Span, reader.Finished, source.Known(options));
        var parser = new LineParser(format, options);
        var (leads, refused, blank) = (0, 0, 0);
        do
        {
            while (reader.TryNext())
            {
                if (parser.Parse(reader.Line.Span, reader.LineNumber, reader.TooLong) is not { } line)
                {
                    blank++;
                    continue;
                }
                if (line.IsLead) leads++; else refused++;
                yield return line;
            }
            progress?.Invoke(new(reader.BytesRead, reader.LineNumber, leads, refused, blank));
        }
        while (await reader.ReadMoreAsync(cancel));
        if (source.Problem is { } damage) yield return new(default, new(0, "", damage));
    }

    /// <summary>The leads alone; what cannot become one is told aside.</summary>
    public static async IAsyncEnumerable<NewLead> LeadsAsync(
        Stream stream, ListOptions options, Action<RefusedLine> refused, Action<ListProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var line in ReadAsync(stream, options, progress, cancel))
        {
            if (line.Refused is { } refusal) refused(refusal);
            else yield return line.Lead;
        }
    }

    /// <summary>Reads at most the first 64 KB; of a workbook, whose directory is at its end, all of it, to show the beginning of its first sheet.</summary>
    public static async Task<ListPreview> PreviewAsync(Stream stream, ListOptions options, CancellationToken cancel = default)
    {
        await using var source = await ListSource.OpenAsync(stream, cancel);
        if (source.Problem is { } problem) return new() { Problem = problem, Encoding = "binary" };
        var reader = source.Reader;
        var format = ListFormat.Detect(reader.Decoded.Span, reader.Finished, source.Known(options));
        var splitter = new FieldSplitter(format.Delimiter);
        var lines = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var skip = (format.HasSeparatorLine ? 1 : 0) + (format.HasHeader ? 1 : 0);
        while (lines.Count < PreviewLines && reader.TryNext())
        {
            if (reader.Line.Span.IsWhiteSpace() || skip-- > 0) continue;
            splitter.TrySplit(reader.Line.Span);
            lines.Add([.. Enumerable.Range(0, splitter.Count).Select(i => splitter.Field(i, reader.Line.Span).ToString())]);
        }
        var width = Math.Max(format.Columns.Length, lines.Count == 0 ? 0 : lines.Max(line => line.Length));
        return new()
        {
            Encoding = source.Encoding,
            Sheet = source.Sheet,
            Delimiter = source.Sheet is not null || format.Delimiter == '\0' ? null : format.Delimiter,
            HasHeader = format.HasHeader,
            Columns = [.. Enumerable.Range(0, width).Select(format.ColumnName)],
            NumberColumn = format.NumberColumn,
            DialAtColumn = ColumnNames.Find(format, ColumnNames.DialAt),
            ChanceColumn = ColumnNames.Find(format, ColumnNames.Chance),
            CallOrderColumn = ColumnNames.Find(format, ColumnNames.CallOrder),
            FirstLines = lines.ToImmutable(),
        };
    }
}
