using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Pages.Forms;
using Carillon.Config;
using Carillon.Dispositions;
using Carillon.Leads;
using Carillon.Users;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Dispositions;

public sealed partial class DispositionPage
{
    static readonly string[] Fields =
        ["name", "action", "group", "retry.interval", "retry.attempts", "retry.growth", "retry.longestInterval", "retry.final", "agentChoosesTime", "sameAgent", "everywhere"];

    string _name = "", _group = "", _final = "";
    DispositionAction _action;
    double _hours, _growth;
    int _times;
    bool _agentChooses, _sameAgent, _everywhere;
    IReadOnlyList<Stored<GroupConfig>> _groups = [];

    [Inject] internal ConfigDesk<GroupConfig> Groups { get; set; } = null!;

    protected override string Place => "/dispositions";

    string Meaning => _action switch
    {
        DispositionAction.Completed => W["It is done with."],
        DispositionAction.CallAgain => W["It is called again, before all that were not promised a call."],
        DispositionAction.OtherNumber => W["This number is not the person's: the lead's next one is called."],
        DispositionAction.Exclude => W["This campaign calls it no more."],
        _ => W["The number goes on a do-not-call list, and the lead is excluded."],
    };

    protected override string NameOf(DispositionConfig config) => config.Name;

    protected override async Task Prepare(Caller caller, CancellationToken cancel) => _groups = [.. (await Groups.List(caller, cancel)).Where(g => caller.Owns(g.Id))];

    protected override void Show(DispositionConfig? config)
    {
        var c = config ?? new() { Name = "", Action = DispositionAction.Completed, Group = Caller.IsAdministrator || _groups.Count == 0 ? null : _groups[0].Id };
        (_name, _action, _group) = (c.Name, c.Action, c.Group ?? "");
        var retry = c.RetryOrDefault;
        (_hours, _times, _growth, _final) = (retry.Interval.TotalHours, retry.Attempts, retry.Growth, retry.Final?.ToString() ?? "");
        (_agentChooses, _sameAgent, _everywhere) = (c.AgentChoosesTime, c.SameAgent, c.Everywhere);
    }

    protected override DispositionConfig Config(DispositionConfig? before)
    {
        var again = _action == DispositionAction.CallAgain;
        LeadStatus? final = _final.Length == 0 ? null : Enum.Parse<LeadStatus>(_final);
        var rule = (before ?? new() { Name = "", Action = _action }).RetryOrDefault with { Final = final };
        return (before ?? new() { Name = "", Action = _action }) with
        {
            Name = _name.Trim(),
            Action = _action,
            Group = Or(_group),
            Retry = again ? rule with { Attempts = _times, Interval = Spans.Minutes(_hours * 60), Growth = _growth }
                : _action == DispositionAction.OtherNumber && final is not null ? rule
                : null,
            AgentChoosesTime = again && _agentChooses,
            SameAgent = again && _sameAgent,
            Everywhere = _action == DispositionAction.DoNotCall && _everywhere,
        };
    }
}
