using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Contacts;
using Carillon.Hosting;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>All configs that a campaign dials by, as they were read last.</summary>
sealed record CampaignSetup(
    CampaignConfig Campaign, ScheduleConfig Schedule, OpeningTimes Times, QueueConfig? Queue, ImmutableDictionary<TrunkId, TrunkConfig> Trunks, CallRules Rules,
    ContactPlan Contact)
{
    public TimeZoneInfo Zone => Times.Zone;

    /// <summary>Agent-first by ringing a member's own phone, rather than the queue.</summary>
    public bool PicksAgents => Campaign.AgentFirst && Queue?.AgentFirstChannel is null;

    public bool IsAgentless => Campaign.Mode == PacingMode.Agentless;

    /// <summary>What becomes of an answered call.</summary>
    public AnswerPlan Plan { get; } = AnswerPlan.Of(Campaign, Queue);

    /// <summary>Calls are placed for agents who are not free yet.</summary>
    public bool DialsAhead => Campaign.Mode is PacingMode.Ratio or PacingMode.Predictive;

    public ImmutableArray<ServerId> Servers => [.. Trunks.Values.Select(t => t.Server).Distinct()];

    /// <summary>The server's trunks that the number may go by, see <see cref="TrunkRoutes.Of"/>.</summary>
    public ImmutableArray<ImmutableArray<TrunkId>> Routes(ServerId server, Numbers.PhoneNumber number) => TrunkRoutes.Of(Trunks.Where(t => t.Value.Server == server), number);

    /// <summary>Whether any trunk takes the number.</summary>
    public bool HasWayTo(Numbers.PhoneNumber number) => Trunks.Values.Any(t => TrunkRoutes.Fit(t, number) is not null);

    /// <summary>The setup, or one sentence that says what is missing and what to do.</summary>
    public static async Task<(CampaignSetup? Setup, string? Problem)> Load(CampaignId id, Configs configs)
    {
        if (await configs.Campaigns.GetAsync(id.Value) is not { Config: var campaign }) return (null, $"campaign {id} does not exist");
        if (campaign.Archived) return (null, "the campaign is in the archive: take it out first");
        if (await configs.Schedules.GetAsync(campaign.Schedule.Value) is not { Config: var schedule }) return (null, $"schedule {campaign.Schedule} does not exist: choose another one");
        var agentless = campaign.Mode == PacingMode.Agentless;
        var queue = agentless || campaign.Queue is not { } queueId ? null : (await configs.Queues.GetAsync(queueId.Value))?.Config;
        if (queue is null && !agentless) return (null, campaign.Queue is null ? "the campaign has no queue: choose one" : $"queue {campaign.Queue} does not exist: choose another one");
        if (agentless && campaign.Agentless is null) return (null, "the campaign has no message and no script: give it one");
        if (ScheduleRules.FindZone(schedule.TimeZone) is not { } zone) return (null, $"schedule '{schedule.Name}' has an unknown time zone '{schedule.TimeZone}'");
        var calendar = await configs.Calendars.FollowedByAsync(schedule.Calendar);
        if (schedule.Calendar is { } rule && calendar is null) return (null, $"schedule '{schedule.Name}' follows calendar {rule.Follows}, which does not exist: choose another one");
        var (contact, missing) = await ContactPlans.Load(campaign, zone, configs);
        if (contact is null) return (null, missing);
        var trunks = (await configs.Trunks.GetManyAsync(campaign.Trunks.Select(t => t.Value)))
            .Where(t => queue is null || queue.Servers.Contains(t.Config.Server)).ToImmutableDictionary(t => new TrunkId(t.Id), t => t.Config);
        return trunks.IsEmpty
            ? (null, queue is null ? "none of the campaign's trunks exists: choose others" : $"none of the campaign's trunks is on a server of queue '{queue.Name}': add a trunk, or the server to the queue")
            : (new(campaign, schedule, OpeningTimes.Of(schedule, zone, calendar), queue, trunks, CampaignRules.Of(campaign, schedule), contact), null);
    }

    public OpenColumns Open(DateTimeOffset now) =>
        (Times.IsOpen(hasAnswered: false, now) ? OpenColumns.Unanswered : OpenColumns.None)
        | (Times.IsOpen(hasAnswered: true, now) ? OpenColumns.Answered : OpenColumns.None);

    public DateTimeOffset? NextOpening(DateTimeOffset now) => Times.NextOpening(now);
}
