using Carillon.Api.Access;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Calendars;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Schedules;

static class SchedulesApi
{
    public static void MapSchedules(this RouteGroupBuilder api) => api.MapConfigs<ScheduleConfig>("schedules");
}

sealed class ScheduleConfigRules(CampaignLinks campaigns, ConfigStore<CalendarConfig> calendars) : ConfigRules<ScheduleConfig>
{
    public override string Noun => "schedule";
    public override string? GroupOf(ScheduleConfig config) => config.Group;
    public override string NameOf(ScheduleConfig config) => config.Name;

    public override async Task Check(ScheduleConfig config, ScheduleConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        foreach (var problem in ScheduleValidation.Validate(config, await calendars.FollowedByAsync(config.Calendar, cancel)))
        {
            if (!errors.Has(problem.Field)) errors.Add(problem.Field, problem.Text);
        }
    }

    public override Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) => campaigns.Named(c => c.Schedule.Value == id, cancel);

    public override Task Changed(string id, ScheduleConfig? before, ScheduleConfig? after) => campaigns.Tell(c => c.Schedule.Value == id);
}
