using Carillon.Api.Access;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Numbers;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using Orleans;

namespace Carillon.Api.Servers;

sealed class TrunkConfigRules(ConfigStore<ServerConfig> servers, CampaignLinks campaigns, IGrainFactory grains) : ConfigRules<TrunkConfig>
{
    public override string Noun => "trunk";
    public override Role ChangedBy => Role.Administrator;
    public override bool HasGroup => false;
    public override string NameOf(TrunkConfig config) => config.Name;

    public override async Task Check(TrunkConfig config, TrunkConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(config.Server.Value)) errors.Add("server", "A trunk needs a server.");
        else if (await servers.GetAsync(config.Server.Value, cancel) is null) errors.Add("server", $"There is no server {config.Server.Value}.");
        if (DialString.Problem(config.DialString) is { } problem) errors.Add("dialString", problem);
        errors.Range(config.Channels, 1, 100_000, "channels");
        errors.Range(config.CallsPerSecond, 0.1, 1000, "callsPerSecond");
        errors.Range(config.Priority, 0, 100, "priority");
        CallerIds.Check(config.CallerId, errors);
        for (var i = 0; i < config.Prefixes.Length; i++)
        {
            var prefix = config.Prefixes[i];
            errors.AddIf(prefix is not { Length: >= 2 and <= 16 } || prefix[0] != '+' || prefix.AsSpan(1).ContainsAnyExceptInRange('0', '9'),
                $"prefixes[{i}]", "A prefix is the beginning of an international number, such as +7495.");
        }
        for (var i = 0; i < config.Regions.Length; i++)
            errors.AddIf(!NumberZones.IsKnown(config.Regions[i]), $"regions[{i}]", $"A region is a time zone that numbers tell, such as Asia/Omsk; no number is known to be of '{config.Regions[i]}'.");
    }

    public override Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) => campaigns.Named(c => c.Trunks.Contains(new(id)), cancel);

    public override async Task Changed(string id, TrunkConfig? before, TrunkConfig? after)
    {
        foreach (var server in new[] { before?.Server, after?.Server }.OfType<ServerId>().Distinct()) await grains.Server(server).ConfigChanged();
        await campaigns.Tell(c => c.Trunks.Contains(new(id)));
    }
}
