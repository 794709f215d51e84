using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Carillon.Hosting;

/// <summary>Asks the other silos whether they reach the database, while this one does not.</summary>
sealed class StoreReachClient(IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails self, TimeProvider time) : GrainServiceClient<IStoreReach>(services)
{
    /// <summary>More than a silo needs that is well, and less than one that is not makes others wait.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<bool> GiveUp(TimeSpan reachedFor, CancellationToken cancel)
    {
        var members = membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress).ToList();
        if (!members.Remove(self.SiloAddress)) return false;
        var reached = await Task.WhenAll(members.Select(async silo => (Silo: silo, For: await Ask(GetGrainService(silo).ReachedFor(), cancel))));
        if (reached.FirstOrDefault(r => r.For >= reachedFor).Silo is not { } heir) return false;
        // It may have heard it even if it does not answer: there is no way back from here.
        await Ask(Said(GetGrainService(heir).TakeForDead(self.SiloAddress)), cancel);
        return true;
    }

    static async Task<bool> Said(Task saying)
    {
        await saying;
        return true;
    }

    /// <returns>The default, if it does not answer.</returns>
    async Task<T?> Ask<T>(Task<T> question, CancellationToken cancel)
    {
        try
        {
            return await question.WaitAsync(Patience, time, cancel);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or InvalidOperationException)
        {
            return default;
        }
    }
}
