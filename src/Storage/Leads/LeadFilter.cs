using System.Collections.Immutable;
using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>Which leads to list: by id, or by number where it says how numbers begin.</summary>
public sealed record LeadFilter
{
    /// <summary>Empty: all.</summary>
    public ImmutableArray<LeadStatus> Statuses { get; init; } = [];
    /// <summary>E.164 with plus, or the beginning of it.</summary>
    public string? NumberPrefix { get; init; }
    /// <summary>The id of the last lead of the page before; 0: the first page. Of a list by id.</summary>
    public long After { get; init; }
    /// <summary>The number of the last lead of the page before; null: the first page. Of a list by number.</summary>
    public string? AfterNumber { get; init; }
    /// <summary>Default 100.</summary>
    public int Limit { get; init; } = 100;

    public bool IsByNumber => !string.IsNullOrEmpty(NumberPrefix);
}
