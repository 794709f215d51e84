using Carillon.Api.Problems;
using Carillon.Lists;

namespace Carillon.Api.Leads;

/// <summary>What clients say of a list in the address; the rest is found out.</summary>
static class ListQuery
{
    /// <param name="numberColumn">From 1.</param>
    /// <param name="delimiter">comma, semicolon or tab.</param>
    public static ListOptions Options(string country, int? numberColumn, bool? header, string? delimiter) => new()
    {
        Country = country,
        HasHeader = header,
        NumberColumn = numberColumn is null or (>= 1 and <= 1000) ? numberColumn - 1 : throw Refusal.Invalid("numberColumn", "Columns are counted from 1."),
        Delimiter = delimiter switch
        {
            null => null,
            "comma" => ',',
            "semicolon" => ';',
            "tab" => '\t',
            _ => throw Refusal.Invalid("delimiter", "The delimiter is comma, semicolon or tab."),
        },
    };
}
