using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Carillon.Hosting;

sealed class StoreReach(GrainId id, Silo silo, ILoggerFactory loggers, Database database, IClusterMembershipService membership) : GrainService(id, silo, loggers), IStoreReach
{
    public async Task<TimeSpan> ReachedFor() => database.Tenure.Lasted is var lasted && lasted > TimeSpan.Zero && await database.AnswersAsync() ? lasted : TimeSpan.Zero;

    public Task TakeForDead(SiloAddress silo) => membership.TryKill(silo);
}
