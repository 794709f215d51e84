namespace Carillon.GrainHost.Tests;

public sealed partial class GrainHostFixture
{
    static void OneSilo(ISiloBuilder silo) => silo.UseLocalhostClustering();
}
