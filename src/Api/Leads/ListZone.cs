using Carillon.Api.Exports;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Schedules;
using Carillon.Storage;

namespace Carillon.Api.Leads;

/// <summary>By whose clocks the times of a list are meant that do not say it.</summary>
sealed class ListZone(ConfigStore<ScheduleConfig> schedules)
{
    /// <exception cref="Refusal">400: there is no zone of that name, or none is named and the campaign's schedule is gone.</exception>
    public async Task<TimeZoneInfo> Of(CampaignConfig campaign, string? named, CancellationToken cancel)
    {
        if (named is not null) return TimeZones.Read(named);
        var schedule = await schedules.GetAsync(campaign.Schedule.Value, cancel);
        return ScheduleRules.FindZone(schedule?.Config.TimeZone) ?? throw Refusal.Invalid("timeZone", "The campaign has no schedule whose time zone its list could have: name one.");
    }
}
