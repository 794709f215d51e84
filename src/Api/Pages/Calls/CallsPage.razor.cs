using System.Globalization;
using Carillon.Api.Calls;
using Carillon.Api.Configs;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Api.Pages.Calls;

public sealed partial class CallsPage
{
    const int PageSize = 50;

    IReadOnlyList<Stored<CampaignConfig>> _campaigns = [];
    IReadOnlyList<Attempt> _calls = [];
    Dictionary<CampaignId, string> _names = [];
    string _campaign = "", _outcome = "", _number = "", _agent = "";
    DateTime? _from, _to;
    string? _next;
    bool _first = true;

    /// <summary>Calls of this campaign, to begin with.</summary>
    [SupplyParameterFromQuery] string? Campaign { get; set; }
    [Inject] internal CallDesk Calls { get; set; } = null!;
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;

    CallQuery Query => new()
    {
        Campaign = _campaign.Length == 0 ? [] : [_campaign],
        Outcome = _outcome.Length == 0 ? [] : [_outcome],
        Number = string.IsNullOrWhiteSpace(_number) ? null : _number.Trim(),
        Agent = string.IsNullOrWhiteSpace(_agent) ? null : _agent.Trim(),
        From = _from is { } from ? W.At(from) : null,
        To = _to is { } to ? W.At(to) : null,
    };

    /// <summary>The same filter at the API, in the form that the viewer's spreadsheet opens.</summary>
    string Export => Address("/api/v1/calls.csv", "separator", W.Viewer.IsRussian ? "semicolon" : null);

    string Workbook => Address("/api/v1/calls.xlsx", "timeZone", W.Viewer.TimeZone);

    string Address(string path, string option, string? value) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["campaign"] = Some(_campaign),
        ["outcome"] = Some(_outcome),
        ["number"] = Query.Number,
        ["agent"] = Query.Agent,
        ["from"] = Query.From?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        ["to"] = Query.To?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        [option] = value,
    }.Where(p => p.Value is not null));

    protected override async Task OnInitializedAsync()
    {
        _campaign = Campaign ?? "";
        await Do(async (caller, cancel) =>
        {
            if (caller.Role > Role.Operator) _campaigns = await Campaigns.List(caller, cancel);
            _names = await Calls.CampaignNames(cancel);
        });
        await Read(first: true);
    }

    Task<bool> Read(bool first) => Do(async (caller, cancel) =>
    {
        var page = await Calls.List(caller, Query, first || _next is null ? null : AttemptCursor.Parse(_next, CultureInfo.InvariantCulture), PageSize, cancel);
        (_calls, _next, _first) = (page.Items, page.Next, first);
    });

    static string? Some(string text) => text.Length == 0 ? null : text;
}
