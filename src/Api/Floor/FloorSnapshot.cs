using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Queues;
using Carillon.Servers;

namespace Carillon.Api.Floor;

/// <summary>Everything that happens on the floor at one moment, or the part of it that some groups may see.</summary>
public sealed record FloorSnapshot
{
    /// <summary>Nobody has looked yet.</summary>
    public static readonly FloorSnapshot Unseen = new() { At = DateTimeOffset.MinValue };

    public required DateTimeOffset At { get; init; }
    public ImmutableArray<FloorCampaign> Campaigns { get; init; } = [];
    public ImmutableArray<FloorServer> Servers { get; init; } = [];
    public ImmutableArray<FloorQueue> Queues { get; init; } = [];
    /// <summary>By name.</summary>
    public ImmutableArray<FloorAgent> Agents { get; init; } = [];
}

/// <summary>One thing on the floor, as it told of itself.</summary>
public abstract record FloorPart
{
    /// <summary>It has not answered since: this is how it was before. Null: it is as told now.</summary>
    public DateTimeOffset? SilentSince { get; init; }
}

/// <param name="Pace">The last decision; null before the first, or while no page is open.</param>
/// <param name="LastHour">As <see cref="CampaignPace.LastHour"/>.</param>
public sealed record FloorCampaign(string Id, CampaignConfig Config, CampaignProgress Progress, PaceMoment? Pace, ImmutableArray<PaceMoment> LastHour) : FloorPart
{
    public bool IsAtWork => Progress.Status is CampaignStatus.Running or CampaignStatus.Paused or CampaignStatus.Draining;
    public int Calls => Progress.Dialing + Progress.Ringing + Progress.Waiting + Progress.Talking;
    public long Leads => Progress.Leads.Values.Sum();
    /// <summary>Leads that will not be dialed any more and are not being dialed.</summary>
    public long LeadsThrough => Math.Max(0, Leads - Progress.LeadsLeft - Progress.Leads.GetValueOrDefault(Carillon.Leads.LeadStatus.Dialing));
}

public sealed record FloorServer(string Id, string Name, bool Enabled, int Channels, ServerSnapshot Snapshot, ImmutableArray<FloorTrunk> Trunks) : FloorPart;

public sealed record FloorTrunk(string Id, string Name, int Channels, TrunkStatus Status);

public sealed record FloorQueue(string Id, string Name, string? Group, QueueSnapshot Snapshot) : FloorPart;

/// <param name="Groups">Of the queues that they are a member of.</param>
public sealed record FloorAgent(QueueAgent Agent, ImmutableArray<string?> Groups);
