using Carillon.Api.Access;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Queues;

sealed class QueueConfigRules(ConfigStore<ServerConfig> servers, CampaignLinks campaigns, IGrainFactory grains) : ConfigRules<QueueConfig>
{
    public override string Noun => "queue";
    public override string? GroupOf(QueueConfig config) => config.Group;
    public override string NameOf(QueueConfig config) => config.Name;

    public override async Task Check(QueueConfig config, QueueConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        errors.AddIf(config.Kind == QueueKind.Native, "kind", "The kind Native is not available; use Asterisk.");
        errors.Text(config.NameInAsterisk, "asteriskName", 80);
        errors.Range(config.WrapUp, TimeSpan.Zero, TimeSpan.FromHours(1), "wrapUp");
        errors.Range(config.MaxWait, TimeSpan.Zero, TimeSpan.FromHours(1), "maxWait");
        if (config.AgentFirstChannel is not null && errors.Text(config.AgentFirstChannel, "agentFirstChannel", 200))
            errors.AddIf(!config.AgentFirstChannel.Contains('/'), "agentFirstChannel", "A channel is written technology/resource, such as Local/400@from-internal/n.");
        if (config.Servers.IsDefaultOrEmpty)
        {
            errors.Add("servers", "A queue needs at least one server.");
            return;
        }
        var found = (await servers.GetManyAsync(config.Servers.Select(s => s.Value), cancel)).Select(s => s.Id).ToHashSet();
        for (var i = 0; i < config.Servers.Length; i++)
        {
            if (!found.Contains(config.Servers[i].Value)) errors.Add($"servers[{i}]", $"There is no server {config.Servers[i]}.");
            else if (config.Servers.IndexOf(config.Servers[i]) < i) errors.Add($"servers[{i}]", $"The server {config.Servers[i]} is named twice.");
        }
    }

    public override Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) => campaigns.Named(c => c.Queue.Value == id, cancel);

    public override async Task Changed(string id, QueueConfig? before, QueueConfig? after)
    {
        // Servers tell a queue of its members only if they know of it.
        foreach (var server in new[] { before, after }.OfType<QueueConfig>().SelectMany(q => q.Servers).Distinct()) await grains.Server(server).ConfigChanged();
        await grains.Queue(new(id)).ConfigChanged();
        await campaigns.Tell(c => c.Queue.Value == id);
    }
}
