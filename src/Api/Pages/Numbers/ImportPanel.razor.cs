using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Carillon.Api.Calls;
using Carillon.Api.Json;
using Carillon.Api.Leads;
using Carillon.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Radzen;

namespace Carillon.Api.Pages.Numbers;

/// <summary>A list on its way from the browser to the API's own import: both its look and the file itself go past the circuit, which takes small messages only.</summary>
public sealed partial class ImportPanel : IAsyncDisposable
{
    const long MostPreviewBytes = 8 << 20;

    DotNetObjectReference<ImportPanel>? _us;
    ListPreview? _preview;
    ImportState? _state;
    ImportReport? _report;
    string _name = "", _note = "";
    string? _failed;
    // Until then a file that is chosen would not be heard of.
    bool _watched;
    bool _header;
    int _column = 1;
    double _sent;
    PlaceColumn[] _places = [];

    /// <summary>The endpoint that takes the file.</summary>
    [Parameter, EditorRequired] public string Address { get; set; } = "";
    [Parameter, EditorRequired] public string Country { get; set; } = "";
    /// <summary>It goes into a do-not-call list, and has a reason rather than a name.</summary>
    [Parameter] public bool Spares { get; set; }
    [Parameter] public EventCallback Imported { get; set; }
    [Inject] IJSRuntime Js { get; set; } = null!;
    [Inject] DialogService Dialogs { get; set; } = null!;

    [MemberNotNullWhen(true, nameof(_state))]
    bool IsOnItsWay => _state is not null && _report is null;

    int Width => _preview is { } p ? Math.Max(p.Columns.Length, p.FirstLines.Select(l => l.Length).DefaultIfEmpty(1).Max()) : 0;

    string ColumnName(int i) => _preview is { HasHeader: true } p && i < p.Columns.Length ? p.Columns[i] : W["Column {0}", i + 1];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Js.InvokeVoidAsync("carillon.watchFile", Gone, "list-file", "drop", _us = DotNetObjectReference.Create(this));
        _watched = true;
        StateHasChanged();
    }

    /// <summary>A file was chosen.</summary>
    [JSInvokable]
    public async Task Chosen(string name)
    {
        (_name, _note, _preview, _report, _state, _failed) = (name, "", null, null, null, null);
        await Look("");
        if (_preview is { } found) (_header, _column, _places) = (found.HasHeader, found.NumberColumn + 1, PlaceColumn.Of(found));
        StateHasChanged();
    }

    Task Look() => Look("&" + Columns);

    /// <summary>What the API finds in the file, or in the beginning of a text.</summary>
    async Task Look(string columns)
    {
        try
        {
            await using var answer = await Js.InvokeAsync<IJSStreamReference>("carillon.previewFile", Gone, $"/api/v1/lists/preview?country={Uri.EscapeDataString(Country)}{columns}");
            // More than its lines are cut to, whatever is in them.
            await using var stream = await answer.OpenReadStreamAsync(MostPreviewBytes, Gone);
            using var text = new StreamReader(stream);
            var said = await text.ReadToEndAsync(Gone);
            _preview = Read<ListPreview>(said);
            _failed = _preview is null ? Detail(said) ?? W["The file could not be sent."] : null;
        }
        catch (Exception e) when (e is JSException or ArgumentOutOfRangeException)
        {
            (_preview, _failed) = (null, W["The file could not be sent."]);
        }
    }

    string Columns => string.Create(CultureInfo.InvariantCulture, $"numberColumn={_column}&header={(_header ? "true" : "false")}");

    async Task Send()
    {
        (_state, _sent, _failed) = (new(0, 0, 0, 0, 0), 0, null);
        var note = string.IsNullOrWhiteSpace(_note) ? "" : $"&{(Spares ? "reason" : "listName")}={Uri.EscapeDataString(_note.Trim())}";
        var places = Spares ? "" : string.Concat(_places.Select(p => p.Text));
        await Js.InvokeVoidAsync("carillon.sendFile", Gone, $"{Address}?{Columns}{places}{note}", _us);
    }

    async Task Stop()
    {
        await Js.InvokeVoidAsync("carillon.stopFile", Gone);
        (_state, _failed) = (null, W["Stopped. What was imported until then stays."]);
        await Imported.InvokeAsync();
    }

    /// <summary>The page sends the file: without it there is no import.</summary>
    async Task Leave(LocationChangingContext leaving)
    {
        if (!IsOnItsWay) return;
        var sure = await Dialogs.Confirm(W["An import is on its way. If you leave, it stops; what was imported until then stays."], W["Import"], new() { OkButtonText = W["Leave"], CancelButtonText = W["Back"] });
        if (sure != true) leaving.PreventNavigation();
        else if (IsOnItsWay) await Stop();
    }

    /// <summary>How far it is.</summary>
    /// <param name="sent">Share of the file that is on the node.</param>
    /// <param name="line">The newest line of the API's answer, if there is one.</param>
    [JSInvokable]
    public void Progress(double sent, string? line)
    {
        _sent = sent;
        if (Read<ImportLine>(line)?.Progress is { } state) _state = state;
        StateHasChanged();
    }

    /// <summary>The API's last line, or the problem that it answered instead.</summary>
    [JSInvokable]
    public async Task Ended(int status, string? line)
    {
        _report = status == 200 ? Reported(line) : null;
        if (_report is null) (_state, _failed) = (null, Read<ImportLine>(line)?.Problem ?? Detail(line) ?? W["The import broke off. What was imported until then stays."]);
        await Imported.InvokeAsync();
        StateHasChanged();
    }

    async Task Download()
    {
        var lines = _report!.InvalidLines.Select(l => string.Join(';', new[] { l.Line.ToString(CultureInfo.InvariantCulture), l.Text, W.Said(l.Reason) }.Select(CsvText.Field)));
        await Js.InvokeVoidAsync("carillon.download", Gone, "refused.csv", $"\uFEFF{W["line"]};{W["text"]};{W["reason"]}\r\n" + string.Join("\r\n", lines) + "\r\n", "text/csv");
    }

    ImportReport? Reported(string? line) =>
        !Spares ? Read<ImportLine>(line)?.Report
        : Read<SparedReport>(line) is { } spared ? new(spared.Lines, spared.Added, spared.AlreadyListed, spared.Invalid, spared.InvalidLines, [])
        : null;

    static T? Read<T>(string? line) where T : class
    {
        try
        {
            return string.IsNullOrWhiteSpace(line) ? null : JsonSerializer.Deserialize<T>(line, ApiJson.Lines);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Detail(string? problem)
    {
        try
        {
            return string.IsNullOrWhiteSpace(problem) ? null : JsonElement.Parse(problem).TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var isOnItsWay = IsOnItsWay;
        Dispose();
        if (!isOnItsWay) return;
        try
        {
            await Js.InvokeVoidAsync("carillon.stopFile");
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The window is closed, and the file with it.
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _us?.Dispose();
    }
}
