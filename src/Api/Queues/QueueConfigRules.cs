using System.Text.RegularExpressions;
using Carillon.Api.Access;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Queues;

sealed partial class QueueConfigRules(ConfigStore<ServerConfig> servers, CampaignLinks campaigns, IGrainFactory grains) : ConfigRules<QueueConfig>
{
    public override string Noun => "queue";
    public override string? GroupOf(QueueConfig config) => config.Group;
    public override string NameOf(QueueConfig config) => config.Name;

    public override async Task Check(QueueConfig config, QueueConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        errors.AddIf(config.Kind == QueueKind.Native, "kind", "The kind Native is not available; use Asterisk.");
        errors.AddIf(!AsteriskName().IsMatch(config.NameInAsterisk ?? ""), "asteriskName",
            "A queue's name in Asterisk has 1 to 80 letters, digits, dots, underscores and hyphens; give it here if the name for people is another one.");
        errors.Range(config.WrapUp, TimeSpan.Zero, TimeSpan.FromHours(1), "wrapUp");
        errors.Range(config.MaxWait, TimeSpan.Zero, TimeSpan.FromHours(1), "maxWait");
        errors.AddIf(config.AgentFirstChannel is not null && !Channel().IsMatch(config.AgentFirstChannel), "agentFirstChannel",
            "A channel is written technology/resource, such as Local/400@from-internal/n.");
        errors.AddIf(config.WrapUpReason is { } reason && (string.IsNullOrWhiteSpace(reason) || reason.Length > 80), "wrapUpReason",
            "The reason has 1 to 80 characters, as agents' pauses carry it; leave it out if no pause is a wrap-up.");
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

    public override Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) => campaigns.Named(c => c.Queue?.Value == id, cancel);

    public override async Task Changed(string id, QueueConfig? before, QueueConfig? after)
    {
        await grains.Queue(new(id)).ConfigChanged();
        await campaigns.Tell(c => c.Queue?.Value == id);
    }

    // Both become arguments of applications in Asterisk, where a comma would begin the next one and an ampersand a second channel.
    [GeneratedRegex(@"^[\p{L}\p{N}._-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AsteriskName();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*/[A-Za-z0-9/@:._+*#-]{1,150}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();
}
