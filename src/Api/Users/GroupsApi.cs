using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Dispositions;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Users;

static class GroupsApi
{
    public static void MapGroups(this RouteGroupBuilder api) => api.MapConfigs<GroupConfig>("groups");
}

sealed class GroupConfigRules(
    ConfigStore<CampaignConfig> campaigns, ConfigStore<QueueConfig> queues, ConfigStore<ScheduleConfig> schedules,
    ConfigStore<AgentConfig> agents, ConfigStore<UserConfig> users, ConfigStore<DispositionConfig> dispositions) : ConfigRules<GroupConfig>
{
    public override string Noun => "group";
    public override Role ChangedBy => Role.Administrator;
    public override bool HasGroup => false;
    public override string NameOf(GroupConfig config) => config.Name;

    public override Task Check(GroupConfig config, GroupConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel) => Task.CompletedTask;

    public override async Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) =>
    [
        .. (await campaigns.ListAsync([id], cancel)).Select(c => $"campaign {c.Config.Name}"),
        .. (await queues.ListAsync([id], cancel)).Select(q => $"queue {q.Config.Name}"),
        .. (await schedules.ListAsync([id], cancel)).Select(s => $"schedule {s.Config.Name}"),
        .. (await dispositions.ListAsync([id], cancel)).Select(d => $"disposition {d.Config.Name}"),
        .. (await agents.ListAsync([id], cancel)).Select(a => $"agent {a.Config.Name}"),
        .. (await users.ListAsync(cancel: cancel)).Where(u => u.Config.Groups.Contains(id)).Select(u => $"user {u.Config.Login}"),
    ];
}
