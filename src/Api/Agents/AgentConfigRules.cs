using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Queues;
using Carillon.Storage;
using Carillon.Users;
using Orleans;

namespace Carillon.Api.Agents;

sealed class AgentConfigRules(
    ConfigStore<AgentConfig> agents, ConfigStore<QueueConfig> queues, ConfigStore<UserConfig> users, IGrainFactory grains) : ConfigRules<AgentConfig>
{
    public override string Noun => "agent";
    public override string? GroupOf(AgentConfig config) => config.Group;
    public override string NameOf(AgentConfig config) => config.Name;

    // The id by which queues knew the agent before anybody configured them, so that their state goes on.
    public override string NewId(AgentConfig config, DateTimeOffset now) => config.Interfaces[0];

    public override async Task Check(AgentConfig config, AgentConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        if (config.Interfaces.IsDefaultOrEmpty)
        {
            errors.Add("interfaces", "An agent needs at least one interface, such as PJSIP/9001.");
            return;
        }
        var others = (await agents.ListAsync(cancel: cancel)).Where(a => before is null || a.Config.Name != before.Name).ToList();
        for (var i = 0; i < config.Interfaces.Length; i++)
        {
            var (field, name) = ($"interfaces[{i}]", config.Interfaces[i]);
            if (!errors.Text(name, field, 200)) continue;
            if (!name.Contains('/')) errors.Add(field, "An interface is written technology/resource, such as PJSIP/9001.");
            else if (config.Interfaces.IndexOf(name) < i) errors.Add(field, $"The interface {name} is named twice.");
            else if (others.Find(a => a.Config.Interfaces.Contains(name)) is { } other) errors.Add(field, $"The interface {name} is {other.Config.Name}'s.");
        }
    }

    public override async Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) =>
        [.. (await users.ListAsync(cancel: cancel)).Where(u => u.Config.Agent?.Value == id).Select(u => $"user {u.Config.Login}")];

    public override async Task Changed(string id, AgentConfig? before, AgentConfig? after) =>
        await Task.WhenAll((await queues.ListAsync()).Select(q => grains.Queue(new(q.Id)).ConfigChanged()));
}
