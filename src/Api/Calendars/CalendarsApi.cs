using System.Collections.Immutable;
using Carillon.Api.Access;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Calendars;
using Carillon.Contacts;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Calendars;

static class CalendarsApi
{
    public static void MapCalendars(this RouteGroupBuilder api)
    {
        var calendars = api.MapConfigs<CalendarConfig>("calendars");
        calendars.MapGet("/included", Ok<ImmutableArray<CalendarConfig>> () => TypedResults.Ok(IncludedCalendars.All))
            .For(Role.Supervisor).WithSummary("The calendars that come with Carillon, with the decisions that their years are from");
    }
}

sealed class CalendarConfigRules(ConfigStore<ScheduleConfig> schedules, ConfigStore<ContactRuleConfig> contactRules, CampaignLinks campaigns) : ConfigRules<CalendarConfig>
{
    public override string Noun => "calendar";
    public override Role ChangedBy => Role.Administrator;
    public override bool HasGroup => false;
    public override string NameOf(CalendarConfig config) => config.Name;

    public override Task Check(CalendarConfig config, CalendarConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        foreach (var problem in CalendarValidation.Validate(config))
            if (!errors.Has(problem.Field)) errors.Add(problem.Field, problem.Text);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) =>
    [
        .. (await schedules.ListAsync(cancel: cancel)).Where(s => s.Config.Calendar?.Follows == id).Select(s => $"schedule {s.Config.Name}"),
        .. (await contactRules.ListAsync(cancel: cancel)).Where(r => r.Config.Rule?.Calendar?.Follows == id).Select(r => $"contact rule {r.Config.Name}"),
        .. await campaigns.Named(c => c.Contact?.Rule?.Calendar?.Follows == id, cancel),
    ];

    public override async Task Changed(string id, CalendarConfig? before, CalendarConfig? after)
    {
        var following = (await schedules.ListAsync()).Where(s => s.Config.Calendar?.Follows == id).Select(s => s.Id).ToHashSet();
        await campaigns.Tell(c => following.Contains(c.Schedule.Value) || c.Contact?.Rule?.Calendar?.Follows == id);
        if ((await contactRules.ListAsync()).Any(r => r.Config.Rule?.Calendar?.Follows == id)) await campaigns.RulesChanged();
    }
}
