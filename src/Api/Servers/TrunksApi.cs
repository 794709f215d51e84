using Carillon.Api.Configs;
using Carillon.Servers;
using Carillon.Users;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Servers;

static class TrunksApi
{
    public static void MapTrunks(this RouteGroupBuilder api) => api.MapConfigs<TrunkConfig, TrunkConfigRules>("trunks", Role.Administrator);
}
