using Carillon.Agents;
using Carillon.Api.Configs;
using Carillon.Api.Floor;
using Carillon.Campaigns;
using Carillon.Schedules;
using Carillon.Servers;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Wallboard;

/// <summary>The way from an empty system to its first calls, each step marked as done by what there is.</summary>
public sealed partial class FirstSteps
{
    bool _hasSchedule;

    [Parameter, EditorRequired] public FloorSnapshot Floor { get; set; } = FloorSnapshot.Unseen;
    [Inject] internal ConfigDesk<ScheduleConfig> Schedules { get; set; } = null!;

    /// <summary>No campaign that is seen was ever started.</summary>
    public static bool AreLeft(FloorSnapshot floor) => floor.Campaigns.All(c => c.Progress.StartedAt is null);

    IReadOnlyList<(string Text, string? Href, bool Done)> Steps { get; set; } = [];

    protected override Task OnInitializedAsync() => Do(async (caller, cancel) =>
    {
        _hasSchedule = (await Schedules.List(caller, cancel)).Count > 0;
        Steps = All();
    });

    protected override void OnParametersSet() => Steps = All();

    List<(string Text, string? Href, bool Done)> All()
    {
        var server = Floor.Servers.FirstOrDefault();
        var online = Floor.Servers.Any(s => s.Enabled && s.Snapshot.State == ServerState.Online);
        var campaign = Floor.Campaigns.FirstOrDefault();
        var hasLeads = campaign is { Leads: > 0 };
        return
        [
            // One that is there and not online says on its own page what is wrong.
            (W["Connect an Asterisk server: its address and a manager user."], ForAdministrators(server is null || online ? "/servers/new" : "/servers/" + server.Id), online),
            (W["Add a trunk to call over."], ForAdministrators("/trunks/new"), Floor.Servers.Any(s => !s.Trunks.IsEmpty)),
            (W["Choose the queue whose agents take the calls."], "/queues/new", !Floor.Queues.IsEmpty),
            (W["Let its agents log in."], "/agents", Floor.Agents.Any(a => a.Agent.Status != AgentStatus.LoggedOut)),
            (W["Say when to dial: a schedule."], "/schedules/new", _hasSchedule),
            (W["Make a campaign."], "/campaigns/new", campaign is not null),
            (W["Import its numbers."], campaign is null ? "/campaigns/new" : $"/campaigns/{campaign.Id}/numbers", hasLeads),
            (W["Start it."], campaign is null ? "/campaigns/new" : $"/campaigns/{campaign.Id}", false),
        ];
    }

    string? ForAdministrators(string href) => Caller.IsAdministrator ? href : null;
}
