using System.Globalization;
using Carillon.Api.Calls;
using Carillon.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Api.Pages.Calls;

/// <summary>Which calls the page is asked for, by the names that the API has for it: what is in its address can be sent to somebody, or to the API.</summary>
sealed record CallSearch
{
    public string Campaign { get; set; } = "";
    public string Outcome { get; set; } = "";
    public string Number { get; set; } = "";
    public string Agent { get; set; } = "";
    public string Server { get; set; } = "";
    public string Trunk { get; set; } = "";
    public DateTimeOffset? From { get; set; }
    public DateTimeOffset? To { get; set; }
    public bool OldestFirst { get; init; }
    /// <summary>The last call of the page before.</summary>
    public AttemptCursor? After { get; init; }

    public CallQuery Query => new()
    {
        Campaign = Some(Campaign) is { } campaign ? [campaign] : [],
        Outcome = Some(Outcome) is { } outcome ? [outcome] : [],
        Number = Some(Number),
        Agent = Some(Agent),
        Server = Some(Server),
        Trunk = Some(Trunk),
        From = From,
        To = To,
        Order = Order,
    };

    string? Order => OldestFirst ? CallQuery.Oldest : null;

    /// <summary>What cannot be read is not asked for, as the form then shows.</summary>
    public static CallSearch Of(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        string Text(string name) => query.TryGetValue(name, out var values) ? values[0]?.Trim() ?? "" : "";
        DateTimeOffset? Time(string name) => DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        return new()
        {
            Campaign = Text("campaign"),
            Outcome = Text("outcome"),
            Number = Text("number"),
            Agent = Text("agent"),
            Server = Text("server"),
            Trunk = Text("trunk"),
            From = Time("from"),
            To = Time("to"),
            OldestFirst = Text("order") == CallQuery.Oldest,
            After = AttemptCursor.TryParse(Text("cursor"), CultureInfo.InvariantCulture, out var cursor) ? cursor : null,
        };
    }

    /// <param name="more">What this address takes beside the search.</param>
    public string Address(string path, string more = "", string? value = null) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["campaign"] = Some(Campaign),
        ["outcome"] = Some(Outcome),
        ["number"] = Some(Number),
        ["agent"] = Some(Agent),
        ["server"] = Some(Server),
        ["trunk"] = Some(Trunk),
        ["from"] = Instant(From),
        ["to"] = Instant(To),
        ["order"] = Order,
        ["cursor"] = After?.ToString(),
        [more] = value,
    }.Where(p => p.Value is not null));

    static string? Some(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static string? Instant(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
