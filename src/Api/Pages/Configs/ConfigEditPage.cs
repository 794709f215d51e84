using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Config;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Carillon.Api.Pages.Configs;

/// <summary>A page that makes one config of a kind, or changes or deletes it. What it shows of it is the page's own.</summary>
public abstract class ConfigEditPage<T> : PageBase where T : class
{
    /// <summary>Null: a new one.</summary>
    [Parameter] public string? Id { get; set; }
    [Inject] internal ConfigDesk<T> Desk { get; set; } = null!;
    [Inject] DialogService Dialogs { get; set; } = null!;
    [Inject] IJSRuntime Js { get; set; } = null!;

    /// <summary>As it was read.</summary>
    protected Stored<T>? Stored { get; private set; }

    /// <summary>The form can be shown.</summary>
    protected bool Ready { get; private set; }

    /// <summary>Where the list of its kind is.</summary>
    protected abstract string Place { get; }

    protected abstract string NameOf(T config);

    protected string Title(string whenNew) => Stored is null ? whenNew : NameOf(Stored.Config);

    /// <summary>Reads what there is to choose from.</summary>
    protected virtual Task Prepare(Caller caller, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Puts a config into the form; null: what a new one begins with.</summary>
    protected abstract void Show(T? config);

    /// <summary>What the form says. Settings that it does not show stay as they are.</summary>
    protected abstract T Config(T? before);

    /// <summary>False: something in the form cannot be read, and says so where it stands.</summary>
    protected virtual bool IsRead => true;

    protected virtual void Saved(Stored<T> saved) => Navigation.NavigateTo(Place);

    protected override async Task OnParametersSetAsync()
    {
        if (Ready && Id == Stored?.Id) return;
        (Ready, Stored) = (false, null);
        Ready = await Do(async (caller, cancel) =>
        {
            await Prepare(caller, cancel);
            if (Id is not null) Stored = await Desk.Get(caller, Id, cancel);
            Show(Stored?.Config);
        });
    }

    protected async Task Save()
    {
        if (!IsRead)
        {
            await Js.InvokeVoidAsync("carillon.leadToProblem", Gone);
            return;
        }
        Stored<T>? saved = null;
        var config = Config(Stored?.Config);
        var done = await Do(async (caller, cancel) => saved = Stored is null ? await Desk.Create(caller, config, cancel) : await Desk.Edit(caller, Stored.Id, config, Stored.Version, cancel));
        if (!done) return;
        Say(W["{0} is saved.", NameOf(config)]);
        Stored = saved;
        Saved(saved!);
    }

    protected async Task Delete()
    {
        if (Stored is not { } stored) return;
        var sure = await Dialogs.Confirm(W["Delete {0}? This cannot be undone.", NameOf(stored.Config)], W["Delete"], new() { OkButtonText = W["Delete"], CancelButtonText = W["Back"] });
        if (sure == true && await Do((caller, cancel) => Desk.Delete(caller, stored.Id, stored.Version, cancel))) Navigation.NavigateTo(Place);
    }

    protected static string? Or(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
