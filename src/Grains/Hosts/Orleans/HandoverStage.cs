using Carillon.Servers;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Hosting;

/// <summary>A silo that leaves can still call grains of others until its servers have their next owners.</summary>
sealed class HandoverStage(Handovers handovers) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Stages stop from the last to the first: behind this one grains have been deactivated, before it messages still go.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(HandoverStage), ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, cancel => handovers.WhenDone().WaitAsync(cancel));
}
