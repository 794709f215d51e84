using Carillon.TestKit;

namespace Carillon.GrainHost.Tests;

public sealed partial class GrainHostFixture
{
    static void OneSilo(ISiloBuilder silo)
    {
        var cluster = Guid.NewGuid().ToString("N");
        silo.UseLocalhostClustering(Loopback.FreePort(), Loopback.FreePort(), serviceId: cluster, clusterId: cluster);
    }
}
