using System.Globalization;
using Carillon.Api.Campaigns.Funnel;
using Carillon.Api.Configs;
using Carillon.Api.Pages.Charts;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Config;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Api.Pages.Funnel;

public sealed partial class FunnelPage
{
    /// <summary>Rows that the page shows; the file has all.</summary>
    const int Most = 200;

    static readonly string[] ShownFields = ["from", "to"];

    Stored<CampaignConfig>? _campaign;
    FunnelAnswer? _answer;
    IReadOnlyList<LayerBar> _bars = [];
    IReadOnlyList<(string Name, long Count, string Style)> _outcomes = [];
    Outcome[] _others = [];
    FunnelBy _by;
    DateTime? _from, _to;
    bool _stopped;

    [Parameter] public string Id { get; set; } = "";
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;
    [Inject] internal FunnelDesk Funnel { get; set; } = null!;

    FunnelQuery Query => new() { By = _by.ToString(), From = _from is { } from ? W.At(from) : null, To = _to is { } to ? W.At(to) : null };

    /// <summary>The same at the API, in the form that the viewer's spreadsheet opens.</summary>
    string Export => Address("csv", W.Viewer.IsRussian ? "semicolon" : null);

    string Workbook => Address("xlsx", null);

    string Address(string form, string? separator) => QueryHelpers.AddQueryString($"/api/v1/campaigns/{Id}/funnel.{form}", new Dictionary<string, string?>
    {
        ["by"] = Query.By,
        ["from"] = Instant(Query.From),
        ["to"] = Instant(Query.To),
        ["separator"] = separator,
    }.Where(p => p.Value is not null));

    protected override async Task OnInitializedAsync()
    {
        // The last seven days, from midnight on.
        _from = W.Local(Now).Date.AddDays(-6);
        if (await Do(async (caller, cancel) => _campaign = await Campaigns.Get(caller, Id, cancel))) await Read();
    }

    Task<bool> Read()
    {
        var query = Query;
        _stopped = false;
        return Read((caller, cancel) => Funnel.Sum(caller, Id, query, cancel), Show);
    }

    void Stop()
    {
        StopReading();
        (_answer, _stopped) = (null, true);
    }

    void Show(FunnelAnswer answer)
    {
        _answer = answer;
        var (rows, total) = (answer.Rows, answer.Total.Outcomes);
        _bars = [.. rows.Select(r => new LayerBar(Name(r), Title(r), [r.Attempts, r.Answered, r.Talks]))];
        _outcomes = [.. total.OrderByDescending(o => o.Value).Select(o => (W.Of(o.Key), o.Value, o.Key switch { Outcome.HumanAnswered => "good", Outcome.Abandoned or Outcome.Failed => "bad", _ => "" }))];
        // The two that are left out have columns of their own.
        _others = [.. total.Keys.Where(o => o is not (Outcome.HumanAnswered or Outcome.Abandoned))];
    }

    IEnumerable<long> Counts(FunnelRow row) =>
        [row.Rang, row.PickedUp, row.Answered, row.Talks, row.Abandoned, .. _others.Select(o => row.Outcomes.GetValueOrDefault(o))];

    string Name(FunnelRow row) => _answer?.By == FunnelBy.Hour ? row.Key + ":00" : row.Key ?? W["In no list"];

    string Title(FunnelRow row) => W["{0}: {1} of {2}", Name(row), W.Number(row.Answered), W.Number(row.Attempts)];

    static string? Instant(DateTimeOffset? at) => at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
