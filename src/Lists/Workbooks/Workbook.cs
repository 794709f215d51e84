using System.IO.Compression;
using System.Xml;

namespace Carillon.Lists.Workbooks;

/// <summary>
/// The first sheet of an XLSX workbook that people see, as text with tabs: whatever holds for text lists holds for it. The archive lies in a temporary file, because its
/// directory is at its end; of what is in it only the shared texts stand in memory, up to a limit.
/// </summary>
sealed class Workbook : IAsyncDisposable
{
    public const char Delimiter = '\t';

    /// <summary>A sheet of a million rows with twenty columns has some 600 MB.</summary>
    const long MostUnpacked = 1L << 30;

    readonly FileStream _file;
    ZipArchive? _archive;

    Workbook(FileStream file) => _file = file;

    /// <summary>One sentence if it cannot be read; also set when it turns out to be damaged on the way.</summary>
    public string? Problem { get; private set; }

    public string Sheet { get; private set; } = "";

    public Stream Text { get; private set; } = Stream.Null;

    public static bool IsOne(ReadOnlySpan<byte> first) => first is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <param name="first">What was read of the stream already.</param>
    public static async Task<Workbook> OpenAsync(ReadOnlyMemory<byte> first, Stream rest, CancellationToken cancel)
    {
        var file = Temporary();
        var workbook = new Workbook(file);
        try
        {
            await file.WriteAsync(first, cancel);
            await rest.CopyToAsync(file, cancel);
            await file.FlushAsync(cancel);
            workbook.Open();
            return workbook;
        }
        catch
        {
            await workbook.DisposeAsync();
            throw;
        }
    }

    /// <summary>For this user's eyes only, and gone once it is closed.</summary>
    static FileStream Temporary()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    void Open() => Reading(() =>
    {
        if (!ZipDirectory.IsSound(_file)) throw new InvalidDataException("There is no directory.");
        _archive = new(_file, ZipArchiveMode.Read, leaveOpen: true);
        // Nothing unpacks to more than its entry says.
        if (_archive.Entries.Any(e => e.Length > MostUnpacked))
        {
            Problem = "This workbook unpacks to more than 1 GB: save the sheet with the numbers as CSV and import that.";
            return;
        }
        var parts = WorkbookParts.Find(_archive);
        if (parts.Sheet is null)
        {
            Problem = "This is a zip archive, but no Excel workbook with a sheet: give the numbers as XLSX, CSV or TXT.";
            return;
        }
        Sheet = parts.SheetName;
        var texts = SharedTexts.Read(parts.Texts);
        if (texts is null)
        {
            Problem = "This workbook has more text than can be held at once: save the sheet with the numbers as CSV and import that.";
            return;
        }
        var rows = new SheetRows(parts.Sheet, texts, NumberStyle.Read(parts.Styles), parts.Since1904);
        Text = new RowText(rows.Read().GetEnumerator(), Reading);
    });

    /// <returns>False: what was read is no workbook, and <see cref="Problem"/> says so.</returns>
    bool Reading(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            Problem ??= "The workbook is damaged: open it in a spreadsheet program and save it again.";
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Text.DisposeAsync();
        _archive?.Dispose();
        await _file.DisposeAsync();
    }
}
