using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Carillon.Leads;

namespace Carillon.Lists;

/// <summary>How to read a number list. Whatever is null is found out from the first 64 KB of the file.</summary>
public sealed record ListOptions
{
    /// <summary>ISO 3166-1 alpha-2 code of the country by whose plan national numbers are read.</summary>
    public required string Country { get; init; }
    /// <summary><c>;</c>, <c>,</c> or tab.</summary>
    public char? Delimiter { get; init; }
    public bool? HasHeader { get; init; }
    /// <summary>From 0.</summary>
    public int? NumberColumn { get; init; }
    /// <summary>Columns of further numbers of the same person, from 0; at most <see cref="Lead.MostOtherNumbers"/>.</summary>
    public ImmutableArray<int> OtherNumberColumns { get; init; } = [];
    /// <summary>The column of <see cref="Lead.CallOrder"/>, from 0. What is no whole number stays in the lead's data.</summary>
    public int? CallOrderColumn { get; init; }
    /// <summary>The column of the id of the agent who is to call the lead, from 0.</summary>
    public int? AgentColumn { get; init; }
    /// <summary>Null: its leads are due at once, as is one whose time is empty or has passed.</summary>
    public DialTimes? DialAt { get; init; }
    /// <summary>The column of <see cref="Lead.Chance"/>, from 0: 0 to 1, or percent with its sign. What is neither refuses its line; an empty one is none.</summary>
    public int? ChanceColumn { get; init; }
}

/// <summary>A line that cannot become a lead. The others are not affected.</summary>
/// <param name="Line">From 1; 0 when the whole file is refused.</param>
/// <param name="Text">The line, at most its first 100 characters.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="IsDuplicate">It is good but for its number, which an earlier line has.</param>
public readonly record struct RefusedLine(int Line, string Text, string Reason, [property: JsonIgnore] bool IsDuplicate = false);

/// <summary>What a line became: a lead, or a refusal.</summary>
public readonly record struct ListLine(NewLead Lead, RefusedLine? Refused)
{
    public bool IsLead => Refused is null;
}

/// <summary>How far reading has come. Every line is a lead, refused, or blank; the header and a <c>sep=</c> line count as blank.</summary>
public readonly record struct ListProgress(long BytesRead, int Lines, int Leads, int Refused, int Blank);

/// <summary>What was found out of a list, for people to look at before they import it.</summary>
public sealed record ListPreview
{
    /// <summary>Set when the file is no list at all: one sentence.</summary>
    public string? Problem { get; init; }
    /// <summary>XLSX for a workbook.</summary>
    public required string Encoding { get; init; }
    /// <summary>Of a workbook: its first sheet that is not hidden, which is the one that is read.</summary>
    public string? Sheet { get; init; }
    /// <summary>Null: one column.</summary>
    public char? Delimiter { get; init; }
    public bool HasHeader { get; init; }
    public ImmutableArray<string> Columns { get; init; } = [];
    /// <summary>From 0.</summary>
    public int NumberColumn { get; init; }
    /// <summary>Columns whose names say that they hold this, from 0; null: none does. An import takes them only if it is told to.</summary>
    public int? DialAtColumn { get; init; }
    public int? ChanceColumn { get; init; }
    public int? CallOrderColumn { get; init; }
    /// <summary>The fields of the first ten lines that are not blank, the header left out.</summary>
    public ImmutableArray<ImmutableArray<string>> FirstLines { get; init; } = [];
}
