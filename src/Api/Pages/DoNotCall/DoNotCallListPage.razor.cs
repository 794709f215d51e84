using Carillon.Api.Configs;
using Carillon.Api.Leads;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Storage;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Carillon.Api.Pages.DoNotCall;

public sealed partial class DoNotCallListPage
{
    const int PageSize = 50;

    IReadOnlyList<Stored<CampaignConfig>>? _campaigns;
    // Of the list that is chosen, never of the one before.
    IReadOnlyList<DoNotCallEntry>? _entries;
    string _list = "", _prefix = "", _one = "", _reason = "";
    DateOnly? _until;
    string? _next;
    bool _paged, _narrowed;

    /// <summary>The campaign whose list it is; none: that of all campaigns.</summary>
    [SupplyParameterFromQuery] string? Campaign { get; set; }
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;
    [Inject] internal DoNotCallDesk Desk { get; set; } = null!;
    [Inject] DialogService Dialogs { get; set; } = null!;

    bool MayChange => Caller.IsAdministrator || _list.Length > 0;

    string? Key => _list.Length > 0 ? _list : null;

    Stored<CampaignConfig>? Chosen => _campaigns?.FirstOrDefault(c => c.Id == _list);

    string Country => Chosen?.Config.Country ?? Leads.Numbers.Country;

    string Address => Key is { } id ? $"/api/v1/campaigns/{Uri.EscapeDataString(id)}/do-not-call/import" : "/api/v1/do-not-call/import";

    protected override async Task OnParametersSetAsync()
    {
        if (_campaigns is not null && (Campaign ?? "") == _list) return;
        (_list, _entries) = (Campaign ?? "", null);
        if (_campaigns is null && !await Do(async (caller, cancel) => _campaigns = await Campaigns.List(caller, cancel))) return;
        await Read(first: true);
    }

    void Choose(string? list) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("campaign", string.IsNullOrEmpty(list) ? null : list));

    Task<bool> Read(bool first)
    {
        var (list, prefix, after) = (Key, _prefix, first ? null : _next);
        if (first) _entries = null;
        return Read(
            (caller, cancel) => Desk.List(caller, list, prefix, after, PageSize, cancel),
            page => (_entries, _next, _paged, _narrowed) = (page.Items, page.Next, !first, !string.IsNullOrWhiteSpace(prefix)));
    }

    async Task Add()
    {
        DateTimeOffset? until = _until is { } date ? W.At(date.ToDateTime(TimeOnly.MinValue)).ToUniversalTime() : null;
        var reason = string.IsNullOrWhiteSpace(_reason) ? null : _reason.Trim();
        if (!await Do((caller, cancel) => Desk.Add(caller, Key, new([_one], reason, ExpiresAt: until), cancel))) return;
        Say(W["{0} was added.", _one]);
        (_one, _reason, _until) = ("", "", null);
        await Read(first: true);
    }

    async Task Remove(DoNotCallEntry entry)
    {
        var number = entry.Number.Value;
        var question = Chosen is { } campaign ? W["Take {0} off the list of the campaign {1}? It may be called again.", number, campaign.Config.Name] : W["Take {0} off the list for all campaigns? It may be called again.", number];
        var sure = await Dialogs.Confirm(question, W["Remove"], new() { OkButtonText = W["Remove"], CancelButtonText = W["Back"] });
        if (sure == true && await Do((caller, cancel) => Desk.Remove(caller, Key, number, cancel))) await Read(first: true);
    }
}
