using Carillon.Api.Configs;
using Carillon.Api.Leads;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Leads;
using Carillon.Storage;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Carillon.Api.Pages.Numbers;

public sealed partial class NumbersPage
{
    const int PageSize = 50;

    Stored<CampaignConfig>? _campaign;
    IReadOnlyList<Lead>? _leads;
    string _prefix = "", _status = "", _one = "";
    // What was read was searched for, whatever stands in the fields by now.
    bool _narrowed;
    long _whyOf;
    string? _cursor, _next;
    LeadWhy? _why;

    [Parameter] public string Id { get; set; } = "";
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;
    [Inject] internal LeadDesk Leads { get; set; } = null!;
    [Inject] internal DoNotCallDesk DoNotCall { get; set; } = null!;
    [Inject] DialogService Dialogs { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_campaign?.Id == Id) return;
        if (await Do(async (caller, cancel) => _campaign = await Campaigns.Get(caller, Id, cancel))) await Read(first: true);
    }

    Task<bool> Read(bool first)
    {
        var cursor = first ? null : _next;
        var query = new LeadFilter
        {
            Statuses = _status.Length == 0 ? [] : [Enum.Parse<LeadStatus>(_status)],
            NumberPrefix = string.IsNullOrWhiteSpace(_prefix) ? null : "+" + _prefix.Trim().TrimStart('+'),
            Limit = PageSize,
        };
        return Read(
            (caller, cancel) => Leads.List(caller, Id, query, cursor, cancel),
            page => (_leads, _next, _cursor, _why, _narrowed) = (page.Items, page.Next, cursor, null, query.NumberPrefix is not null || query.Statuses is not []));
    }

    async Task Add()
    {
        if (!await Do((caller, cancel) => Leads.Add(caller, Id, new(_one), cancel))) return;
        Say(W["{0} was added.", _one]);
        _one = "";
        await Read(first: true);
    }

    Task<bool> AskWhy(Lead lead) => Do(async (caller, cancel) => (_why, _whyOf) = (await Leads.Why(caller, Id, lead.Id, cancel), lead.Id));

    async Task Exclude(Lead lead)
    {
        var sure = await Dialogs.Confirm(W["Exclude {0}? It is not dialed any more in this campaign.", lead.Number.Value], W["Exclude"], new() { OkButtonText = W["Exclude"], CancelButtonText = W["Back"] });
        if (sure != true) return;
        if (await Do((caller, cancel) => Leads.Exclude(caller, Id, new("Excluded by hand", [lead.Id], []), cancel))) await Read(first: true);
    }

    async Task Spare(Lead lead)
    {
        var sure = await Dialogs.Confirm(W["Put {0} on the do-not-call list of the campaign {1}?", lead.Number.Value, _campaign!.Config.Name], W["Do not call"], new() { OkButtonText = W["Do not call"], CancelButtonText = W["Back"] });
        if (sure == true && await Do((caller, cancel) => DoNotCall.Add(caller, Id, new([lead.Number.Value]), cancel))) await Read(first: true);
    }
}
