using Carillon.Api.Configs;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Users;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Campaigns;

public sealed partial class CampaignEditPage
{
    /// <summary>Each step, and the beginnings of the names of its fields.</summary>
    static readonly (string Name, string[] Fields)[] Steps =
    [
        ("What", ["name", "mode", "country", "callerId", "group", "agentFirst", "agentless"]),
        ("To whom", ["queue", "channels", "trunks", "traffic"]),
        ("Rules", ["pacing", "preview", "ringTimeout", "abandonAfter", "machineDetection", "retries", "order"]),
        ("When", ["schedule", "contact"]),
    ];

    const int RulesStep = 2;

    static readonly string[] Fields = ["name", "mode", "country", "callerId", "group", "agentFirst", "agentless", "agentless.message", "agentless.keys", "queue", "channels", "trunks",
        "traffic.share", "traffic.callsPerSecond", "pacing.abandonmentCap", "pacing.ratio", "preview.dialAfter", "ringTimeout", "abandonAfter", "machineDetection", "machineDetection.message", "schedule", "contact.fallbackZone", "contact.zoneColumn",
        "order.due", "order.fresh", "order.holdFor", "order.lists"];

    static readonly string[] OneByOne = ["trunks[", "retries.", "order.lists."];

    CampaignForm? _form;
    long? _version;
    int _step;
    IReadOnlyList<Stored<QueueConfig>> _queues = [];
    IReadOnlyList<Stored<TrunkConfig>> _trunks = [];
    IReadOnlyList<Stored<ScheduleConfig>> _schedules = [];
    IReadOnlyList<Stored<GroupConfig>> _groups = [];
    Dictionary<string, string> _servers = [];

    /// <summary>Null: a new one.</summary>
    [Parameter] public string? Id { get; set; }
    /// <summary>A new one begins as this one is.</summary>
    [SupplyParameterFromQuery] string? Copy { get; set; }

    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;
    [Inject] internal ConfigDesk<QueueConfig> Queues { get; set; } = null!;
    [Inject] internal ConfigDesk<TrunkConfig> Trunks { get; set; } = null!;
    [Inject] internal ConfigDesk<ServerConfig> Servers { get; set; } = null!;
    [Inject] internal ConfigDesk<ScheduleConfig> Schedules { get; set; } = null!;
    [Inject] internal ConfigDesk<GroupConfig> Groups { get; set; } = null!;

    string Title => Id is null ? W["New campaign"] : W["Edit {0}", _form?.Name];

    /// <summary>Fields whose problems stand beside them; trunks, rules of retries and shares are named one by one.</summary>
    List<string> Shown => [.. Fields, .. Refused?.Errors?.ToDictionary().Keys.Where(k => OneByOne.Any(o => k.StartsWith(o, StringComparison.Ordinal))) ?? []];

    string TrunkProblem => string.Join(' ', Shown.Where(f => f.StartsWith("trunks", StringComparison.Ordinal)).Select(Problem).Where(p => p.Length > 0));

    protected override Task OnInitializedAsync() => Do(async (caller, cancel) =>
    {
        _queues = await Queues.List(caller, cancel);
        _trunks = await Trunks.List(caller, cancel);
        _schedules = await Schedules.List(caller, cancel);
        _groups = [.. (await Groups.List(caller, cancel)).Where(g => caller.Owns(g.Id))];
        _servers = (await Servers.List(caller, cancel)).ToDictionary(s => s.Id, s => s.Config.Name);
        var from = (Id ?? Copy) is { } id ? await Campaigns.Get(caller, id, cancel) : null;
        (_form, _version) = (new(Begin(from, caller.IsAdministrator)), Id is null ? null : from?.Version);
    });

    CampaignConfig Begin(Stored<CampaignConfig>? from, bool isAdministrator)
    {
        if (from is not null) return Id is not null ? from.Config : from.Config with { Name = W["{0} (copy)", from.Config.Name], Archived = false };
        var only = CampaignForm.New with { Group = isAdministrator || _groups.Count == 0 ? null : _groups[0].Id };
        // Where there is nothing to choose, it is chosen.
        return only with
        {
            Queue = _queues.Count == 1 ? new QueueId(_queues[0].Id) : null,
            Schedule = new(_schedules.Count == 1 ? _schedules[0].Id : ""),
            Trunks = _trunks.Count == 1 ? [new(_trunks[0].Id)] : [],
        };
    }

    async Task Save()
    {
        if (_form is not { } form) return;
        if (!form.IsRead)
        {
            _step = RulesStep;
            return;
        }
        Stored<CampaignConfig>? saved = null;
        var done = await Do(async (caller, cancel) => saved = Id is null
            ? await Campaigns.Create(caller, form.Config(), cancel)
            : await Campaigns.Edit(caller, Id, form.Config(), _version, cancel));
        if (done) Navigation.NavigateTo(Id is null ? $"/campaigns/{saved!.Id}/numbers" : $"/campaigns/{Id}");
        else if (Enumerable.Range(0, Steps.Length).FirstOrDefault(IsWrong, -1) is var wrong and >= 0 && !IsWrong(_step)) _step = wrong;
    }

    bool IsWrong(int step) => Refused?.Errors?.ToDictionary().Keys.Any(k => Steps[step].Fields.Any(f => k.StartsWith(f, StringComparison.Ordinal))) == true;

    static void Choose(HashSet<string> chosen, string id, ChangeEventArgs e)
    {
        if (e.Value is true) chosen.Add(id);
        else chosen.Remove(id);
    }

    static string ModeHint(PacingMode mode) => mode switch
    {
        PacingMode.Progressive => "One call for each free agent.",
        PacingMode.Ratio => "So many calls for each agent, whatever becomes of them.",
        PacingMode.Predictive => "As many calls ahead as the abandonment cap allows.",
        PacingMode.Preview => "An agent sees each lead before it is called.",
        _ => "A message or a script for who answers, without agents.",
    };
}
