using Carillon.Lists;
using Carillon.Numbers;

namespace Carillon.Api.Leads;

/// <param name="AlreadyListed">Listed before for as long or longer, or twice in the file.</param>
/// <param name="InvalidLines">The first thousand lines that are no numbers, each with its reason.</param>
sealed record SparedReport(long Lines, long Added, long AlreadyListed, long Invalid, IReadOnlyList<RefusedLine> InvalidLines)
{
    /// <summary>Lines that were refused and are not in <see cref="InvalidLines"/>.</summary>
    public long InvalidLinesLeftOut => Invalid - InvalidLines.Count;
}

/// <summary>A file of numbers on its way into a do-not-call list, in batches that are durable one by one.</summary>
static class DoNotCallImport
{
    const int Batch = 1000;
    const int MostTold = 1000;

    /// <param name="add">Adds numbers and says how many are new.</param>
    public static async Task<SparedReport> Run(Stream list, ListOptions options, long mostLines, Func<IReadOnlyCollection<PhoneNumber>, Task<int>> add, CancellationToken cancel)
    {
        var (read, invalid, told, batch) = (default(ListProgress), 0L, new List<RefusedLine>(), new HashSet<PhoneNumber>(Batch));
        var (numbers, added) = (0L, 0L);
        await foreach (var line in NumberList.ReadAsync(list, options, progress => ListBody.Limit(read = progress, mostLines), cancel))
        {
            if (line.Refused is { } refused)
            {
                if (refused.IsDuplicate) numbers++;
                else if (++invalid <= MostTold) told.Add(refused);
                continue;
            }
            numbers++;
            batch.Add(line.Lead.Number);
            if (batch.Count < Batch) continue;
            added += await add(batch);
            batch.Clear();
        }
        if (batch.Count > 0) added += await add(batch);
        return new(read.Lines, added, numbers - added, invalid, told);
    }
}
