using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Servers;

namespace Carillon.Api.Floor;

public enum AlertLevel { Warning, Bad }

/// <summary>Something that a supervisor should know before all else.</summary>
/// <param name="Subject">Whose it is, by name.</param>
/// <param name="Sentence">What is wrong, and what to do.</param>
/// <param name="Page">Where more of it is to be seen.</param>
public sealed record FloorAlert(AlertLevel Level, string Subject, string Sentence, string Page);

/// <summary>What is wrong on the floor, the worst first.</summary>
public static class FloorAlerts
{
    /// <summary>So many who wait while nobody is free are more than chance.</summary>
    const int ManyWaiting = 3;

    /// <summary>So many abandoned calls beyond the cap are more than chance: two of the first dozen answers are not.</summary>
    const double ManyAbandoned = 3;

    public static IReadOnlyList<FloorAlert> Of(FloorSnapshot floor) =>
        [.. floor.Servers.SelectMany(Of).Concat(floor.Campaigns.SelectMany(Of)).Concat(floor.Queues.SelectMany(Of)).OrderByDescending(a => a.Level)];

    static IEnumerable<FloorAlert> Of(FloorServer server)
    {
        var (state, page) = (server.Snapshot.State, "/servers");
        if (server.Enabled && state != ServerState.Online)
            yield return new(state == ServerState.Offline ? AlertLevel.Bad : AlertLevel.Warning, server.Name, server.Snapshot.Problem ?? "The server is not connected yet.", page);
        foreach (var trunk in server.Trunks.Where(t => t.Status.State != TrunkState.Healthy))
            yield return new(trunk.Status.State == TrunkState.Resting ? AlertLevel.Bad : AlertLevel.Warning, trunk.Name, trunk.Status.Problem ?? "Calls over this trunk fail more often than they should.", page);
    }

    static IEnumerable<FloorAlert> Of(FloorQueue queue)
    {
        if (queue.Snapshot.Problem is { } problem) yield return new(AlertLevel.Warning, queue.Name, problem, "/queues");
    }

    static IEnumerable<FloorAlert> Of(FloorCampaign campaign)
    {
        if (campaign.Progress.Status is not (CampaignStatus.Running or CampaignStatus.Draining)) yield break;
        var (progress, config, page) = (campaign.Progress, campaign.Config, "/campaigns/" + campaign.Id);
        if (progress.Status == CampaignStatus.Running && config.Mode != PacingMode.Agentless && progress.AgentsLoggedIn == 0)
            yield return new(AlertLevel.Warning, config.Name, "No agent is logged in to its queue, so nobody is called.", page);
        if (progress.Waiting >= ManyWaiting && progress.AgentsFree == 0)
            yield return new(AlertLevel.Bad, config.Name, FormattableString.Invariant($"{progress.Waiting} people wait on the line and no agent is free."), page);
        if (config.Mode != PacingMode.Predictive || campaign.Pace is not { } pace) yield break;
        var over = pace.AbandonmentRate > config.Pacing.AbandonmentCap;
        if (over && pace.AbandonsLeft <= -ManyAbandoned)
            yield return new(AlertLevel.Bad, config.Name, FormattableString.Invariant($"{pace.AbandonmentRate * 100:0.0} % of those who answered met no agent; the cap is {config.Pacing.AbandonmentCap * 100:0.0} %. Until it holds again, calls wait for free agents."), page);
        else if (!over && pace.AbandonsLeft is < 1 && pace.AbandonmentRate > 0)
            yield return new(AlertLevel.Warning, config.Name, "No more calls may be abandoned for now: the cap is nearly reached.", page);
    }
}
