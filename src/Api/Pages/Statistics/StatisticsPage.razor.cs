using System.Globalization;
using Carillon.Api.Configs;
using Carillon.Api.Pages.Language;
using Carillon.Api.Statistics;
using Carillon.Campaigns;
using Carillon.Config;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Api.Pages.Statistics;

public sealed partial class StatisticsPage
{
    /// <summary>Rows that the page shows; the file has all.</summary>
    const int Most = 200;

    /// <summary>Reasons of one agent's pauses that the page shows.</summary>
    const int MostPauses = 4;

    static readonly string[] ShownFields = ["from", "to"];

    IReadOnlyList<Stored<CampaignConfig>> _campaigns = [];
    StatisticsAnswer? _answer;
    StatisticsBy _by = StatisticsBy.Campaign;
    string _campaign = "";
    SumsShown _drawn;
    DateTime? _from, _to;
    bool _stopped;

    /// <summary>Of this campaign, to begin with.</summary>
    [SupplyParameterFromQuery] string? Campaign { get; set; }
    [Inject] internal StatisticsDesk Statistics { get; set; } = null!;
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;

    bool HasWork => _answer?.Total.Work is not null;

    /// <summary>Only calls that people answered meet one.</summary>
    bool OfAgents => _answer?.By == StatisticsBy.Agent;

    /// <summary>What is chosen, if there is any.</summary>
    SumsShown Shown => _drawn == SumsShown.Work && !HasWork ? SumsShown.Attempts : _drawn;

    StatisticsQuery Query => new()
    {
        By = _by.ToString(),
        Campaign = _campaign.Length == 0 ? [] : [_campaign],
        From = _from is { } from ? W.At(from) : null,
        To = _to is { } to ? W.At(to) : null,
        TimeZone = W.Viewer.TimeZone,
    };

    /// <summary>The same at the API, in the form that the viewer's spreadsheet opens.</summary>
    string Export => Address("/api/v1/statistics.csv", W.Viewer.IsRussian ? "semicolon" : null);

    string Workbook => Address("/api/v1/statistics.xlsx", null);

    string Address(string path, string? separator) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["by"] = Query.By,
        ["campaign"] = _campaign.Length == 0 ? null : _campaign,
        ["from"] = Instant(Query.From),
        ["to"] = Instant(Query.To),
        ["timeZone"] = Query.TimeZone,
        ["separator"] = separator,
    }.Where(p => p.Value is not null));

    protected override async Task OnInitializedAsync()
    {
        _campaign = Campaign ?? "";
        // The last seven days, from midnight on.
        _from = W.Local(Now).Date.AddDays(-6);
        if (await Do(async (caller, cancel) => _campaigns = await Campaigns.List(caller, cancel))) await Read();
    }

    Task<bool> Read()
    {
        var query = Query;
        _stopped = false;
        return Read((caller, cancel) => Statistics.Sum(caller, query, cancel), answer => _answer = answer);
    }

    void Stop()
    {
        StopReading();
        (_answer, _stopped) = (null, true);
    }

    static string? Instant(DateTimeOffset? at) => at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    static string Length(TimeSpan? time) => time is { } known ? Words.Length(known) : "–";
}
