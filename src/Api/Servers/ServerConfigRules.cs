using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using Orleans;

namespace Carillon.Api.Servers;

sealed class ServerConfigRules(ConfigStore<TrunkConfig> trunks, ConfigStore<QueueConfig> queues, IGrainFactory grains) : ConfigRules<ServerConfig>
{
    public override string Noun => "server";
    public override Role ChangedBy => Role.Administrator;
    public override bool HasGroup => false;
    public override string NameOf(ServerConfig config) => config.Name;

    public override ServerConfig Complete(ServerConfig config, ServerConfig? before) => config with { Secret = config.Secret ?? before?.Secret! };

    public override Task Check(ServerConfig config, ServerConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        if (errors.Text(config.Host, "host", 253))
            errors.AddIf(Uri.CheckHostName(config.Host) is UriHostNameType.Unknown or UriHostNameType.Basic, "host", "This is neither a host name nor an address.");
        errors.Range(config.Port, 1, 65535, "port");
        if (config.AgiContext is not null && AnswerText.PlaceProblem(config.AgiContext) is { } problem) errors.Add("agiContext", problem);
        errors.Text(config.Username, "username");
        errors.Text(config.Secret, "secret", 256);
        errors.Range(config.Channels, 1, 100_000, "channels");
        errors.Range(config.CallsPerSecond, 0.1, 1000, "callsPerSecond");
        if (config.TlsCaFile is not null)
        {
            errors.Text(config.TlsCaFile, "tlsCaFile", 1000);
            errors.AddIf(!config.Tls, "tlsCaFile", "A CA file is of use with TLS only: set tls to true, or leave it out.");
        }
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) =>
    [
        .. (await trunks.ListAsync(cancel: cancel)).Where(t => t.Config.Server.Value == id).Select(t => $"trunk {t.Config.Name}"),
        .. (await queues.ListAsync(cancel: cancel)).Where(q => q.Config.Servers.Contains(new(id))).Select(q => $"queue {q.Config.Name}"),
    ];

    public override async Task Changed(string id, ServerConfig? before, ServerConfig? after)
    {
        await grains.Server(new(id)).ConfigChanged();
        // Queues say by its name what is wrong with them there.
        if (before is null || after is null || before.Name == after.Name) return;
        await Task.WhenAll((await queues.ListAsync()).Where(q => q.Config.Servers.Contains(new(id))).Select(q => grains.Queue(new(q.Id)).ConfigChanged()));
    }
}
