using System.Collections.Immutable;
using Carillon.Nodes;
using Orleans.Runtime;

namespace Carillon.Hosting;

/// <summary>Orleans' silos, each by its address and port: a restart of it changes neither.</summary>
sealed class Silos(IClusterMembershipService membership, ILocalSiloDetails self) : INodes
{
    public string Self => Name(self.SiloAddress);

    public ImmutableArray<string> Active =>
        [.. membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => Name(m.SiloAddress)).Distinct().Order(StringComparer.Ordinal)];

    public static string Name(SiloAddress silo) => silo.Endpoint.ToString();

    public async Task WhenChanged(CancellationToken cancel)
    {
        var before = Active;
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(cancel))
            if (!Active.SequenceEqual(before)) return;
    }
}
