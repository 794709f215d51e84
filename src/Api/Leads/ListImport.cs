using System.Collections.Immutable;
using Carillon.Leads;
using Carillon.Lists;
using Carillon.Storage;

namespace Carillon.Api.Leads;

/// <summary>How far an import has come.</summary>
sealed record ImportState(long BytesRead, long Lines, long Imported, long Duplicates, long Invalid);

/// <param name="InvalidLines">The first thousand lines that are no leads, each with its reason; a number that an earlier line had is one.</param>
/// <param name="DuplicateLines">The first thousand lines whose number the campaign had already.</param>
sealed record ImportReport(
    long Lines, long Imported, long Duplicates, long Invalid, IReadOnlyList<RefusedLine> InvalidLines, IReadOnlyList<int> DuplicateLines)
{
    /// <summary>Lines that were refused and are not in <see cref="InvalidLines"/>.</summary>
    public long InvalidLinesLeftOut => Invalid - InvalidLines.Count;

    /// <summary>Lines whose number was there already and that are not in <see cref="DuplicateLines"/>.</summary>
    public long DuplicateLinesLeftOut => Duplicates - DuplicateLines.Count;
}

/// <summary>One line of the progress stream: where it is, and at last how it ended.</summary>
sealed record ImportLine(ImportState? Progress = null, ImportReport? Report = null, string? Problem = null);

/// <summary>One list on its way into one campaign, in constant memory.</summary>
sealed class ListImport(LeadStore leads, CampaignId campaign, ListOptions options, LeadPlace place, long mostLines)
{
    const int MostTold = 1000;

    readonly List<RefusedLine> _invalid = [];
    readonly List<int> _duplicates = [];
    ListProgress _read;
    ImportProgress _written = new(0, 0, 0, ImmutableArray<int>.Empty);
    long _invalidCount;
    long _again;

    /// <summary>Of what was read and written so far; of all once <see cref="Run"/> has come to its end.</summary>
    public ImportReport Report => new(_read.Lines, _written.Imported, _written.Duplicates + _again, _invalidCount, _invalid, [.. _duplicates.Order()]);

    /// <param name="tell">Told whenever leads were written.</param>
    public async Task<ImportReport> Run(Stream list, Action<ImportState> tell, CancellationToken cancel)
    {
        await leads.ImportAsync(campaign, NumberList.LeadsAsync(list, options, Refused, Read, cancel), written =>
        {
            _written = written;
            _duplicates.AddRange(written.DuplicateLines.Take(MostTold - _duplicates.Count));
            tell(new(_read.BytesRead, _read.Lines, written.Imported, written.Duplicates + _again, _invalidCount));
        }, place, cancel);
        return Report;
    }

    void Read(ListProgress read)
    {
        _read = read;
        ListBody.Limit(read, mostLines);
    }

    void Refused(RefusedLine line)
    {
        if (line.IsDuplicate)
        {
            _again++;
            if (_duplicates.Count < MostTold) _duplicates.Add(line.Line);
            return;
        }
        _invalidCount++;
        if (_invalid.Count < MostTold) _invalid.Add(line);
    }
}
