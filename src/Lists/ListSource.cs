using Carillon.Lists.Workbooks;

namespace Carillon.Lists;

/// <summary>A list as lines, whatever it came as.</summary>
sealed class ListSource : IAsyncDisposable
{
    readonly Workbook? _workbook;
    readonly TextDecoder _decoder;
    readonly string? _problem;

    ListSource(LineReader reader, TextDecoder decoder, Workbook? workbook, string? problem) => (Reader, _decoder, _workbook, _problem) = (reader, decoder, workbook, problem);

    /// <summary>With its first block decoded.</summary>
    public LineReader Reader { get; }

    /// <summary>One sentence, if it is no list; of a workbook also at the end, if it turned out to be damaged on the way.</summary>
    public string? Problem => _workbook?.Problem ?? _problem;

    public string Encoding => _workbook is null ? _decoder.Name : "XLSX";

    /// <summary>Of a workbook: the one that is read.</summary>
    public string? Sheet => _workbook?.Sheet;

    public static async Task<ListSource> OpenAsync(Stream stream, CancellationToken cancel)
    {
        var (reader, decoder) = Lines(stream);
        var first = await reader.BeginAsync(cancel);
        if (!Workbook.IsOne(first.Span)) return new(reader, decoder, null, ListFormat.Problem(first.Span));
        var workbook = await Workbook.OpenAsync(first, stream, cancel);
        try
        {
            (reader, decoder) = Lines(workbook.Text);
            await reader.BeginAsync(cancel);
            return new(reader, decoder, workbook, null);
        }
        catch
        {
            await workbook.DisposeAsync();
            throw;
        }
    }

    /// <summary>With what need not be found out.</summary>
    public ListOptions Known(ListOptions options) => _workbook is null ? options : options with { Delimiter = Workbook.Delimiter };

    public ValueTask DisposeAsync() => _workbook?.DisposeAsync() ?? default;

    static (LineReader, TextDecoder) Lines(Stream text)
    {
        var decoder = new TextDecoder();
        return (new(text, decoder), decoder);
    }
}
