using System.Globalization;
using Carillon.Api.Calls;
using Carillon.Api.Configs;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Carillon.Api.Pages.Calls;

/// <summary>The search is the page's address: what is asked for goes there first, and what stands there is read.</summary>
public sealed partial class CallsPage
{
    const string Path = "/calls";
    const int PageSize = 50;

    static readonly string[] ShownFields = ["campaign", "outcome", "number", "agent", "server", "trunk", "from", "to"];

    IReadOnlyList<Stored<CampaignConfig>> _campaigns = [];
    IReadOnlyList<Stored<ServerConfig>> _servers = [];
    IReadOnlyList<Stored<TrunkConfig>> _trunks = [];
    IReadOnlyList<Attempt>? _calls;
    Dictionary<CampaignId, string> _names = [];
    CallSearch _form = new(), _shown = new();
    string? _next;

    [Inject] internal CallDesk Calls { get; set; } = null!;
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;
    [Inject] internal ConfigDesk<ServerConfig> Servers { get; set; } = null!;
    [Inject] internal ConfigDesk<TrunkConfig> Trunks { get; set; } = null!;

    CallSearch AllOfIt => _shown with { After = null };

    /// <summary>The same search at the API, in the form that the viewer's spreadsheet opens.</summary>
    string Export => AllOfIt.Address("/api/v1/calls.csv", "separator", W.Viewer.IsRussian ? "semicolon" : null);

    string Workbook => AllOfIt.Address("/api/v1/calls.xlsx", "timeZone", W.Viewer.TimeZone);

    string FirstPage => AllOfIt.Address(Path);

    string NextPage => (_shown with { After = AttemptCursor.Parse(_next!, CultureInfo.InvariantCulture) }).Address(Path);

    string OtherOrder => (AllOfIt with { OldestFirst = !_shown.OldestFirst }).Address(Path);

    DateTime? From { get => Local(_form.From); set => _form.From = Instant(value); }

    DateTime? To { get => Local(_form.To); set => _form.To = Instant(value); }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        // Before anything is waited for: what is typed by then is not undone.
        _shown = CallSearch.Of(Navigation.Uri);
        _form = _shown with { };
        await Do(async (caller, cancel) =>
        {
            _names = await Calls.CampaignNames(cancel);
            if (caller.Role == Role.Operator) return;
            _campaigns = await Campaigns.List(caller, cancel);
            _servers = await Servers.List(caller, cancel);
            _trunks = await Trunks.List(caller, cancel);
        });
        await List();
    }

    void Show() => Navigation.NavigateTo((_form with { After = null }).Address(Path));

    void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == Path) _ = InvokeAsync(() => Follow(CallSearch.Of(e.Location)));
    }

    async Task Follow(CallSearch asked)
    {
        (_form, _shown) = (asked with { }, asked);
        await List();
        StateHasChanged();
    }

    Task<bool> List()
    {
        var asked = _shown;
        (_calls, _next) = (null, null);
        return Read((caller, cancel) => Calls.List(caller, asked.Query, asked.After, PageSize, cancel), page => (_calls, _next) = (page.Items, page.Next));
    }

    DateTime? Local(DateTimeOffset? at) => at is { } known ? W.Local(known).DateTime : null;

    DateTimeOffset? Instant(DateTime? local) => local is { } known ? W.At(known) : null;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) Navigation.LocationChanged -= Moved;
    }
}
