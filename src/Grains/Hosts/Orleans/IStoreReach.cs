using Orleans.Runtime;
using Orleans.Services;

namespace Carillon.Hosting;

/// <summary>What a silo that does not reach the database asks of each other one.</summary>
interface IStoreReach : IGrainService
{
    /// <returns>For how long this silo has reached the database without a break; zero: it does not now.</returns>
    Task<TimeSpan> ReachedFor();

    /// <summary>It ends, so that nobody need wait until probes find that out.</summary>
    Task TakeForDead(SiloAddress silo);
}
