using Carillon.Nodes;
using Carillon.Servers;
using Carillon.Storage;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Carillon.Hosting;

/// <summary>Asked when a server is activated, by whichever silo somebody asked for it on. That is rare, so the servers are read anew each time.</summary>
sealed class ServerPlacementDirector(INodes nodes, ConfigStore<ServerConfig> servers) : IPlacementDirector
{
    public async Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        if (Compatible(target, context) is not { Length: > 0 } silos)
        {
            // The last node leaves, and Orleans asks where to move what it holds: nowhere. An activation that is new it refuses by itself.
            return context.LocalSiloStatus.IsTerminating() ? context.LocalSilo : throw new SiloUnavailableException("No node takes servers.");
        }
        if (silos.Length == 1) return silos[0];
        var places = ServerPlaces.Of(await servers.ListAsync(), nodes.Active);
        var node = places.NodeOf(new(target.GrainIdentity.Key.ToString()!));
        return silos.FirstOrDefault(s => Silos.Name(s) == node) ?? silos[Random.Shared.Next(silos.Length)];
    }

    static SiloAddress[] Compatible(PlacementTarget target, IPlacementContext context)
    {
        try
        {
            return context.GetCompatibleSilos(target);
        }
        catch (OrleansException) when (context.LocalSiloStatus.IsTerminating())
        {
            return [];
        }
    }
}
