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

    /// <summary>What does not answer for so long is more than busy.</summary>
    static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(3);

    public static IReadOnlyList<FloorAlert> Of(FloorSnapshot floor) =>
        [.. Silent(floor).Concat(floor.Servers.SelectMany(Of)).Concat(floor.Campaigns.SelectMany(Of)).Concat(floor.Queues.SelectMany(Of)).OrderByDescending(a => a.Level)];

    static IEnumerable<FloorAlert> Silent(FloorSnapshot floor) =>
        from part in floor.Servers.Select(s => ((FloorPart)s, s.Name, "/servers")).Concat(floor.Campaigns.Select(c => ((FloorPart)c, c.Config.Name, "/campaigns/" + c.Id))).Concat(floor.Queues.Select(q => ((FloorPart)q, q.Name, "/queues")))
        let silence = floor.At - part.Item1.SilentSince
        where silence >= LongSilence
        select new FloorAlert(AlertLevel.Warning, part.Name, FormattableString.Invariant($"It has not answered for {silence?.TotalSeconds:0} s: what is shown of it is as old. If it does not end, look into the logs of the nodes."), part.Item3);

    static IEnumerable<FloorAlert> Of(FloorServer server)
    {
        var (state, page) = (server.Snapshot.State, "/servers");
        if (server.Enabled && state != ServerState.Online)
            yield return new(state == ServerState.Offline ? AlertLevel.Bad : AlertLevel.Warning, server.Name, server.Snapshot.Problem ?? "The server is not connected yet. If it stays so, check its address, port and manager user.", page);
        foreach (var trunk in server.Trunks.Where(t => t.Status.State != TrunkState.Healthy))
            yield return new(trunk.Status.State == TrunkState.Resting ? AlertLevel.Bad : AlertLevel.Warning, trunk.Name, trunk.Status.Problem ?? "Calls over this trunk fail more often than they should. Ask its carrier why, or send calls over another trunk.", page);
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
            yield return new(AlertLevel.Warning, config.Name, "No agent is logged in to its queue, so nobody is called. Let agents log in, or stop it.", page);
        if (progress.Waiting >= ManyWaiting && progress.AgentsFree == 0)
            yield return new(AlertLevel.Bad, config.Name, FormattableString.Invariant($"{progress.Waiting} people wait on the line and no agent is free. Let agents end their pauses or log in; pausing the campaign stops new calls."), page);
        if (config.Mode != PacingMode.Predictive || campaign.Pace is not { } pace) yield break;
        var over = pace.AbandonmentRate > config.Pacing.AbandonmentCap;
        if (over && pace.AbandonsLeft <= -ManyAbandoned)
            yield return new(AlertLevel.Bad, config.Name, FormattableString.Invariant($"{pace.AbandonmentRate * 100:0.0} % of those who answered met no agent; the cap is {config.Pacing.AbandonmentCap * 100:0.0} %. Until it holds again, calls wait for free agents."), page);
        else if (!over && pace.AbandonsLeft is < 1 && pace.AbandonmentRate > 0)
            yield return new(AlertLevel.Warning, config.Name, "No more calls may be abandoned for now: the cap is nearly reached. It dials more carefully by itself; more agents let it dial faster.", page);
    }
}
