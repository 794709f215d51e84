using Carillon.Calls;
using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Schedules;

namespace Carillon.Campaigns;

/// <summary>What a campaign's configs mean for one call.</summary>
static class CampaignRules
{
    public static CallRules Of(CampaignConfig campaign, ScheduleConfig schedule) => new()
    {
        AnsweredAfter = campaign.AnsweredAfter,
        AbandonAfter = campaign.AbandonAfter,
        AgentFirst = campaign.AgentFirst,
        Unanswered = campaign.Retries.Unanswered ?? Retry(schedule.Column(hasAnswered: false)),
        Answered = campaign.Retries.Answered ?? Retry(schedule.Column(hasAnswered: true)),
        Outcomes = campaign.Retries.Outcomes,
    };

    /// <summary>For a call that is found again. A campaign or schedule that is gone meanwhile retries nothing.</summary>
    public static async Task<CallRules> Load(CampaignId id, Configs configs)
    {
        if (await configs.Campaigns.GetAsync(id.Value) is not { Config: var campaign }) return new();
        return await configs.Schedules.GetAsync(campaign.Schedule.Value) is { Config: var schedule }
            ? Of(campaign, schedule)
            : new() { AnsweredAfter = campaign.AnsweredAfter, AbandonAfter = campaign.AbandonAfter, AgentFirst = campaign.AgentFirst };
    }

    static RetryRule Retry(ScheduleColumn column) => new() { Attempts = column.Attempts, Interval = column.Interval };
}
