using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Agents;
using Carillon.Api.Calls;
using Carillon.Api.Campaigns;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Carillon.Api.Pages.Preview;

/// <summary>Where an agent stands with one lead: it waits for one, is shown it, calls it, and says what came of it.</summary>
enum PreviewStage { Waiting, Shown, Calling, Ended }

public sealed partial class PreviewPage
{
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    PreviewStage _stage;
    string? _campaign, _why;
    string _reason = "";
    Lead? _lead;
    DateTimeOffset? _dialAt;
    DateTimeOffset _askedAt;
    IReadOnlyList<Attempt> _before = [];
    Attempt? _call;
    AgentState _line;
    bool _looking;
    Refusal? _unseen;
    int _turn;
    (PreviewStage Stage, long? Lead, bool Told) _led;

    [Parameter] public string Id { get; set; } = "";
    [Inject] internal PreviewDesk Desk { get; set; } = null!;
    [Inject] internal AgentDesk Agents { get; set; } = null!;
    [Inject] IJSRuntime Js { get; set; } = null!;

    string Stage => (_stage, _line) switch
    {
        (PreviewStage.Calling, AgentState.Talking) => W["You talk"],
        (PreviewStage.Calling, _) => W["Your phone rings first, then theirs"],
        (PreviewStage.Shown, _) => W["A lead for you"],
        (PreviewStage.Ended, _) => W["The call has ended"],
        _ => W["Waiting for a lead"],
    };

    protected override async Task OnInitializedAsync()
    {
        var opened = await Do(async (caller, cancel) =>
        {
            _campaign = (await Desk.Campaign(caller, Id, cancel)).Name;
            // Opened anew in the middle of a call, the page goes on with it.
            if (await Desk.Calling(caller, Id, cancel) is { } lead) await Show(caller, lead, PreviewStage.Calling, cancel);
        });
        if (opened) _ = Follow();
    }

    /// <summary>Each stage takes away what was pressed in the one before: the keyboard goes on with what is to be done now.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var now = (_stage, _lead?.Id, _call?.Disposition is not null);
        if (now == _led) return;
        _led = now;
        // What came of a call is asked by its form, once it has read what there is to choose.
        var place = now switch { (PreviewStage.Shown, _, _) => "#dial", (PreviewStage.Ended, _, true) => "#next", (PreviewStage.Ended, _, _) => null, _ => "h1" };
        if (place is not null) await Js.InvokeVoidAsync("carillon.leadTo", Gone, place);
    }

    async Task Follow()
    {
        try
        {
            using var timer = new PeriodicTimer(LookInterval, Time);
            do await InvokeAsync(Look);
            while (await timer.WaitForNextTickAsync(Gone));
        }
        catch (OperationCanceledException)
        {
        }
        catch (SessionEnded)
        {
            Navigation.NavigateTo(Doors.SignInFor("/preview/" + Id), forceLoad: true);
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Asks no further while an agent writes up a call: who does not ask is shown nothing.</summary>
    async Task Look()
    {
        if (Busy || _looking || _stage == PreviewStage.Ended) return;
        _looking = true;
        try
        {
            var caller = await Session.Caller(Gone);
            _askedAt = Now;
            if (_stage == PreviewStage.Calling) await LookAtCall(caller);
            else await LookForLead(caller);
            _unseen = null;
            StateHasChanged();
        }
        catch (Refusal refusal)
        {
            (_lead, _stage, _why, _unseen) = (null, PreviewStage.Waiting, refusal.Message, null);
            StateHasChanged();
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            // It says nothing of the lead or the call: they stay, and the next look tells. Said once, not at every look.
            if (_unseen?.Message != refusal.Message) _unseen = Known(e);
            StateHasChanged();
        }
        finally
        {
            _looking = false;
        }
    }

    async Task LookForLead(Caller caller)
    {
        // What was asked before the agent pressed something says nothing of what came after it.
        var turn = _turn;
        var shown = await Desk.Get(caller, Id, Gone);
        if (turn != _turn) return;
        if (_lead is { } last && shown.Lead?.Id != last.Id)
        {
            // It was dialed by itself, or taken back.
            var call = await CallTo(caller, last.Id);
            if (turn != _turn) return;
            if (call is not null)
            {
                (_stage, _call) = (PreviewStage.Calling, call);
                return;
            }
            (_lead, _stage) = (null, PreviewStage.Waiting);
        }
        (_dialAt, _why) = (shown.DialAt, shown.Why);
        if (shown.Lead is { } lead && _lead is null) await Show(caller, lead, PreviewStage.Shown, Gone);
    }

    async Task LookAtCall(Caller caller)
    {
        _call = await CallTo(caller, _lead!.Id);
        _line = (await Agents.Snapshot(caller, caller.Agent!.Value.Value, Gone)).State;
        if (_call is { EndedAt: not null }) _stage = PreviewStage.Ended;
    }

    async Task Show(Caller caller, Lead lead, PreviewStage stage, CancellationToken cancel)
    {
        (_lead, _stage, _call, _reason) = (lead, stage, null, "");
        _before = (await Desk.Calls(caller, Id, lead.Id, cancel)).FindAll(c => c.EndedAt is not null);
    }

    /// <summary>The caller's call to a lead, which was not there when it was shown; null: none, or the lead is no longer theirs.</summary>
    async Task<Attempt?> CallTo(Caller caller, long lead)
    {
        try
        {
            return (await Desk.Calls(caller, Id, lead, Gone)).Find(c => CallDesk.IsOf(caller.Agent!.Value, c) && !_before.Any(b => b.Intent.Id == c.Intent.Id));
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return null;
        }
    }

    async Task Dial()
    {
        _turn++;
        if (await Do((caller, cancel) => Desk.Dial(caller, Id, _lead!.Id, cancel))) (_stage, _dialAt) = (PreviewStage.Calling, null);
    }

    async Task Skip()
    {
        _turn++;
        if (await Do((caller, cancel) => Desk.Skip(caller, Id, _lead!.Id, _reason, cancel))) await Next();
    }

    Task Next()
    {
        (_lead, _call, _stage, _why, _before) = (null, null, PreviewStage.Waiting, null, []);
        return Look();
    }
}
