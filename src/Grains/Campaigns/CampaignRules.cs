using Carillon.Calls;
using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Schedules;

namespace Carillon.Campaigns;

/// <summary>What a campaign's configs mean for one call.</summary>
static class CampaignRules
{
    /// <summary>AMD begins when the channel first asks for commands, and is heard of when it next does: a tenth of a second each for a callee who sends no sound.</summary>
    static readonly TimeSpan DetectionSlack = TimeSpan.FromSeconds(0.5);

    public static CallRules Of(CampaignConfig campaign, ScheduleConfig schedule) => Of(campaign) with
    {
        Unanswered = campaign.Retries.Column(schedule, hasAnswered: false),
        Answered = campaign.Retries.Column(schedule, hasAnswered: true),
        Outcomes = campaign.Retries.Outcomes,
    };

    static CallRules Of(CampaignConfig campaign) => new()
    {
        AnsweredAfter = campaign.AnsweredAfter,
        AbandonAfter = campaign.AbandonAfter,
        AgentFirst = campaign.AgentFirst,
        Agentless = campaign.Mode == PacingMode.Agentless,
        DetectionAtMost = campaign is { AgentFirst: false, MachineDetection: { } detection } ? detection.TotalAnalysisTime + DetectionSlack : TimeSpan.Zero,
        MachinesAreHuman = campaign.MachineDetection?.OnMachine == MachineAction.TreatAsHuman,
    };

    /// <summary>A lead that is held for an agent, or that one was shown, is dialed by ringing that agent first, whatever the campaign does otherwise.</summary>
    public static CallRules Of(AttemptIntent intent, CallRules campaign) => intent.For is null ? campaign : campaign with { AgentFirst = true, DetectionAtMost = TimeSpan.Zero };

    /// <summary>For a call that is found again. A campaign or schedule that is gone meanwhile retries nothing.</summary>
    public static async Task<CallRules> Load(CampaignId id, Configs configs)
    {
        if (await configs.Campaigns.GetAsync(id.Value) is not { Config: var campaign }) return new();
        return await configs.Schedules.GetAsync(campaign.Schedule.Value) is { Config: var schedule }
            ? Of(campaign, schedule)
            : Of(campaign);
    }
}
