using System.Globalization;
using Carillon.Lists;

namespace Carillon.Api.Pages.Numbers;

/// <summary>Which column of a list says when its leads' turn is.</summary>
sealed class PlaceColumn(string label, string query, int? found)
{
    public string Label => label;

    public string Query => query;

    /// <summary>From 1; 0: none does.</summary>
    public int Column { get; set; } = found + 1 ?? 0;

    /// <summary>For the import's address; empty if no column is chosen.</summary>
    public string Text => Column == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"&{query}={Column}");

    public static PlaceColumn[] Of(ListPreview list) =>
    [
        new("Time of the call", "dialAtColumn", list.DialAtColumn),
        new("Chance to answer", "chanceColumn", list.ChanceColumn),
        new("Order of the calls", "callOrderColumn", list.CallOrderColumn),
        // What is called agent in lists is a name more often than the id of a phone.
        new("Agent's phone", "agentColumn", null),
    ];
}
