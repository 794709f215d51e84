using Carillon.Api.Health;
using Carillon.Hosting;

namespace Carillon.Silo;

/// <summary>A node of the role Api can do nothing without one that holds campaigns and servers.</summary>
sealed class ClusterReadiness(IGrainFactory grains, TimeProvider time) : IReadiness
{
    /// <summary>Twice this is less than who asks usually waits for.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>A second question, since the first may have gone to a node that is lost and not yet known to be.</summary>
    public async Task<string?> Problem(CancellationToken cancel) =>
        await GrainHost.Answers(grains, Patience, time, cancel) || await GrainHost.Answers(grains, Patience, time, cancel)
            ? null
            : "No node of the cluster that holds campaigns and servers answers.";
}
