using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using Orleans;

namespace Carillon.Api.Servers;

/// <summary>Servers at work, for whoever sets them up. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class ServerDesk(ConfigStore<ServerConfig> store, ServerConfigRules rules, IGrainFactory grains)
{
    public async Task<ServerEndpoints> Endpoints(Caller caller, string id, CancellationToken cancel)
    {
        caller.Needs(Role.Administrator);
        return await grains.Server(new((await store.Visible(rules, caller, id, cancel)).Id)).ListEndpoints();
    }
}
